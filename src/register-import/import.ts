import { type Kysely, sql } from 'kysely';
import type { Keyring } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';
import type { FileRecord } from '#src/files/csv.ts';
import { type CardRules, usualCards } from '#src/proofs/card-serial.ts';
import type { RegisterLine } from '#src/register/insured.ts';
import { judgeBatch, writeBatch } from '#src/register/write-batch.ts';
import { type AsOf, instantAsOf } from '#src/register-import/as-of.ts';
import { type RightsEnded, rightsEnded } from '#src/register-import/end-rights.ts';
import type { RecordFormat } from '#src/register-import/formats/read-record.ts';
import { checkOrder, checkReplay, lockImports, recordImport } from '#src/register-import/record.ts';
import { type ImportRefusal, ImportRefused } from '#src/register-import/refusal.ts';
import {
  type LineCounts,
  type LineSorter,
  lineSorter,
  type Reject,
} from '#src/register-import/sort-lines.ts';
import { defaultMaxRejected, exactly, exceeds, type Share } from '#src/register-import/thresholds.ts';
import { parisDate } from '#src/time/paris.ts';

export interface ImportOptions {
  readonly now: Date;
  /** Identifies this import: a UUID, kept with every person it wrote. */
  readonly uuid: string;
  /** How the records are written; lines of JSON by default. */
  readonly format?: RecordFormat;
  /** The policy's rules on cards; by default those of all shipped policies. */
  readonly cards?: CardRules;
  /** Reports what would happen and writes nothing. */
  readonly dryRun?: boolean;
  /** If more lines are rejected, nothing is written; one in a hundred by default. */
  readonly maxRejected?: Share;
  /** The expected number of lines, and the allowed deviation. */
  readonly expected?: { readonly lines: number; readonly within: Share };
  /** The date of the file. Null: as its heading says, else as `writtenAt`, else now. */
  readonly asOf?: AsOf | null;
  readonly writtenAt?: Date | null;
  /** Checksum of the file, available once it was read to its end. Null: fictitious people, whose import is not recorded. */
  readonly sha256: (() => Buffer) | null;
  /** Loads a file although a newer one was loaded. */
  readonly acceptOlder?: boolean;
  readonly onProgress?: (linesRead: number) => void;
  readonly onReject?: (reject: Reject) => void;
}

export interface ImportSummary extends LineCounts {
  readonly batch: string;
  readonly dryRun: boolean;
  readonly asOf: AsOf | null;
  /** What the file is to the register: all of this happened, or would for a dry run. `absent`: not in the file. */
  readonly people: Readonly<Record<'added' | 'updated' | 'unchanged' | 'absent', number>>;
  /** Accounts and dossiers closed because their holder died, and given back. */
  readonly accounts: { readonly closed: number; readonly reopened: number };
  /** When the same file was loaded before, if it was the last one loaded. */
  readonly loadedBefore: Date | null;
}

export type ImportOutcome =
  | { readonly kind: 'done'; readonly summary: ImportSummary }
  /** Nothing was written. */
  | { readonly kind: 'refused'; readonly refusal: ImportRefusal; readonly counts: LineCounts };

const batchSize = 500;

/**
 * Loads a register file, line by line. Invalid lines are rejected, up to `maxRejected`; the others are all written, or
 * none if the file is refused or an error occurs: one transaction, one import at a time. People who did not change are
 * not written again. People who are not in the file stay (`absent`).
 *
 * Accounts change only if the register reports a death, or withdraws one (`rightsEnded`).
 */
export async function importRegister(
  db: Kysely<Database>,
  keyring: Keyring,
  lines: AsyncIterable<FileRecord> | Iterable<FileRecord>,
  options: ImportOptions,
): Promise<ImportOutcome> {
  const funds = await db.selectFrom('caisse').select('code').execute();
  const sorter = lineSorter(
    {
      today: parisDate(options.now),
      caisses: new Set(funds.map(({ code }) => code)),
      cards: options.cards ?? usualCards,
    },
    options.format ?? { kind: 'ndjson' },
    options.onReject ?? (() => {}),
  );
  try {
    const summary = await db.transaction().execute(async (trx) => {
      if (options.dryRun) await sql`set transaction read only`.execute(trx);
      else await lockImports(trx);
      await sql`set local statement_timeout = 0`.execute(trx);
      await sql`set local idle_in_transaction_session_timeout = 0`.execute(trx);
      return load(trx, keyring, lines, sorter, options);
    });
    return { kind: 'done', summary };
  } catch (error) {
    if (!(error instanceof ImportRefused)) throw error;
    return { kind: 'refused', refusal: error.refusal, counts: sorter.counts() };
  }
}

