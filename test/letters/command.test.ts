import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { after, test } from 'node:test';
import { openConfigured } from '#src/cli/installation.ts';
import { loadConfiguration } from '#src/config/load.ts';
import { openKeyring } from '#src/crypto/keyring.ts';
import { systemRandom } from '#src/crypto/random.ts';
import { noticeRow } from '#src/notices/notice.ts';
import { databaseFor } from '../reliability/place-database.ts';
import { runCommand } from '../setting/command-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'compte-lettres-'));
after(() => rmSync(folder, { recursive: true }));
const env = {
  DATA_DIR: join(folder, 'data'),
  PORT: '0',
  METRICS_PORT: 'off',
  LETTERS_CANARY_ADDRESS: 'Service courrier;80000 AMIENS',
  ...(await databaseFor({ after })),
};
const out = join(folder, 'imprimeur');

async function queueOne(): Promise<string> {
  const decision = loadConfiguration(env, systemRandom);
  assert.ok(decision.ok);
  const { db, close } = await openConfigured(decision);
  const id = systemRandom.uuid();
  const personKey = Buffer.alloc(32, 5);
  await db
    .insertInto('notice')
    .values(
      noticeRow({
        keyring: openKeyring(decision.secrets.masterKeys.reveal()),
        personKey,
        id,
        kind: 'account-created-letter',
        language: 'fr',
        content: {
          envelope: 'Théophile Marchenoir\n4 rue des Inventions\n75018 PARIS',
          dispute: 'H4R7W2NKT93C',
          disputeUntil: '2026-12-01T22:59:59.999Z',
        },
        recipientKey: null,
        now: new Date(),
      }),
    )
    .execute();
  await close();
  return id;
}

/** One installation from its first batch to the printer's answer: opening the database is what takes time. */
test('an operator exports a batch, reads the printer’s answer, sees where batches stand', async () => {
  assert.equal((await runCommand(['migrate'], env)).code, 0);
  const id = await queueOne();
  const dry = await runCommand(['letters', 'export', out, '--dry-run'], env);
  assert.equal(dry.out, 'would export 1 letters, withhold 0\ndry run: nothing was written');
  const exported = await runCommand(['letters', 'export', out], env);
  assert.equal(exported.code, 0, exported.err);
  assert.match(exported.err, /^WARNING 108 of 108 caisses have no address for letters to come back to/);
  assert.match(exported.out, /^batch 1: 1 letters and the canary\n2 pages in .*batch-000001\nwithheld 0/);
  assert.deepEqual(readdirSync(join(out, 'batch-000001')).length, 4);
  const today = new Date().toISOString().slice(0, 10);
  const answer = join(folder, 'retour.csv');
  writeFileSync(answer, `id;état;date\n${id};imprimée;${today}\n${systemRandom.uuid()};postée;${today}\n`);
  const told = await runCommand(['letters', 'acknowledge', answer], env);
  assert.equal(told.code, 3);
  assert.equal(
    told.err,
    'line 3: unknown-letter (copy the id from manifest.json: no batch of this database has it)',
  );
  assert.match(told.out, /^1 letters: printed 1, posted 0, came back 0\n/);
  writeFileSync(answer, `${id};postée;${today}\n`);
  assert.equal((await runCommand(['letters', 'acknowledge', answer], env)).code, 0);
  writeFileSync(answer, Buffer.from(`id;état;date\r\n${id};imprimée;${today}\r\n`, 'latin1'));
  assert.equal(
    (await runCommand(['letters', 'acknowledge', answer], env)).code,
    0,
    'as a spreadsheet writes it',
  );
  const piped = await runCommand(
    ['letters', 'acknowledge', '-'],
    env,
    Readable.from([`${id};postée;${today}`]),
  );
  assert.equal(piped.code, 0);
  for (const [content, message] of [
    ['', /^compte: the file holds no letter$/],
    ['id;état;date\n', /the file holds no letter/],
    ['[]', /the file holds no letter/],
    [`${id},imprimée,${today}\n`, /none of its 1 rows can be used: lines id;state;date are needed/],
    [`[{"id":"${id}"`, /its JSON cannot be read/],
    ['%PDF-1.7', /the file is a PDF/],
    [Buffer.from(`\ufeff${id};imprimée;${today}\n`, 'utf16le'), /UTF-16: convert it/],
    [Buffer.alloc(17 * 1024 * 1024, 'x'), /larger than 16 MB/],
  ] as const) {
    writeFileSync(answer, content);
    const refused = await runCommand(['letters', 'acknowledge', answer], env);
    assert.deepEqual([refused.code, refused.out], [4, '']);
    assert.match(refused.err, message);
    assert.ok(!refused.err.includes(id));
  }
  const status = await runCommand(['letters', 'status'], env);
  assert.match(
    status.out,
    /^waiting 0\nbatch 1: 1 letters, exported .*, acknowledged .*; printed 1, posted 1, came back 0$/,
  );
  assert.equal((await runCommand(['letters', 'export', out, '--at-most', '0'], env)).code, 2);
});
