import assert from 'node:assert/strict';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { systemRandom } from '#src/crypto/random.ts';
import { databaseFor } from '#test/reliability/place-database.ts';
import { runCommand } from '#test/setting/command-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'compte-cli-'));
after(() => rmSync(folder, { recursive: true }));
const unused = { DATA_DIR: join(folder, 'data'), PORT: '0', METRICS_PORT: 'off' };
const env = { ...unused, ...(await databaseFor({ after })) };
const file = join(folder, 'register.ndjson');

/** One installation from its first command to its key rotation: opening the database is what takes time. */
test('an operator prepares an installation, loads a register, rotates the keys', async () => {
  const early = await runCommand(['doctor'], unused);
  assert.equal(early.code, 0, early.out);
  assert.match(early.out, /will be made in/);

  const invent = ['register', 'generate', '--count', '700', '--seed', '5', '--today', '2026-11-21'];
  assert.equal((await runCommand([...invent, '--out', file, '--dry-run'])).code, 0);
  assert.equal(existsSync(file), false);
  assert.equal((await runCommand([...invent, '--out', file])).code, 0);
  assert.equal(`${(await runCommand(invent)).out}\n`, readFileSync(file, 'utf8'));

  const tooEarly = await runCommand(['register', 'import', file], env);
  assert.equal(tooEarly.code, 1);
  assert.match(tooEarly.err, /run "compte migrate" first/);
  assert.match((await runCommand(['migrate', '--dry-run'], env)).out, /^would run 0001_/);
  assert.match((await runCommand(['migrate'], env)).out, /^ran 0001_.*\n(.*\n)*the database is up to date$/);
  assert.equal((await runCommand(['migrate'], env)).out, 'the database is up to date');

  const dry = await runCommand(['register', 'import', file, '--dry-run'], env);
  assert.deepEqual(
    [dry.code, dry.out],
    [
      0,
      [
        'read 700, accepted 700, set aside 0',
        'would be: added 700, updated 0, unchanged 0, not in the file 0, left 0, back 0',
        'dry run: nothing was written',
      ].join('\n'),
    ],
  );
  const loaded = await runCommand(['register', 'import', file], env);
  assert.equal(loaded.code, 0);
  assert.match(loaded.out, /\nadded 700, updated 0, unchanged 0, not in the file 0, left 0, back 0\nimport /);
  assert.match(loaded.err, /^100 % 700 lines$/m);

  appendFileSync(file, '{"nir":"2850578006084","iban":"FR7630006000011234567890189"}\nnot json\n');
  const again = await runCommand(['register', 'import', file], env);
  assert.equal(again.code, 3);
  assert.match(again.out, /read 702, accepted 700, set aside 2\nadded 0, updated 0, unchanged 700/);
  assert.match(again.err, /^line 701: [\w.]+: missing \(add the field: /m);
  assert.match(again.err, /^line 702: line: not_json \(write one JSON object/m);
  assert.doesNotMatch(again.err + again.out, /2850578006084|FR76/);

  const audit = await runCommand(['audit', 'verify'], env);
  assert.equal(audit.code, 0);
  assert.match(audit.out, /^\d+ events, 0 broken\nseal \d+: /);

  const kept = join(env.DATA_DIR, 'demo-keys.json');
  const keys = JSON.parse(readFileSync(kept, 'utf8'));
  const giveKeys = (MASTER_KEYS: string) => writeFileSync(kept, JSON.stringify({ ...keys, MASTER_KEYS }));
  const [second, other] = [2, 1].map((number) => `${number}:${systemRandom.bytes(32).toString('base64')}`);
  giveKeys(`${other}`);
  for (const command of [
    ['register', 'import', file],
    ['keys', 'rotate'],
    ['audit', 'verify'],
    ['migrate'],
  ]) {
    const refused = await runCommand(command, env);
    assert.equal(refused.code, 78, command.join(' '));
    assert.match(refused.err, /MASTER_KEYS: key 1 is not the key of that number/);
  }
  const wrong = await runCommand(['doctor'], env);
  assert.equal(wrong.code, 1);
  assert.match(wrong.out, /^FAILED {2}MASTER_KEYS: key 1 is not the key/m);

  giveKeys(`${second},${keys.MASTER_KEYS}`);
  assert.match((await runCommand(['keys', 'rotate', '--dry-run'], env)).out, /^insured: 700 to seal again$/m);
  const rotated = await runCommand(['keys', 'rotate'], env);
  assert.equal(rotated.code, 0);
  assert.match(rotated.out, /^insured: 700 sealed again$/m);

  const healthy = await runCommand(['doctor'], env);
  assert.equal(healthy.code, 0, healthy.out);
  assert.match(healthy.out, /^ok {6}MASTER_KEYS: 2 writes, 1 wrote before$/m);
  giveKeys(`${second}`);
  const lost = await runCommand(['doctor'], env);
  assert.equal(lost.code, 1);
  assert.match(lost.out, /^FAILED {2}MASTER_KEYS: key 1 is missing/m);
});

test('the doctor names what cannot be reached', async () => {
  const away = {
    ...unused,
    MODE: 'production',
    LEGAL_BASIS: 'texte fictif pour un essai',
    PUBLIC_URL: 'https://compte.exemple.fr',
    MASTER_KEYS: `1:${systemRandom.bytes(32).toString('base64')}`,
    PASSWORD_PEPPERS: `1:${systemRandom.bytes(32).toString('base64')}`,
    MAIL_FROM: 'ne-pas-repondre@exemple.fr',
    DATA_DIR: join(folder, 'none'),
    DATABASE_URL: 'postgres://compte:hunter2@127.0.0.1:1/compte',
    SMTP_URL: 'smtp://hunter3@127.0.0.1:1',
    POLICY: 'unknown',
  };
  const { code, out } = await runCommand(['doctor'], away);
  assert.equal(code, 1);
  assert.match(out, /^FAILED {2}policy: /m);
  assert.match(out, /^FAILED {2}database: connect ECONNREFUSED 127\.0\.0\.1:1: is PostgreSQL running, /m);
  assert.match(out, /^FAILED {2}mail: the SMTP server cannot be used \(connection E\w+\)$/m);
  assert.doesNotMatch(out, /hunter/);
});
