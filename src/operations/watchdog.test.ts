import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';

/** A process whose watchdog looks every 50 ms, and how it ends. */
function watching(mostMissed: number, statement: string) {
  const program = `
    import { watchMainThread } from '#src/operations/watchdog.ts';
    const watchdog = watchMainThread({ beatMs: 50, mostMissed: ${mostMissed} });
    ${statement}`;
  return spawnSync(process.execPath, ['--input-type=module-typescript', '--eval', program], {
    cwd: new URL('../../', import.meta.url),
    encoding: 'utf8',
  });
}

test('a process whose main thread is held by a loop without end is ended, and says why', () => {
  const { signal, stderr } = watching(10, 'setTimeout(() => { for (;;); }, 100);');
  assert.equal(signal, 'SIGKILL');
  assert.equal(stderr, 'compte: the main thread was stuck for 0.5 s\n');
});

test('one that has done its work ends by itself', () => {
  // However slow the machine: it would have to be stuck for an hour.
  assert.equal(watching(72_000, '').status, 0);
  assert.equal(watching(72_000, 'setTimeout(() => watchdog.close(), 100);').status, 0);
});
