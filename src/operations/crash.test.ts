import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';

function crashing(statement: string) {
  const program = `
    import { openLog, standardOutput } from '#src/log/log.ts';
    import { logCrashes } from '#src/operations/crash.ts';
    logCrashes(openLog({ level: 'info', clock: { now: () => new Date() }, write: standardOutput() }));
    const error = Object.assign(new Error('josette.durand@exemple.fr'), { code: '23505', detail: 'FR7630006000011234567890189' });
    ${statement}`;
  const run = spawnSync(process.execPath, ['--input-type=module-typescript', '--eval', program], {
    cwd: new URL('../../', import.meta.url),
    encoding: 'utf8',
  });
  return { status: run.status, shown: run.stdout + run.stderr };
}

for (const [name, statement] of [
  ['an exception', 'setTimeout(() => { throw error; });'],
  ['a rejection', 'Promise.reject(error);'],
] as const) {
  test(`${name} that nobody caught ends the process and shows nothing of its message`, () => {
    const { status, shown } = crashing(statement);
    assert.equal(status, 70);
    assert.match(shown, /"level":"fatal","event":"crashed"/);
    assert.doesNotMatch(shown, /josette|FR76/);
  });
}
