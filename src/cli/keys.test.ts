import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseNumberedKeys } from '#src/config/secrets/keys.ts';
import { runCommand } from '#test/setting/command-line.ts';

function environment(out: string): Record<string, string> {
  return Object.fromEntries(
    out.split('\n').map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
}

test('generated keys are valid and different each time', async () => {
  const { code, out } = await runCommand(['keys', 'generate']);
  assert.equal(code, 0);
  const { MASTER_KEYS = '', PASSWORD_PEPPERS = '' } = environment(out);
  assert.equal(parseNumberedKeys(MASTER_KEYS).ok, true);
  assert.equal(parseNumberedKeys(PASSWORD_PEPPERS).ok, true);
  assert.notEqual((await runCommand(['keys', 'generate'])).out, out);
});

test('an added key only decrypts until it is promoted', async () => {
  const before = environment((await runCommand(['keys', 'generate'])).out);
  const added = environment((await runCommand(['keys', 'generate', '--add'], before)).out);
  const promoted = environment((await runCommand(['keys', 'promote'], added)).out);
  for (const name of ['MASTER_KEYS', 'PASSWORD_PEPPERS']) {
    assert.ok(added[name]?.startsWith(`${before[name]},2:`), name);
    assert.ok(promoted[name]?.endsWith(`,${before[name]}`), name);
    assert.equal(promoted[name]?.split(',').sort().join(), added[name]?.split(',').sort().join());
  }
  const keys = parseNumberedKeys(promoted.MASTER_KEYS ?? '');
  assert.deepEqual(keys.ok ? [...keys.value.keys()] : [], [2, 1]);
});

test('no key is added to missing or invalid keys', async () => {
  const { code, out, err } = await runCommand(['keys', 'generate', '--add'], { MASTER_KEYS: '1:hunter2' });
  assert.equal(code, 78);
  assert.equal(out, '');
  assert.match(err, /MASTER_KEYS: key 1 is too short/);
  assert.doesNotMatch(err, /hunter/);
});
