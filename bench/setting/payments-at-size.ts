import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import pg from 'pg';
import { type PrivatePostgres, startPostgres, withClient } from './postgres.ts';

/*
 * Payments of people who do not exist, as many as an installation stores: tables of their own in the schema `filler`, a
 * month each, which take the place of the months of `payment`. They stay in a kept cluster when all else is made anew.
 */

/** Rows that a crash may lose are written once, not twice; nobody else vacuums while something is measured. */
const settings = ['wal_level=minimal', 'max_wal_senders=0', 'max_wal_size=4GB', 'autovacuum=off'];

/** `kept`: the folder of a cluster that stays; null for one that goes. */
export function startFilledPostgres(kept: string | null): (log: string) => Promise<PrivatePostgres> {
  return async (log) => {
    if (kept !== null) mkdirSync(kept, { recursive: true });
    const postgres = await startPostgres(log, { kept, given: settings });
    await withClient(postgres.url('postgres'), emptyBesideFiller);
    return postgres;
  };
}

/** What an earlier run left, but for the filler. */
async function emptyBesideFiller(client: pg.Client): Promise<void> {
  await detachAll(client);
  const { rows } = await client.query<{ name: string }>(
    `select nspname as name from pg_namespace where nspname !~ '^(pg_|information_schema$|filler$)'`,
  );
  for (const { name } of rows) await client.query(`drop schema ${pg.escapeIdentifier(name)} cascade`);
  await client.query('create schema public authorization owner');
  await client.query('create schema if not exists filler authorization owner');
}

async function detachAll(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ part: string }>(
    `select inhrelid::regclass::text as part from pg_inherits where inhparent = to_regclass('payment')
     and inhrelid::regclass::text like 'filler.%'`,
  );
  for (const { part } of rows) await client.query(`alter table payment detach partition ${part}`);
}

/** What is stored: payments, their lines of care and benefits, and what they take. */
export interface Stored {
  readonly payments: number;
  readonly lines: number;
  readonly months: number;
  readonly tableBytes: number;
  readonly indexBytes: number;
}

interface Month {
  /** The partition that the service made. */
  readonly own: string;
  readonly filler: string;
  readonly first: string;
  readonly next: string;
}

/**
 * Makes the payments of so many lines, unless they are there. `own`: what is stored of the people who are measured, whose
 * sealed bytes the filler repeats under other keys: they open for nobody.
 */
export async function fill(
  postgres: PrivatePostgres,
  wanted: number,
  own: { readonly payments: number; readonly lines: number },
  say: (text: string) => void,
): Promise<void> {
  const times = Math.max(1, Math.round(wanted / own.lines) - 1);
  await withClient(postgres.url('postgres'), async (server) => {
    const fsync = async (value: 'on' | 'off') => {
      await server.query(`alter system set fsync = ${value}`);
      await server.query('select pg_reload_conf()');
    };
    await fsync('off');
    await withClient(postgres.url('owner'), async (owner) => {
      await owner.query("set maintenance_work_mem = '512MB'");
      await owner.query('set max_parallel_maintenance_workers = 0');
      const months = await monthsOf(owner, wanted);
      for (const [index, month] of months.entries()) {
        const { rows } = await owner.query('select from pg_class where oid = to_regclass($1)', [
          month.filler,
        ]);
        if (rows.length > 0) continue;
        say(`${wanted} lines: month ${index + 1} of ${months.length} …`);
        await fillMonth(owner, month, times);
      }
      await owner.query(
        'create table if not exists filler.stored (wanted bigint primary key, payments bigint, lines bigint)',
      );
      await owner.query('insert into filler.stored values ($1, $2, $3) on conflict do nothing', [
        wanted,
        own.payments * times,
        own.lines * times,
      ]);
    });
    await server.query('checkpoint');
    await fsync('on');
  });
}

