import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync, hash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { type RawBuilder, sql } from 'kysely';
import pg from 'pg';
import { fillReference } from '#src/caisses/load.ts';
import { openKeyring } from '#src/crypto/keyring.ts';
import { generatePeople } from '#src/fictitious/generate.ts';
import { personNamed } from '#src/fictitious/people.ts';
import type { FileLine } from '#src/files/lines.ts';
import { paths } from '#src/paths.ts';
import { importRegister } from '#src/register-import/import.ts';
import { importPeople } from '#src/register-import/import-people.ts';
import { openRowCopier } from '#src/register-import/staging/copy-rows.ts';
import { purgeStaged } from '#src/register-import/staging/purge.ts';
import { databaseFor } from '../reliability/place-database.ts';
import { testApp } from '../setting/application.ts';
import { runCommand } from '../setting/command-line.ts';
import { needsServer, server, testDatabase } from '../setting/database.ts';
import { openPatiently } from '../setting/server-database.ts';
import { choosePassword, contactOf } from '../steps.ts';
import { Visitor } from '../visitor.ts';

const now = new Date('2026-11-21T12:00:00Z');
const keyring = openKeyring(new Map([[1, Buffer.alloc(32, 1)]]));

function generated(count: number, seed = 3): string[] {
  return [...generatePeople({ seed, count, today: '2026-11-21' })].map(({ line }) => JSON.stringify(line));
}

test(
  'of two imports at once the second has to wait, and what the first one loads is whole',
  needsServer,
  async (t) => {
    const { db } = await testDatabase(t);
    await fillReference(db);
    const begun = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    async function* slow(texts: readonly string[]): AsyncGenerator<FileLine> {
      for (const [index, text] of texts.entries()) {
        if (index === 600) {
          begun.resolve();
          await goOn.promise;
        }
        yield { number: index + 1, text, ended: true };
      }
    }
    const load = (lines: AsyncIterable<FileLine>, dryRun = false) =>
      importRegister(db, keyring, lines, {
        now,
        uuid: crypto.randomUUID(),
        sha256: () => randomBytes(32),
        dryRun,
      });
    const first = load(slow(generated(900)));
    await begun.promise;
    const second = await load(slow(generated(100, 4)));
    assert.ok(second.kind === 'refused' && second.refusal.reason === 'busy');
    assert.deepEqual(second.refusal.since, now);
    assert.match(second.refusal.by ?? '', new RegExp(`^process ${process.pid} on `));
    const dry = await load(slow(generated(100, 4)), true);
    assert.equal(dry.kind, 'refused', 'a dry run stages the file too');
    const clear = () =>
      db.transaction().execute((trx) => purgeStaged(trx, new Date(now.getTime() + 25 * 3_600_000)));
    assert.equal(await clear(), 0, 'what an import reads that runs for a day is its own');
    goOn.resolve();
    const done = await first;
    assert.equal(done.kind === 'done' && done.summary.people.added, 900);
    assert.equal((await load(slow(generated(100, 4)))).kind, 'done');
  },
);

test('an account that is made while its holder’s death is loaded is closed, or is not made', async (t) => {
  const site = await testApp(t);
  const { db, keyring: keys, random } = site.services;
  for (const cle of ['venturi', 'nom-usage', 'loire']) {
    const person = personNamed(cle);
    const visitor = new Visitor(site.app);
    await choosePassword(visitor, person);
    await visitor.get(paths.contact);
    site.clock.advance(60_000);
    await Promise.all([
      visitor.post(paths.contact, contactOf(`${cle}@exemple.fr`)),
      importPeople(db, keys, [{ ...person.line, deceased: true }], {
        now: site.clock.now(),
        uuid: random.uuid(),
      }),
    ]);
    const open = await db.selectFrom('account').select('status').where('closed_for', 'is', null).execute();
    assert.deepEqual(open, [], cle);
    const waiting = await db.selectFrom('notice').select('kind').where('state', '=', 'queued').execute();
    assert.deepEqual(waiting, [], cle);
  }
});

/** Waits until a part of a file is staged. */
async function untilStaged(url: string): Promise<void> {
  const database = openPatiently(url, 1);
  const staged = () => database.db.selectFrom('register_part').select('number').executeTakeFirst();
  while (!(await staged())) await wait(50);
  await database.close();
}

