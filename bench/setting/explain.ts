import pg from 'pg';
import { z } from 'zod';
import type { PrivatePostgres } from './postgres.ts';

/** How PostgreSQL answers a statement: what it reads, and how. */
export interface Plan {
  readonly planningMs: number;
  readonly executionMs: number;
  /** Partitions that were read, by the kind of their scan. */
  readonly scans: ReadonlyMap<string, number>;
  /** Rows that the index could not answer alone. */
  readonly heapFetches: number;
  /** Of 8 kB. */
  readonly blocks: number;
}

const node = z.looseObject({ 'Node Type': z.string(), 'Heap Fetches': z.number().optional() });
const planned = z.array(
  z.object({
    Plan: z.looseObject({ 'Shared Hit Blocks': z.number(), 'Shared Read Blocks': z.number() }),
    'Planning Time': z.number(),
    'Execution Time': z.number(),
  }),
);

/** Of the statement whose text is like this, for 27 months of the person who opened an account first. */
export async function explained(postgres: PrivatePostgres, like: string): Promise<Plan> {
  const client = new pg.Client({ connectionString: postgres.url('postgres') });
  await client.connect();
  try {
    const text = await postgres.textOf(like);
    const key = await client.query<{ person_key: Buffer }>(
      'select person_key from account order by created_at limit 1',
    );
    const values = [[key.rows[0]?.person_key], daysAgo(820), daysAgo(0)];
    const explain = () =>
      client.query<{ 'QUERY PLAN': unknown }>(`explain (analyze, buffers, format json) ${text}`, values);
    await explain();
    const { rows } = await explain();
    const [read] = planned.parse(rows[0]?.['QUERY PLAN']);
    if (!read) throw new Error('PostgreSQL explained nothing');
    const scans = new Map<string, number>();
    let heapFetches = 0;
    for (const one of scansOf(read.Plan)) {
      scans.set(one['Node Type'], (scans.get(one['Node Type']) ?? 0) + 1);
      heapFetches += one['Heap Fetches'] ?? 0;
    }
    const blocks = read.Plan['Shared Hit Blocks'] + read.Plan['Shared Read Blocks'];
    return {
      planningMs: read['Planning Time'],
      executionMs: read['Execution Time'],
      scans,
      heapFetches,
      blocks,
    };
  } finally {
    await client.end();
  }
}

function scansOf(plan: unknown): z.infer<typeof node>[] {
  const read = node.parse(plan);
  const below = z
    .array(z.unknown())
    .parse(read.Plans ?? [])
    .flatMap(scansOf);
  return /Scan/.test(read['Node Type']) ? [read, ...below] : below;
}

function daysAgo(days: number): string {
  return Temporal.Now.plainDateISO('Europe/Paris').subtract({ days }).toString();
}