async function monthsOf(client: pg.Client, wanted: number): Promise<readonly Month[]> {
  const { rows } = await client.query<Omit<Month, 'filler'> & { month: string }>(
    `select relname as own, substr(relname, 9) as month, to_date(substr(relname, 9), 'YYYYMM')::text as first,
       (to_date(substr(relname, 9), 'YYYYMM') + interval '1 month')::date::text as next
     from pg_class where relname ~ '^payment_\\d{6}$' and relnamespace = 'public'::regnamespace order by relname`,
  );
  return rows.map(({ month, ...rest }) => ({ ...rest, filler: `filler.lines_${wanted}_${month}` }));
}

/** Copies lie in a month as deposits come: those of one person apart. The index is built at the end. */
async function fillMonth(
  owner: pg.Client,
  { own, filler, first, next }: Month,
  times: number,
): Promise<void> {
  await owner.query('begin');
  await owner.query(
    `create temporary table source on commit drop as select * from ${own} order by paid_on, md5(id::text)`,
  );
  await owner.query(`create table ${filler} (like ${own} including storage including defaults,
    check (paid_on >= '${first}' and paid_on < '${next}'))`);
  await owner.query(
    `insert into ${filler} (person_key, id, paid_on, summary, detail, deposited_at)
     select sha256(person_key || int4send(copy)), gen_random_uuid(), paid_on, summary, detail, deposited_at
     from generate_series(1, $1::integer) as copy
     cross join lateral (select * from source where copy > 0 offset 0) as payments`,
    [times],
  );
  await owner.query(`alter table ${filler} add primary key (person_key, paid_on, id) include (summary)`);
  await owner.query('commit');
  await owner.query(`vacuum (analyze) ${filler}`);
}

/** Has the payments of this size in the place of those stored now, the people who are measured among them. */
export async function putInPlace(postgres: PrivatePostgres, wanted: number): Promise<Stored> {
  return withClient(postgres.url('owner'), async (owner) => {
    await detachAll(owner);
    const months = await monthsOf(owner, wanted);
    for (const { own, filler, first, next } of months) {
      const { rows } = await owner.query('select from pg_class where oid = to_regclass($1)', [filler]);
      if (rows.length === 0) continue;
      await owner.query(`insert into ${filler} select * from ${own} on conflict do nothing`);
      // An index answers alone only for pages that a vacuum has seen.
      await owner.query(`vacuum ${filler}`);
      await owner.query('begin');
      const taken = await owner.query(`select from pg_inherits where inhrelid = '${own}'::regclass`);
      if (taken.rows.length > 0) await owner.query(`alter table payment detach partition ${own}`);
      await owner.query(
        `alter table payment attach partition ${filler} for values from ('${first}') to ('${next}')`,
      );
      await owner.query('commit');
    }
    const { rows } = await owner.query<Omit<Stored, 'months'>>(
      `select payments::float8, lines::float8,
         (select sum(pg_table_size(inhrelid)) from pg_inherits where inhparent = 'payment'::regclass)::float8
           as "tableBytes",
         (select sum(pg_indexes_size(inhrelid)) from pg_inherits where inhparent = 'payment'::regclass)::float8
           as "indexBytes"
       from filler.stored where wanted = $1`,
      [wanted],
    );
    const [stored] = rows;
    if (!stored) throw new Error(`${wanted} lines were not filled`);
    return { ...stored, months: months.length };
  });
}

/** Forgets what the machine remembers of these files, so that the next look at each person reads the disk. */
export async function forgetFiles(postgres: PrivatePostgres): Promise<void> {
  const files = await withClient(postgres.url('postgres'), async (client) => {
    const { rows } = await client.query<{ file: string }>(
      `select current_setting('data_directory') || '/' || pg_relation_filepath(part) as file
       from (select inhrelid as part from pg_inherits where inhparent = 'payment'::regclass
         union all select indexrelid from pg_inherits join pg_index on indrelid = inhrelid
         where inhparent = 'payment'::regclass) as parts`,
    );
    await client.query('checkpoint');
    return rows.map(({ file }) => file);
  });
  for (const file of files)
    for (let part = 0; ; part += 1) {
      const segment = part === 0 ? file : `${file}.${part}`;
      if (!existsSync(segment)) break;
      execFileSync('dd', [`if=${segment}`, 'iflag=nocache', 'count=0'], { stdio: 'ignore' });
    }
}
