import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';

/** A process whose watchdog has no patience, and how it ends. */
function watching(statement: string) {
  const program = `
    import { watchMainThread } from '#src/operations/watchdog.ts';
    const watchdog = watchMainThread({ beatMs: 50, mostMissed: 40 });
    ${statement}`;
  return spawnSync(process.execPath, ['--input-type=module-typescript', '--eval', program], {
    cwd: new URL('../../', import.meta.url),
    encoding: 'utf8',
  });
}

test('a process whose main thread is held by a loop without end is ended, and says why', () => {
  const { signal, stderr } = watching('setTimeout(() => { for (;;); }, 100);');
  assert.equal(signal, 'SIGKILL');
  assert.equal(stderr, 'compte: the main thread was stuck for 2 s\n');
});

test('one that has done its work ends by itself', () => {
  assert.equal(watching('').status, 0);
  assert.equal(watching('setTimeout(() => watchdog.close(), 100);').status, 0);
});
