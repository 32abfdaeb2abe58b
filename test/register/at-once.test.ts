import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fillReference } from '#src/caisses/load.ts';
import { openKeyring } from '#src/crypto/keyring.ts';
import { generatePeople } from '#src/fictitious/generate.ts';
import { personNamed } from '#src/fictitious/people.ts';
import type { FileLine } from '#src/files/lines.ts';
import { paths } from '#src/paths.ts';
import { importRegister } from '#src/register-import/import.ts';
import { importPeople } from '#src/register-import/import-people.ts';
import { databaseFor } from '../reliability/place-database.ts';
import { testApp } from '../setting/application.ts';
import { runCommand } from '../setting/command-line.ts';
import { needsServer, testDatabase } from '../setting/database.ts';
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

test('an import that is killed leaves nothing, and the next one loads everything', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'compte-killed-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const env = {
    DATA_DIR: join(folder, 'data'),
    PORT: '0',
    METRICS_PORT: 'off',
    ...(await databaseFor(t)),
  };
  assert.equal((await runCommand(['migrate'], env)).code, 0);
  const lines = generated(2000);
  const main = new URL('../../src/cli/main.js', import.meta.url).pathname;
  const child = spawn(process.execPath, [main, 'register', 'import', '-'], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  // The program reads on only as it writes: 1.5 MB do not fit into a pipe.
  for (const line of lines.slice(0, 1900))
    if (!child.stdin.write(`${line}\n`)) await once(child.stdin, 'drain');
  await wait(500);
  child.kill('SIGKILL');
  await once(child, 'exit');

  const file = join(folder, 'register.ndjson');
  writeFileSync(file, `${lines.join('\n')}\n`);
  const again = await runCommand(['register', 'import', file], env);
  assert.equal(again.code, 0, again.err);
  assert.match(again.out, /added 2000, updated 0, unchanged 0, not in the file 0/);
});
