import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runCommand } from '#src/cli/testing.ts';
import { parseNumberedKeys } from '#src/config/keys.ts';

function environment(out: string): Record<string, string> {
  return Object.fromEntries(
    out.split('\n').map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
}

test('generated keys are usable and never the same', async () => {
  const { code, out } = await runCommand(['keys', 'generate']);
  assert.equal(code, 0);
  const { MASTER_KEYS = '', PASSWORD_PEPPERS = '' } = environment(out);
  assert.equal(parseNumberedKeys(MASTER_KEYS).ok, true);
  assert.equal(parseNumberedKeys(PASSWORD_PEPPERS).ok, true);
  assert.notEqual((await runCommand(['keys', 'generate'])).out, out);
});

test('added keys come first and keep the ones before', async () => {
  const before = environment((await runCommand(['keys', 'generate'])).out);
  const after = environment((await runCommand(['keys', 'generate', '--add'], before)).out);
  for (const name of ['MASTER_KEYS', 'PASSWORD_PEPPERS']) {
    assert.ok(after[name]?.endsWith(`,${before[name]}`), name);
  }
  const keys = parseNumberedKeys(after.MASTER_KEYS ?? '');
  assert.deepEqual(keys.ok ? [...keys.value.keys()] : [], [2, 1]);
});

test('nothing is added to keys that are not there or not usable', async () => {
  const { code, out, err } = await runCommand(['keys', 'generate', '--add'], { MASTER_KEYS: '1:hunter2' });
  assert.equal(code, 78);
  assert.equal(out, '');
  assert.match(err, /MASTER_KEYS: key 1 is too short/);
  assert.doesNotMatch(err, /hunter/);
});
