import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import pg from 'pg';
import { isDatabaseAway } from '#src/database/away.ts';
import { openDatabase } from '#src/database/open.ts';
import { freePort } from '../../scripts/free-port.ts';
import { needsServer, server } from '../setting/database.ts';
import { createServerDatabase } from '../setting/server-database.ts';

test('of several servers, the one that takes writes is found, and found again', needsServer, async (t) => {
  assert.ok(server);
  const { url, ownerUrl, drop } = await createServerDatabase(server, 'bare');
  const address = new URL(url);
  const several = url.replace(address.host, `127.0.0.1:${await freePort()},${address.host}`);
  const open = () => openDatabase({ url: several, dataDir: null, poolSize: 3 });
  const [before, later] = [await open(), await open()];
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  t.after(async () => {
    await Promise.all([before.close(), later.close(), owner.end()]);
    await drop();
  });
  const nobody = several.split(',')[0]?.concat(`,localhost:${await freePort()}${address.pathname}`) ?? '';
  const away = openDatabase({ url: nobody, dataDir: null, poolSize: 1 });
  t.after(async () => (await away).close());
  await assert.rejects(sql`select 1`.execute((await away).db), (error) => {
    assert.ok(isDatabaseAway(error));
    for (const { host } of nobody
      .split(',')
      .map((one) => new URL(one.replace(/^localhost/, 'postgres://$&'))))
      assert.ok(String(error).includes(`${host}: `), host);
    return true;
  });

  const ask = () => sql`select count(*) from account`.execute(later.db);
  // Three at once, none of which must move on from what another one has found.
  await Promise.all([1, 2, 3].map(() => sql`select count(*) from account`.execute(before.db)));

  const name = address.pathname.slice(1);
  await owner.query(`alter database ${name} set default_transaction_read_only = on`);
  await assert.rejects(ask, isDatabaseAway, 'a standby is no primary');
  await assert.rejects(ask, isDatabaseAway);
  await owner.query(`alter database ${name} reset default_transaction_read_only`);
  await ask();
});
