import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { isDatabaseAway } from '#src/database/away.ts';
import { openDatabase } from '#src/database/open.ts';
import { prepared } from '#src/database/prepared.ts';
import { relayTo } from '../reliability/relay.ts';
import { needsServer, server } from '../setting/database.ts';
import { createServerDatabase } from '../setting/server-database.ts';

test(
  'a connection that stops answering is dropped, and the next query gets another',
  needsServer,
  async (t) => {
    assert.ok(server);
    const { url, drop } = await createServerDatabase(server, 'bare');
    t.after(drop);
    const relay = await relayTo(t, url);
    await relay.open();
    const { db, close } = await openDatabase({ url: relay.url, dataDir: null, poolSize: 1 });
    t.after(close);
    const backend = async () =>
      (await db.executeQuery(prepared<{ pid: number }>('select pg_backend_pid() as pid', []))).rows[0]?.pid;

    const first = await backend();
    assert.equal(await backend(), first);
    relay.silence();
    await assert.rejects(backend(), isDatabaseAway);
    const second = await backend();
    assert.notEqual(second, first);

    const transaction = db.transaction().execute(async (trx) => {
      await sql`select 1`.execute(trx);
      relay.silence();
      await sql`select 1`.execute(trx);
    });
    await assert.rejects(transaction, isDatabaseAway);
    assert.notEqual(await backend(), second);
  },
);
