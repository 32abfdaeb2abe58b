import assert from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import { placements } from '#src/database/spread/placements.ts';
import { runCommand } from '../setting/command-line.ts';
import { needsServer, server } from '../setting/database.ts';
import { createServerDatabase } from '../setting/server-database.ts';
import { productionOn } from './production-environment.ts';

/**
 * The command against what stands in for Citus: functions of its names, that note what they are asked and refuse what
 * its documentation says that it refuses. Nothing is distributed.
 */
const standIn = `
  set allow_system_table_mods = on;
  insert into pg_extension (oid, extname, extowner, extnamespace, extrelocatable, extversion)
  select 9999, 'citus', 10, oid, false, '13.2-1' from pg_namespace where nspname = 'pg_catalog';
  create table pg_dist_partition (logicalrelid regclass primary key, by text, beside text);
  create table pg_dist_node (isactive boolean, shouldhaveshards boolean);
  create table broken_at (name text);
  grant select on pg_dist_partition, pg_dist_node to public;
  create function place(p_table regclass, p_by text, p_beside text) returns void language plpgsql security definer as $$
  begin
    if exists (select from broken_at where name = p_table::text) then raise exception 'a node is away'; end if;
    if exists (select from pg_constraint where contype = 'f' and conrelid = p_table and confrelid <> p_table
      and confrelid not in (select logicalrelid from pg_dist_partition))
    then raise exception '% refers to a table that is not distributed', p_table; end if;
    insert into pg_dist_partition
    select p_table, p_by, p_beside
    union all select inhrelid::regclass, p_by, p_table::text from pg_inherits where inhparent = p_table;
  end $$;
  create function create_distributed_function(text) returns regprocedure language sql as
    $$ select $1::regprocedure $$;
  create function create_reference_table(p_table regclass) returns void language sql as
    $$ select place(p_table, null, null) $$;
  create function create_distributed_table(p_table regclass, p_by text, colocate_with text) returns void
  language sql as $$ select place(p_table, p_by, colocate_with) $$;
  create function truncate_local_data_after_distributing_table(p_table regclass) returns void
  language plpgsql security definer as $$
  begin
    if exists (select from pg_constraint where contype = 'f' and confrelid = p_table
      and conrelid not in (select logicalrelid from pg_dist_partition))
    then raise exception 'cannot truncate a table referenced in a foreign key constraint by a local table'; end if;
    execute format('truncate %s cascade', p_table);
  end $$`;

test(
  'tables are placed once, also where it was stopped, and nothing of them stays behind',
  needsServer,
  async (t) => {
    assert.ok(server);
    const { ownerUrl, drop } = await createServerDatabase(server, 'bare');
    const address = new URL(server);
    address.pathname = new URL(ownerUrl).pathname;
    const superuser = new pg.Client({ connectionString: address.href });
    await superuser.connect();
    t.after(() => superuser.end().then(drop));
    const env = productionOn(ownerUrl);
    const distribute = () => runCommand(['migrate', '--distribute', 'citus'], env);
    assert.equal((await runCommand(['migrate'], env)).code, 0);
    await superuser.query(standIn);
    await superuser.query(`insert into audit_head (person_key, seq, hash) values ('\\x01', 0, '')`);

    const alone = await distribute();
    assert.equal(alone.code, 4, alone.err);
    assert.match(alone.err, /no node to place rows on/);

    await superuser.query(
      `insert into pg_dist_node values (true, true); insert into broken_at values ('notice')`,
    );
    const stopped = await distribute();
    assert.equal(stopped.code, 1, stopped.out);
    const noted = await superuser.query('select distributed_by from installation');
    assert.deepEqual(
      noted.rows,
      [{ distributed_by: 'citus' }],
      'whoever starts now writes in single statements',
    );

    await superuser.query('delete from broken_at');
    const whole = await distribute();
    assert.equal(whole.code, 0, whole.err);
    assert.doesNotMatch(whole.out, /^account:/m, 'what is placed stays');
    assert.match(whole.out, /^audit_head: what the coordinator still had of it is gone$/m);
    const placed = await superuser.query<{ name: string; beside: string | null }>(
      `select logicalrelid::text as name, beside from pg_dist_partition`,
    );
    const names = new Set(placed.rows.map(({ name }) => name));
    const meant = Object.entries(placements).flatMap(([name, { kind }]) => (kind === 'local' ? [] : [name]));
    assert.deepEqual(
      meant.filter((name) => !names.has(name)),
      [],
    );
    assert.ok(
      placed.rows.filter(({ beside }) => beside === 'payment').length > 12,
      'the months that pages show',
    );
    assert.equal((await superuser.query('select from audit_head')).rowCount, 0);

    const again = await distribute();
    assert.equal(again.code, 0, again.err);
    assert.match(again.out, /every table was in its place/);
  },
);
