import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { type Migration, migrate } from '#src/database/migrate.ts';
import { type OpenDatabase, openDatabase } from '#src/database/open.ts';
import { claimDatabase } from '#src/installation/identity.ts';
import { needsServer, server } from '../setting/database.ts';
import { createServerDatabase } from '../setting/server-database.ts';

async function opened(t: TestContext): Promise<{ owner: OpenDatabase; serving: OpenDatabase }> {
  assert.ok(server);
  const { url, ownerUrl, drop } = await createServerDatabase(server, 'bare');
  const owner = await openDatabase({ url: ownerUrl, dataDir: null, poolSize: 3, patience: 'commands' });
  const serving = await openDatabase({ url, dataDir: null, poolSize: 5 });
  t.after(async () => {
    await owner.close();
    await serving.close();
    await drop();
  });
  return { owner, serving };
}

test(
  'a migration behind an import holds up no page: it lets go of its locks and comes again',
  needsServer,
  async (t) => {
    const { owner, serving } = await opened(t);
    const ended = Promise.withResolvers<void>();
    const held = Promise.withResolvers<void>();
    const importing = serving.db.transaction().execute(async (trx) => {
      await sql`set local idle_in_transaction_session_timeout = 0`.execute(trx);
      await sql`lock table insured in row exclusive mode`.execute(trx);
      held.resolve();
      await ended.promise;
    });
    await held.promise;
    const waited: string[] = [];
    const added: Migration = {
      name: '9001_added.sql',
      text: 'alter table insured add column added integer;',
    };
    const migrating = migrate(owner.db, { migrations: [added], onWait: (name) => waited.push(name) });
    while (waited.length < 2)
      // Each within the time that a page has for it.
      await serving.db.selectFrom('insured').select('batch').limit(1).execute();
    ended.resolve();
    await importing;
    assert.deepEqual(await migrating, [added.name]);
    await sql`select added from insured`.execute(owner.db);
  },
);

test('the installation of a database is reported once the register can be read', needsServer, async (t) => {
  const { owner } = await opened(t);
  await sql`delete from installation`.execute(owner.db);
  const ended = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  const holding = owner.db.transaction().execute(async (trx) => {
    await sql`lock table insured in access exclusive mode`.execute(trx);
    held.resolve();
    await ended.promise;
  });
  await held.promise;
  let waited = 0;
  const claiming = claimDatabase(owner.db, { mode: 'production', keys: [] }, () => {
    waited += 1;
    ended.resolve();
  });
  await holding;
  await claiming;
  assert.equal(waited, 1);
  assert.deepEqual((await sql`select mode from installation`.execute(owner.db)).rows, [
    { mode: 'production' },
  ]);
});

test('an index is built beside what goes on, and built anew when that was killed', needsServer, async (t) => {
  const { owner, serving } = await opened(t);
  const index: Migration = {
    name: '9001_index.sql',
    text: `-- outside a transaction
-- found by their language; and by nothing else
create index concurrently if not exists account_language on account (language);
create index concurrently if not exists account_route on account (route);
`,
  };
  const row = sql`
    insert into account (person_key, status, contact, email_key, language, route, created_at,
      pending_until, link_dead_at, last_sent_at, last_used_at)
    select decode(lpad(to_hex(i), 64, '0'), 'hex'), 'active', '', '', 'fr', 'carte-vitale', d, d, d, d, d
    from generate_series(1, 2) i, (values (now())) as v (d)`;
  await row.execute(serving.db);
  await assert.rejects(
    sql`create unique index concurrently account_language on account (language)`.execute(owner.db),
    { code: '23505' },
  );
  const writing = Promise.withResolvers<void>();
  const write = serving.db.transaction().execute(async (trx) => {
    await sql`update account set language = 'en'`.execute(trx);
    await writing.promise;
  });
  const migrating = migrate(owner.db, { migrations: [index] });
  await wait(100);
  await sql`update account set route = 'courrier' where person_key = ''::bytea`.execute(serving.db);
  writing.resolve();
  await write;
  assert.deepEqual(await migrating, [index.name]);
  assert.deepEqual(await migrate(owner.db, { migrations: [index] }), []);
  const { rows } = await sql`
    select indexrelid::regclass::text as name, indisvalid as valid, indisunique as uniq from pg_index
    where indrelid = 'account'::regclass and indexrelid::regclass::text in ('account_language', 'account_route')
    order by 1`.execute(owner.db);
  assert.deepEqual(rows, [
    { name: 'account_language', valid: true, uniq: false },
    { name: 'account_route', valid: true, uniq: false },
  ]);
});