async function load(
  trx: Kysely<Database>,
  keyring: Keyring,
  lines: AsyncIterable<FileRecord> | Iterable<FileRecord>,
  sorter: LineSorter,
  options: ImportOptions,
): Promise<ImportSummary> {
  const { now, uuid, dryRun = false, acceptOlder = false } = options;
  const before = await countInsured(trx);
  const people = { added: 0, updated: 0, unchanged: 0 };
  const ended = rightsEnded();
  let asOf: AsOf | null = null;
  for await (const batch of batches(lines, sorter, options)) {
    // The heading, if any, was read with the first batch.
    asOf ??= await checkedDate(trx, sorter, options);
    const rows = await judgeBatch(trx, keyring, batch);
    for (const { change } of rows) people[change] += 1;
    if (!dryRun) await writeBatch(trx, keyring, rows, { id: uuid, now });
    await ended.note(trx, rows);
  }
  checkWhole(sorter, options);
  asOf ??= await checkedDate(trx, sorter, options);
  const sha256 = options.sha256?.() ?? null;
  const loadedBefore = sha256 && (await checkReplay(trx, sha256, acceptOlder));
  const summary: ImportSummary = {
    ...sorter.counts(),
    batch: uuid,
    dryRun,
    asOf,
    people: { ...people, absent: before - people.updated - people.unchanged },
    accounts: ended.counts(),
    loadedBefore,
  };
  if (!dryRun) await finish(trx, summary, ended, { now, uuid, asOf, sha256 });
  return summary;
}

async function finish(
  trx: Kysely<Database>,
  { read, accepted, rejected, people, accounts }: ImportSummary,
  ended: RightsEnded,
  {
    now,
    uuid,
    asOf,
    sha256,
  }: Pick<ImportOptions, 'now' | 'uuid'> & {
    readonly asOf: AsOf;
    readonly sha256: Buffer | null;
  },
): Promise<void> {
  await ended.apply(trx, now);
  const counts = { read, accepted, rejected, ...people, ...accounts };
  if (sha256) await recordImport(trx, { id: uuid, now, asOf, sha256, counts });
}

/** The date of the file, once the order of imports was checked. */
async function checkedDate(trx: Kysely<Database>, sorter: LineSorter, options: ImportOptions): Promise<AsOf> {
  const { now, asOf, writtenAt, sha256, acceptOlder = false } = options;
  if (sorter.brokenHeading) throw new ImportRefused({ reason: 'heading' });
  const fileAsOf = asOf ?? sorter.heading?.asOf ?? instantAsOf(writtenAt ?? now);
  if (sha256) await checkOrder(trx, fileAsOf, now, acceptOlder);
  return fileAsOf;
}

/** Refuses a file that has no people, is incomplete, or has too many rejected lines. */
function checkWhole(sorter: LineSorter, { maxRejected = defaultMaxRejected, expected }: ImportOptions): void {
  const { read, accepted, rejected } = sorter.counts();
  if (sorter.brokenHeading) throw new ImportRefused({ reason: 'heading' });
  if (read === 0) throw new ImportRefused({ reason: 'empty' });
  if (sorter.brokenQuotes !== null)
    throw new ImportRefused({ reason: 'quotes', line: sorter.brokenQuotes, cut: sorter.cut });
  if (sorter.cut) throw new ImportRefused({ reason: 'cut-short' });
  const announced = sorter.heading?.persons ?? null;
  for (const { lines, within } of [
    ...(announced === null ? [] : [{ lines: announced, within: exactly }]),
    ...(expected ? [expected] : []),
  ])
    if (exceeds(within, Math.abs(read - lines), lines))
      throw new ImportRefused({ reason: 'unexpected-count', expected: lines, within });
  if (accepted === 0) throw new ImportRefused({ reason: 'nothing-usable', commonest: sorter.commonest() });
  if (exceeds(maxRejected, rejected, read))
    throw new ImportRefused({
      reason: 'too-many-rejected',
      most: maxRejected,
      commonest: sorter.commonest(),
    });
}

async function countInsured(db: Kysely<Database>): Promise<number> {
  const { count } = await db
    .selectFrom('insured')
    .select((eb) => eb.fn.countAll().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** The people of the valid lines, 500 at a time. */
async function* batches(
  lines: AsyncIterable<FileRecord> | Iterable<FileRecord>,
  sorter: LineSorter,
  { onProgress }: ImportOptions,
): AsyncGenerator<RegisterLine[]> {
  let batch: RegisterLine[] = [];
  let number = 0;
  for await (const line of lines) {
    number = line.number;
    const person = sorter.sort(line);
    if (sorter.brokenHeading) return;
    if (person) batch.push(person);
    if (number % batchSize === 0) onProgress?.(number);
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
  onProgress?.(number);
}
