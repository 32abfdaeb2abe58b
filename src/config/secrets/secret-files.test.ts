import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { decide } from '#src/config/decide.ts';
import { readEnvironment } from '#src/config/environment.ts';
import { readSecretFiles } from '#src/config/secrets/secret-files.ts';
import { runCommand } from '#test/setting/command-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'compte-secrets-'));
after(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const url = 'postgres://compte:hunter2@127.0.0.1/compte';

test('each secret may be in a file, whose last line break is not part of it', async () => {
  const { out } = await runCommand(['keys', 'generate']);
  const [, keys = ''] = /^MASTER_KEYS=(.*)$/m.exec(out) ?? [];
  const [, peppers = ''] = /^PASSWORD_PEPPERS=(.*)$/m.exec(out) ?? [];
  symlinkSync(file('...data', `${keys}\n`), join(folder, 'linked'));
  const decision = decide(
    readEnvironment({
      MODE: 'production',
      LEGAL_BASIS: 'an invented legal basis',
      PUBLIC_URL: 'https://compte.exemple.fr',
      DATABASE_URL_FILE: file('url', `\u{feff}${url}\r\n`),
      MASTER_KEYS_FILE: join(folder, 'linked'),
      PASSWORD_PEPPERS: peppers,
      SMTP_URL_FILE: file('smtp', 'smtp://127.0.0.1:25'),
      MAIL_FROM: 'ne-pas-repondre@compte.exemple.fr',
    }),
    null,
  );
  assert.ok(decision.ok, JSON.stringify(decision));
  assert.equal(decision.secrets.databaseUrl?.reveal(), url);
  assert.equal(decision.secrets.masterKeys.reveal().size, 1);
  const added = await runCommand(['keys', 'generate', '--add'], {
    MASTER_KEYS_FILE: join(folder, 'linked'),
    PASSWORD_PEPPERS: peppers,
  });
  assert.match(added.out, new RegExp(`^MASTER_KEYS=${keys.replaceAll(/[+/]/g, '\\$&')},2:`, 'm'));
  const { env } = readSecretFiles({ SMTP_URL_FILE: file('two', 'a\n\n') });
  assert.equal(env.SMTP_URL, 'a\n', 'one line break is taken off, and no more');
});

test('a file that cannot be used is named with its reason, never with what it holds', () => {
  mkdirSync(join(folder, 'folder'));
  const refused: Readonly<Record<string, string>> = {
    [join(folder, 'nowhere')]: 'names a file that cannot be read (ENOENT)',
    [join(folder, 'folder')]: 'names something that is no file',
    '/dev/null': 'names something that is no file',
    [file('empty', '\n')]: 'names a file that is empty',
    [file('large', 'hunter2'.repeat(10_000))]: 'names a file of more than 64 KiB',
    [file('latin', Buffer.from('mot de passe : \xe9t\xe9', 'latin1'))]: 'names a file that is not UTF-8 text',
    [file('binary', 'hunter2\0')]: 'names a file that is not UTF-8 text',
  };
  for (const [path, why] of Object.entries(refused)) {
    const reading = readEnvironment({ MODE: 'production', MASTER_KEYS_FILE: path });
    assert.deepEqual(reading.problems, [`MASTER_KEYS_FILE: ${why}`]);
    const decision = decide(reading, null);
    const about = decision.ok ? [] : decision.problems.filter((line) => line.includes('MASTER_KEYS'));
    assert.deepEqual(about, reading.problems, 'what cannot be read is not also missing');
  }
});

test('a secret that is given twice is refused, as are files for what is no secret and misspelt ones', () => {
  const problems = (env: Record<string, string>) => readEnvironment(env).problems;
  const SMTP_URL_FILE = file('twice', 'smtp://127.0.0.1');
  assert.deepEqual(problems({ SMTP_URL: 'smtp://h', SMTP_URL_FILE }), [
    'SMTP_URL: is set, and SMTP_URL_FILE too: unset one of them',
  ]);
  assert.deepEqual(problems({ SMTP_URL: ' ', SMTP_URL_FILE }), []);
  assert.deepEqual(problems({ PUBLIC_URL_FILE: '/run/secrets/url' }), [
    'PUBLIC_URL_FILE: is no setting, only secrets are read from files: set PUBLIC_URL',
  ]);
  assert.deepEqual(problems({ MASTER_KEY_FILE: '/run/secrets/keys' }), [
    'MASTER_KEY_FILE: is no setting, MASTER_KEYS_FILE is',
  ]);
  const broken = problems({ DATABASE_URL_FILE: file('wrong', 'mysql://hunter2') });
  assert.equal(broken.length, 1);
  assert.match(broken.join(), /^DATABASE_URL: must be an address/);
});
