import { type Kysely, sql } from 'kysely';
import type { Keyring } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';
import { parisDate } from '#src/paris.ts';
import { writeBatch } from '#src/register/batch-write.ts';
import type { RegisterLine } from '#src/register/insured.ts';
import { readLine } from '#src/register/line-check.ts';
import { seenNirs } from '#src/register/seen-nirs.ts';

export interface ImportOptions {
  readonly now: Date;
  /** Identifies this import: a UUID, kept with every person it wrote. */
  readonly uuid: string;
  /** Checks every line and writes nothing. */
  readonly dryRun?: boolean;
  readonly onProgress?: (linesRead: number) => void;
}

export interface ImportSummary {
  readonly batch: string;
  readonly dryRun: boolean;
  /** Lines that are not blank. */
  readonly read: number;
  readonly accepted: number;
  readonly rejectedCount: number;
  /** The first 1,000: number in the file (from 1), field and code; nothing of what the line holds. */
  readonly rejected: readonly { readonly line: number; readonly reason: string }[];
  /** What the register gained and what it already had; null for a dry run. */
  readonly written: { readonly added: number; readonly updated: number; readonly absent: number } | null;
}

const batchSize = 500;
const rejectedKept = 1000;

/**
 * Loads a register file, line by line (NDJSON, UTF-8). Bad lines are set aside; the others are all written, or
 * none when anything breaks on the way: one transaction. Loading the same file again changes nothing. Persons
 * who are not in the file stay (`absent`), and accounts are never touched.
 */
export async function importRegister(
  db: Kysely<Database>,
  keyring: Keyring,
  lines: AsyncIterable<string> | Iterable<string>,
  options: ImportOptions,
): Promise<ImportSummary> {
  const funds = await db.selectFrom('caisse').select('code').execute();
  const sorter = lineSorter(options, new Set(funds.map(({ code }) => code)));
  if (options.dryRun) {
    for await (const _ of batches(lines, sorter, options));
    return sorter.summary(null);
  }
  return db.transaction().execute(async (trx) => {
    await sql`set local statement_timeout = 0`.execute(trx);
    await sql`set local idle_in_transaction_session_timeout = 0`.execute(trx);
    const before = await countInsured(trx);
    for await (const batch of batches(lines, sorter, options)) {
      await writeBatch(trx, keyring, batch, { id: options.uuid, at: options.now });
    }
    const added = (await countInsured(trx)) - before;
    const updated = sorter.summary(null).accepted - added;
    return sorter.summary({ added, updated, absent: before - updated });
  });
}

async function countInsured(db: Kysely<Database>): Promise<number> {
  const { count } = await db
    .selectFrom('insured')
    .select((eb) => eb.fn.countAll().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** The good lines, 500 at a time. */
async function* batches(
  lines: AsyncIterable<string> | Iterable<string>,
  sorter: ReturnType<typeof lineSorter>,
  { onProgress }: ImportOptions,
): AsyncGenerator<RegisterLine[]> {
  let batch: RegisterLine[] = [];
  let number = 0;
  for await (const text of lines) {
    number += 1;
    const line = sorter.accept(text, number);
    if (line) batch.push(line);
    if (number % batchSize === 0) onProgress?.(number);
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
  onProgress?.(number);
}

/** Sorts lines into accepted and rejected, and counts. */
function lineSorter({ now, uuid, dryRun = false }: ImportOptions, caisses: ReadonlySet<string>) {
  const today = parisDate(now);
  const rejected: { line: number; reason: string }[] = [];
  const seen = seenNirs();
  let accepted = 0;
  let rejectedCount = 0;

  function reject(line: number, reason: string): null {
    rejectedCount += 1;
    if (rejected.length < rejectedKept) rejected.push({ line, reason });
    return null;
  }

  return {
    /** The person of line `number`, or null when it is blank or set aside. */
    accept(text: string, number: number): RegisterLine | null {
      const bare = text.replace(/^\uFEFF/, '').trim();
      if (bare === '') return null;
      const reading = readLine(bare, today, caisses);
      if (!reading.ok) return reject(number, reading.reason);
      if (!seen.add(reading.line.nir)) return reject(number, 'nir: duplicate');
      accepted += 1;
      return reading.line;
    },
    summary: (written: ImportSummary['written']): ImportSummary => ({
      batch: uuid,
      dryRun,
      read: accepted + rejectedCount,
      accepted,
      rejectedCount,
      rejected,
      written,
    }),
  };
}
