import { join } from 'node:path';
import pg from 'pg';
import { servingRole, withClient } from './postgres.ts';

/** Rows a second that PostgreSQL copies from a file into tables like the register. */
export interface CopyRates {
  /** With its indexes, in the order in which a file has people: their keys are random. */
  readonly indexed: number;
  /** The same, in the order of the keys. */
  readonly sorted: number;
  /** Without indexes, which are built afterwards. */
  readonly thenIndexed: number;
}

/** Copies the people of a register, as they are stored, into identical tables. `superuser`: of its database. */
export async function copyRates(superuser: string): Promise<CopyRates> {
  return withClient(superuser, async (client) => {
    const { rows: where } = await client.query<{ folder: string }>(
      "select current_setting('data_directory') as folder",
    );
    const file = (order: string) => pg.escapeLiteral(join(where[0]?.folder ?? '', `${order}.copied`));
    const rates: number[] = [];
    for (const { order, indexes } of [
      { order: 'row_fingerprint', indexes: 'before' },
      { order: 'person_key', indexes: 'before' },
      { order: 'row_fingerprint', indexes: 'after' },
    ]) {
      await client.query(`copy (select * from insured order by ${order}) to ${file(order)} (format binary)`);
      await client.query('create table copied (like insured including all excluding indexes)');
      if (indexes === 'before') await buildIndexes(client, 'copied');
      await client.query('checkpoint');
      const start = performance.now();
      const { rowCount } = await client.query(`copy copied from ${file(order)} (format binary)`);
      if (indexes === 'after') await buildIndexes(client, 'copied');
      rates.push(((rowCount ?? 0) * 1000) / (performance.now() - start));
      await client.query('drop table copied');
    }
    const [indexed = Number.NaN, sorted = Number.NaN, thenIndexed = Number.NaN] = rates;
    return { indexed, sorted, thenIndexed };
  });
}

async function buildIndexes(client: pg.Client, table: string): Promise<void> {
  const { rows } = await client.query<{ made: string }>(
    "select pg_get_indexdef(indexrelid) as made from pg_index where indrelid = 'insured'::regclass",
  );
  for (const { made } of rows) await client.query(made.replace(/INDEX \S+ ON \S+/, `INDEX ON ${table}`));
}

/**
 * Makes `insured_other`: everybody of the register, and so many others that it has `people`. Those are copies under other
 * keys, as long as the keys of the service: nobody finds or opens them.
 */
export async function makeOtherRegister(owner: string, people: number): Promise<void> {
  await withClient(owner, async (client) => {
    await client.query("set maintenance_work_mem = '256MB'");
    await client.query('create table insured_other (like insured including all excluding indexes)');
    await client.query('insert into insured_other select * from insured');
    const { rows } = await client.query<{ columns: string; copied: string }>(
      `select string_agg(attname, ', ' order by attnum) as columns,
         string_agg(case
           when attname in ('person_key', 'identity_key', 'iban_verifier', 'serial_verifier', 'row_fingerprint',
             'line_fingerprint')
             then format('substr(sha256(%1$I || int4send(copy)), 1, octet_length(%1$I))', attname)
           else quote_ident(attname) end, ', ' order by attnum) as copied
       from pg_attribute where attrelid = 'insured'::regclass and attnum > 0 and not attisdropped`,
    );
    const { columns, copied } = rows[0] ?? { columns: '', copied: '' };
    await client.query(
      `insert into insured_other (${columns})
       select ${copied} from insured, generate_series(1, (select ceil($1 / count(*)::numeric)::integer from insured)) as copy
       limit $1 - (select count(*) from insured)`,
      [people],
    );
    await buildIndexes(client, 'insured_other');
    await client.query(`grant select, insert, update, delete on insured_other to ${servingRole}`);
    await client.query('vacuum (analyze) insured_other');
  });
}

/** The register and the other one take each other’s place. */
export async function swapRegisters(owner: string): Promise<void> {
  await withClient(owner, async (client) => {
    await client.query('begin');
    await client.query('alter table insured rename to insured_aside');
    await client.query('alter table insured_other rename to insured');
    await client.query('alter table insured_aside rename to insured_other');
    await client.query('commit');
  });
}
