import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { claimDatabase, refuseOther } from '#src/installation/identity.ts';
import { needsServer, server } from '../setting/database.ts';
import { createServerDatabase, openPatiently } from '../setting/server-database.ts';

test(
  'the database of a class is opened by a workshop alone, and no workshop opens another',
  needsServer,
  async (t) => {
    assert.ok(server);
    const { ownerUrl, drop } = await createServerDatabase(server, 'bare');
    const { db, close } = openPatiently(ownerUrl, 2);
    t.after(async () => {
      await close();
      await drop();
    });
    const modes = ['demo', 'workshop', 'production'] as const;
    for (const made of modes) {
      await sql`delete from installation`.execute(db);
      await claimDatabase(db, { mode: made, keys: [] });
      for (const mode of modes) {
        const opening = [refuseOther(db, { mode, keys: [] }), claimDatabase(db, { mode, keys: [] })];
        const [refused, claimed] = await Promise.allSettled(opening);
        const expected = mode === made ? 'fulfilled' : 'rejected';
        assert.deepEqual([refused?.status, claimed?.status], [expected, expected], `${made} as ${mode}`);
      }
    }
  },
);
