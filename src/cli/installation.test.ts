import assert from 'node:assert/strict';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { runCommand } from '#src/cli/testing.ts';
import { systemRandom } from '#src/random.ts';

const folder = mkdtempSync(join(tmpdir(), 'compte-cli-'));
after(() => rmSync(folder, { recursive: true }));
const env = { DATA_DIR: join(folder, 'data'), PORT: '0', METRICS_PORT: 'off' };
const file = join(folder, 'register.ndjson');

/** One installation from its first command to its key rotation: opening the database is what takes time. */
test('an operator prepares an installation, loads a register, rotates the keys', async () => {
  const early = await runCommand(['doctor'], env);
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
        'would be: added 700, updated 0, unchanged 0, not in the file 0',
        'dry run: nothing was written',
      ].join('\n'),
    ],
  );
  const loaded = await runCommand(['register', 'import', file], env);
  assert.equal(loaded.code, 0);
  assert.match(loaded.out, /\nadded 700, updated 0, unchanged 0, not in the file 0\nimport /);
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
  assert.match(audit.out, /^\d+ events, 0 broken$/);

  const first = JSON.parse(readFileSync(join(env.DATA_DIR, 'demo-keys.json'), 'utf8')).MASTER_KEYS;
  const second = `2:${systemRandom.bytes(32).toString('base64')}`;
  const both = { ...env, MASTER_KEYS: `${first},${second}` };
  assert.match(
    (await runCommand(['keys', 'rotate', '--dry-run'], both)).out,
    /^insured: 700 to seal again$/m,
  );
  const rotated = await runCommand(['keys', 'rotate'], both);
  assert.equal(rotated.code, 0);
  assert.match(rotated.out, /^insured: 700 sealed again$/m);

  const healthy = await runCommand(['doctor'], both);
  assert.match(
    healthy.out,
    /^WARNING letters: 108 of 108 caisses have no address for letters to come back to/m,
  );
  assert.equal(healthy.code, 0, healthy.out);
  assert.match(healthy.out, /master keys: older ones still in use: 1/);
  const lost = await runCommand(['doctor'], { ...env, MASTER_KEYS: second });
  assert.equal(lost.code, 1);
  assert.match(lost.out, /FAILED {2}master keys: in use but not configured: 1/);
});

test('the doctor names what cannot be reached', async () => {
  const away = {
    ...env,
    DATABASE_URL: 'postgres://compte:hunter2@127.0.0.1:1/compte',
    SMTP_URL: 'smtp://hunter3@127.0.0.1:1',
    POLICY: 'unknown',
  };
  const { code, out } = await runCommand(['doctor'], away);
  assert.equal(code, 1);
  assert.match(out, /^FAILED {2}policy: /m);
  assert.match(out, /^FAILED {2}database: no answer \(ECONNREFUSED\)$/m);
  assert.match(out, /^FAILED {2}mail: the SMTP server cannot be used \(\w+\)$/m);
  assert.doesNotMatch(out, /hunter/);
});
