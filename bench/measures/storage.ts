import { generateKeyPairSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { z } from 'zod';
import { type PrivatePostgres, withClient } from '../setting/postgres.ts';
import type { Started } from '../setting/service.ts';
import type { Stage } from '../setting/stage.ts';
import { cpuTime, familyCpuMs } from '../setting/usage.ts';
import { measureThroughput } from './throughput.ts';

/** What the rows of a table take, all together. */
interface TableSize {
  readonly name: string;
  readonly rows: number;
  readonly tableBytes: number;
  readonly indexBytes: number;
}

/** What the database wrote ahead, and what PostgreSQL and the worker computed, for one of many. */
interface Written {
  readonly count: number;
  readonly walBytes: number;
  readonly walRecords: number;
  /** Whole pages in it: the first change of each page after a checkpoint. */
  readonly walPages: number;
  readonly postgresMs: number;
  readonly workerMs: number;
}

export interface StorageMeasured {
  readonly people: number;
  readonly enrolment: Written;
  readonly deposit: Written;
  readonly tables: readonly TableSize[];
}

const clients = 8;
/** Each of them gets two years of payments, and rights. */
const payees = 150;

const itemSchema = z.object({ kind: z.string() });

/** Fills a database as people and senders do, and weighs it. */
export async function measureStorage(
  stage: Stage,
  web: Started,
  { people, seconds, say }: { people: number; seconds: number; say: (text: string) => void },
): Promise<StorageMeasured> {
  say('people enrol …');
  await measureThroughput(stage, web, 'carte', clients, seconds / 4);
  const enrolment = await written(
    stage,
    async () => (await measureThroughput(stage, web, 'carte', clients, seconds)).journeys,
  );
  say('caisses deposit …');
  const at = (name: string) => join(stage.folder, name);
  const { publicKey } = generateKeyPairSync('ed25519');
  writeFileSync(at('sender.json'), JSON.stringify(publicKey.export({ format: 'jwk' })));
  const scopes = ['--scopes', 'payments,rights,documents,messages'];
  stage.command('sender', 'add', 'caisse-631', '--name', 'CPAM', ...scopes, '--keys', at('sender.json'));
  const lines = Array.from({ length: payees }, () => `${JSON.stringify(stage.crowd.next().line)}\n`);
  writeFileSync(at('people.ndjson'), lines.join(''));
  const all = at('deposits.ndjson');
  stage.command('register', 'deposits', at('people.ndjson'), '--out', all, '--pdf-dir', stage.folder);
  const items = readFileSync(all, 'utf8').trimEnd().split('\n');
  const ofKind = (wanted: string) => {
    const chosen = items.filter((text) => itemSchema.parse(JSON.parse(text)).kind === wanted);
    const file = at(`${wanted}.ndjson`);
    writeFileSync(file, chosen.map((text) => `${text}\n`).join(''));
    return { file, count: chosen.length };
  };
  // Whom payments may be about comes first.
  stage.command('deposit', ofKind('rights').file, '--sender', 'caisse-631');
  const payments = ofKind('payment');
  const deposit = await written(stage, async () => {
    await stage.timed(['deposit', payments.file, '--sender', 'caisse-631'], null);
    return payments.count;
  });
  return { people, enrolment, deposit, tables: await tableSizes(stage.postgres) };
}

async function written(stage: Stage, work: () => Promise<number>): Promise<Written> {
  const look = () =>
    withClient(stage.postgres.url('postgres'), async (client) => {
      // A connection tells of what it wrote when it has been idle for a second.
      await wait(3_000);
      const { rows } = await client.query<{ bytes: number; records: number; pages: number; pid: number }>(
        `select wal_bytes::float8 as bytes, wal_records::float8 as records, wal_fpi::float8 as pages,
           split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::integer as pid from pg_stat_wal`,
      );
      const { bytes, records, pages, pid } = rows[0] ?? { bytes: 0, records: 0, pages: 0, pid: 0 };
      return { bytes, records, pages, postgres: familyCpuMs(pid), worker: cpuTime(stage.workerPid).total };
    });
  const before = await look();
  const count = await work();
  const after = await look();
  const each = (of: (one: typeof before) => number) => (of(after) - of(before)) / count;
  return {
    count,
    walBytes: each(({ bytes }) => bytes),
    walRecords: each(({ records }) => records),
    walPages: each(({ pages }) => pages),
    postgresMs: each(({ postgres }) => postgres),
    workerMs: each(({ worker }) => worker),
  };
}

/** Tables that have rows, those of partitions under the name of the whole. */
async function tableSizes(postgres: PrivatePostgres): Promise<readonly TableSize[]> {
  return withClient(postgres.url('postgres'), async (client) => {
    const { rows } = await client.query<Omit<TableSize, 'rows'>>(
      `select coalesce(inhparent::regclass::text, pg_class.oid::regclass::text) as name,
         sum(pg_table_size(pg_class.oid))::float8 as "tableBytes",
         sum(pg_indexes_size(pg_class.oid))::float8 as "indexBytes"
       from pg_class left join pg_inherits on inhrelid = pg_class.oid
       where relkind = 'r' and relnamespace = 'public'::regnamespace group by 1 order by 1`,
    );
    const sizes: TableSize[] = [];
    for (const size of rows) {
      const counted = await client.query<{ rows: number }>(
        `select count(*)::integer as rows from ${pg.escapeIdentifier(size.name)}`,
      );
      sizes.push({ ...size, rows: counted.rows[0]?.rows ?? 0 });
    }
    return sizes;
  });
}
