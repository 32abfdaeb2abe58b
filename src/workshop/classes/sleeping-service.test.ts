import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ClassService } from '#src/workshop/classes/class-service.ts';
import { openDormitory } from '#src/workshop/classes/dormitory.ts';
import { openSleepingService } from '#src/workshop/classes/sleeping-service.ts';

/** A service that notes when it is opened and closed. */
function bed(seen: string[], fails: () => boolean = () => false) {
  return async (): Promise<ClassService> => {
    seen.push('open');
    const handle = fails() ? Promise.reject(new Error('damaged')) : Promise.resolve(() => {});
    handle.catch(() => {});
    return {
      get classroom(): never {
        throw new Error('Nobody asks for it here');
      },
      handle,
      close: async () => void seen.push('close'),
    };
  };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('a class opens when it is needed, stays open while somebody needs it, and opens again', async () => {
  const seen: string[] = [];
  let now = 0;
  const dormitory = openDormitory({ mostAwake: 1, quietMs: null });
  const service = openSleepingService(bed(seen), dormitory, () => now);
  const other = openSleepingService(bed(seen), dormitory, () => now);
  assert.equal(service.standing().kind, 'asleep');
  await Promise.all([service.wake(), service.wake()]);
  await settled();
  assert.equal(service.standing().kind, 'open');
  assert.deepEqual(seen, ['open']);

  // There is room for one: the other waits until this one is left alone.
  const release = service.hold();
  now += 60_000;
  const waiting = other.wake();
  await settled();
  assert.equal(other.standing().kind, 'opening');
  assert.deepEqual(seen, ['open']);
  release();
  release();
  now += 60_000;
  await waiting;
  assert.deepEqual(seen, ['open', 'close', 'open']);
  assert.equal(service.standing().kind, 'asleep');
  await settled();
  now += 60_000;
  await service.wake();
  assert.deepEqual(seen, ['open', 'close', 'open', 'close', 'open']);
  await Promise.all([service.close(), other.close()]);
  await assert.rejects(service.wake());
  dormitory.close();
});

test('one that does not open says so, and takes no room from the others', async () => {
  const seen: string[] = [];
  const dormitory = openDormitory({ mostAwake: 1, quietMs: null });
  const broken = openSleepingService(
    bed(seen, () => true),
    dormitory,
  );
  await assert.rejects((await broken.wake()).handle);
  await settled();
  assert.deepEqual(broken.standing(), { kind: 'broken', why: 'damaged' });
  const other = openSleepingService(bed(seen), dormitory);
  await other.wake();
  assert.deepEqual(seen, ['open', 'close', 'open']);
  await Promise.all([broken.close(), other.close()]);
  dormitory.close();
});
