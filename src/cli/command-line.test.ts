import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { z } from 'zod';
import { runCommand } from '#test/setting/command-line.ts';

const commands = [
  [],
  ['start'],
  ['web'],
  ['worker'],
  ['migrate'],
  ['register'],
  ['register', 'generate'],
  ['register', 'import'],
  ['audit'],
  ['audit', 'verify'],
  ['keys'],
  ['keys', 'generate'],
  ['keys', 'rotate'],
  ['doctor'],
];

describe('--help', () => {
  for (const command of commands) {
    test(`compte ${command.join(' ')}`, async () => {
      const { code, out, err } = await runCommand([...command, '--help']);
      assert.equal(code, 0);
      assert.match(out, /^Usage: compte/);
      assert.equal(err, '');
    });
  }

  test('names the document of settings and explains the exit codes', async () => {
    const { out } = await runCommand(['--help']);
    assert.match(out, /docs\/configuration\.md/);
    assert.match(out, /78 wrong configuration/);
  });
});

test('--version prints the version of package.json', async () => {
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync('package.json', 'utf8')));
  assert.deepEqual(await runCommand(['--version']), { code: 0, out: version, err: '' });
});

describe('wrong usage', () => {
  const wrong = [
    [],
    ['nothing'],
    ['register'],
    ['register', 'import'],
    ['register', 'generate', '--count', 'many'],
    ['register', 'generate', '--today', 'tomorrow'],
    ['register', 'import', 'file', '--max-rejected', '101%'],
    ['register', 'import', 'file', '--expect', '2%'],
    ['register', 'import', 'file', '--expect-within', 'some'],
    ['register', 'import', 'file', '--as-of', '21/11/2026'],
    ['register', 'import', 'file', '--force'],
    ['migrate', '--force'],
  ];
  for (const args of wrong) {
    test(`compte ${args.join(' ')}`, async () => {
      const { code, out, err } = await runCommand(args);
      assert.equal(code, 2);
      assert.equal(out, '');
      assert.notEqual(err, '');
    });
  }
});

test('an unsafe production configuration is refused with all its problems, without values', async () => {
  const env = {
    MODE: 'production',
    SMTP_URL: 'smtp://hunter2@h',
    PUBLIC_URL: 'http://hunter3.fr',
    DEMO: 'hunter4',
  };
  for (const command of [['start'], ['migrate'], ['audit', 'verify'], ['keys', 'rotate'], ['doctor']]) {
    const { code, out, err } = await runCommand(command, env);
    assert.equal(code, 78);
    assert.equal(out, '');
    for (const name of ['LEGAL_BASIS', 'PUBLIC_URL', 'DATABASE_URL', 'MASTER_KEYS', 'DEMO']) {
      assert.ok(err.includes(`\n  ${name}: `), name);
    }
    assert.doesNotMatch(err, /hunter/);
  }
});

test('a failure is reported in one line, without personal data', async () => {
  const { code, err } = await runCommand(['register', 'import', '/nowhere/josette.durand@exemple.fr']);
  assert.equal(code, 4);
  assert.equal(err, 'compte: there is no such file');
  assert.doesNotMatch(err, /josette/);
});
