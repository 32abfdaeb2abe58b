import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { openDatabase } from '#src/database/open.ts';
import { describeLock, planMigrations } from '#src/database/plan/plan.ts';
import { needsServer, server } from '../setting/database.ts';
import { createServerDatabase } from '../setting/server-database.ts';

test('a plan says what each migration locks, and locks nothing itself', needsServer, async (t) => {
  assert.ok(server);
  const { ownerUrl, drop } = await createServerDatabase(server, 'bare');
  const owner = await openDatabase({ url: ownerUrl, dataDir: null, poolSize: 3, patience: 'commands' });
  t.after(async () => {
    await owner.close();
    await drop();
  });
  await sql`insert into caisse (code, name, departements, telephone, address)
    select 'x' || i, 'CPAM', '{}', '3646', '{}' from generate_series(1, 300) i`.execute(owner.db);
  await sql`analyze caisse`.execute(owner.db);
  const pending = [
    {
      name: '0098_index.sql',
      text: '-- outside a transaction\ncreate index concurrently if not exists caisse_name on caisse (name) where name <> $$;$$;',
    },
    {
      name: '0099_many.sql',
      text: `create table later (id uuid primary key);
        create index later_id on later (id);
        alter table caisse add column a text, add column b text default new_support_code();
        alter table caisse add constraint c check (a <> 'é') not valid;
        select 1;`,
    },
  ];
  const instants = [0, 900, 900, 1500, 1500, 2700, 2700, 3900];
  let asked = 0;
  const now = () => instants[asked++] ?? 4_000;
  const planned = await owner.db.transaction().execute(async (holding) => {
    // A plan waits for nobody: this is what an import and pages hold.
    await sql`lock table caisse in row exclusive mode`.execute(holding);
    return planMigrations(owner.db, pending, now);
  });
  assert.deepEqual(
    planned.map(({ name, outside, locks, unknown }) => [name, outside, locks.map(describeLock), unknown]),
    [
      [
        '0098_index.sql',
        true,
        ['caisse (300 rows): SHARE UPDATE EXCLUSIVE, reads and writes go on; an index is built, about 2 s'],
        [],
      ],
      [
        '0099_many.sql',
        false,
        [
          'caisse (300 rows): ACCESS EXCLUSIVE, reads and writes wait; for a moment, no row is read or written',
          'caisse (300 rows): ACCESS EXCLUSIVE, reads and writes wait; every row is written anew, about 2 s',
        ],
        ['select 1'],
      ],
    ],
  );
});