/** Kills the import of a file where it has merged everybody, and has only to be recorded. */
async function killMerging(url: string, start: () => ChildProcess): Promise<void> {
  const { db, close } = openPatiently(url, 2);
  const thereIs = async (lock: RawBuilder<unknown>) =>
    (await sql`select from pg_locks where ${lock}`.execute(db)).rows.length > 0;
  await db.transaction().execute(async (trx) => {
    await sql`lock table register_import in exclusive mode`.execute(trx);
    const child = start();
    while (!(await thereIs(sql`relation = 'register_import'::regclass and not granted`))) {
      assert.equal(child.exitCode, null);
      await wait(50);
    }
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  });
  // The server notices once it has nobody to answer.
  const ofImport = sql`locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`;
  while (await thereIs(ofImport)) await wait(50);
  const people = await db.selectFrom('insured').select('person_key').execute();
  assert.equal(people.length, 0, 'the register is the old one');
  await close();
}

test('an import that is killed leaves the register as it was, and the next one goes on where it was', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'compte-killed-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const env: Record<string, string> = {
    DATA_DIR: join(folder, 'data'),
    PORT: '0',
    METRICS_PORT: 'off',
    ...(await databaseFor(t)),
  };
  assert.equal((await runCommand(['migrate'], env)).code, 0);
  const lines = generated(2000);
  const main = new URL('../../src/cli/main.js', import.meta.url).pathname;
  const importing = { env: { ...process.env, ...env } };
  const child = spawn(process.execPath, [main, 'register', 'import', '-'], {
    ...importing,
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  // What is still on its way when the program is killed finds nobody to read it.
  child.stdin.on('error', () => {});
  // The program reads on only as it writes: 1.5 MB do not fit into a pipe.
  for (const line of lines.slice(0, 1900))
    if (!child.stdin.write(`${line}\n`)) await once(child.stdin, 'drain');
  const url = env.DEMO_DATABASE_URL ?? null;
  if (url === null) await wait(500);
  else await untilStaged(url);
  child.kill('SIGKILL');
  await once(child, 'exit');

  const file = join(folder, 'register.ndjson');
  writeFileSync(file, `${lines.join('\n')}\n`);
  if (url)
    await killMerging(url, () =>
      spawn(process.execPath, [main, 'register', 'import', file], { ...importing, stdio: 'ignore' }),
    );
  const again = await runCommand(['register', 'import', file], env);
  assert.equal(again.code, 0, again.err);
  assert.match(again.out, /added 2000, updated 0, unchanged 0, not in the file 0/);
  if (url) assert.match(again.err, /^[1-9]\d+ lines were staged by an earlier run, and not read again$/m);

  // Refused by a guard, the file is staged: allowed, it is only merged. With a manifest of another file, neither.
  const fewer = join(folder, 'fewer.ndjson');
  writeFileSync(fewer, `${lines.slice(0, 1900).join('\n')}\n`);
  const refused = await runCommand(['register', 'import', fewer], env);
  assert.equal(refused.code, 4);
  assert.match(refused.err, /it has 1900 people and the last file had 2000, .* --count-within/);
  const absent = await runCommand(['register', 'import', fewer, '--count-within', '5%'], env);
  assert.match(
    absent.err,
    /100 of the 2000 people of the register are not in it, more than 0.5 %: .* --max-absent/,
  );
  const manifest = `${fewer}.sha256`;
  const allowed = ['--count-within', '5%', '--max-absent', '5%'];
  writeFileSync(manifest, `${'0'.repeat(64)}  fewer.ndjson\n`);
  const other = await runCommand(['register', 'import', fewer, ...allowed], env);
  assert.match(other.err, /its SHA-256 is not the one of the manifest/);
  writeFileSync(manifest, `${hash('sha256', readFileSync(fewer))}  fewer.ndjson\n`);
  const signer = join(folder, 'signer.pem');
  writeFileSync(signer, generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }));
  const unsigned = await runCommand(['register', 'import', fewer, ...allowed, '--signed-by', signer], env);
  assert.deepEqual([unsigned.code, /signature of the manifest cannot be read/.test(unsigned.err)], [4, true]);
  const twice = join(folder, 'twice.ndjson');
  writeFileSync(twice, `${[...lines, lines[7]].join('\n')}\n`);
  const repeated = await runCommand(['register', 'import', twice], env);
  assert.equal(repeated.code, 4);
  assert.match(repeated.err, /1 of its lines are about people of earlier lines, line 2001 first/);
  const loaded = await runCommand(['register', 'import', fewer, ...allowed], env);
  assert.equal(loaded.code, 0, loaded.err);
  assert.match(loaded.out, /added 0, updated 0, unchanged 1900, not in the file 100/);
});

test('a connection that is lost before it copies anything is given back', needsServer, async () => {
  const pool = new pg.Pool({ connectionString: server ?? '', max: 1 });
  pool.once('acquire', (client) => void client.end());
  await assert.rejects(openRowCopier(pool, crypto.randomUUID()), /not queryable/);
  assert.equal(pool.totalCount, 0, 'the pool waits for nobody');
  await pool.end();
});
