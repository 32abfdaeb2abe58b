import type { Kysely } from 'kysely';
import type { Keyring } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';
import type { FileRecord } from '#src/files/csv.ts';
import type { Encoding } from '#src/files/encoding.ts';
import { UnusableFile } from '#src/files/open-file.ts';
import { type CardRules, usualCards } from '#src/proofs/card-serial.ts';
import { mergeLeft, mergeStaged } from '#src/register/merge-staged.ts';
import { type AsOf, instantAsOf } from '#src/register-import/as-of.ts';
import { endRights, moveAccounts, type RightsEnded, rightsEnded } from '#src/register-import/end-rights.ts';
import type { RecordFormat } from '#src/register-import/formats/read-record.ts';
import { checkGuards, type Guards } from '#src/register-import/guards.ts';
import type { Heading } from '#src/register-import/heading.ts';
import type { FileKind } from '#src/register-import/order.ts';
import {
  checkOrder,
  checkReplay,
  countConcerned,
  noteConcerned,
  type Origin,
  recordImport,
  recordRefusal,
} from '#src/register-import/record.ts';
import { type ImportRefusal, ImportRefused } from '#src/register-import/refusal.ts';
import {
  commonest,
  countReasons,
  type LineCounts,
  type Reject,
  type SortedLines,
} from '#src/register-import/sort-lines.ts';
import { fillDied, keepOneOfSetAside, noteMoved } from '#src/register-import/staging/moved.ts';
import { type FilePart, partsOfBytes, partsOfLines } from '#src/register-import/staging/part.ts';
import { stageFile } from '#src/register-import/staging/stage-file.ts';
import type { Bulk } from '#src/register-import/staging/stager.ts';
import {
  emptyStaging,
  type Judged,
  judgeStaged,
  takeOutRepeated,
} from '#src/register-import/staging/staging-tables.ts';
import { inTurn, requireTurn } from '#src/register-import/staging/turn.ts';
import { defaultMaxRejected, exactly, exceeds, type Share } from '#src/register-import/thresholds.ts';
import { endOfDayAfter, parisDate } from '#src/time/paris.ts';

/** The records of a file; or the bytes of its lines, which threads can read faster. */
export type RegisterSource =
  | AsyncIterable<FileRecord>
  | Iterable<FileRecord>
  | { readonly bytes: AsyncIterable<Buffer>; readonly encoding: Encoding };

export interface ImportOptions extends Guards {
  readonly now: Date;
  /** Identifies this import: a UUID, kept with every person it wrote. */
  readonly uuid: string;
  /** What the command says of the file; null: as its heading says, else full. */
  readonly said?: { readonly kind: 'full' | 'delta'; readonly since: AsOf | null } | null;
  /** For how many days the accounts of those who leave stay open (`departure.keepAccountDays`). */
  readonly keepAccountDays?: number;
  /** People who are not in the file leave the register, although lines that are set aside do not say whose they are. */
  readonly acceptNameless?: boolean;
  readonly origin?: Origin;
  /** How the records are written; lines of JSON by default. */
  readonly format?: RecordFormat;
  /** With what a large file is read; by default in this thread, and with the same connection. */
  readonly bulk?: Bulk | null;
  /** The policy's rules on cards; by default those of all shipped policies. */
  readonly cards?: CardRules;
  /** Reports what would happen, and leaves the register as it is. */
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
  /** What its manifest says that the checksum is, in hexadecimal. */
  readonly expectedSha256?: string | null;
  /** Loads a file although a newer one was loaded. */
  readonly acceptOlder?: boolean;
  /** `before`: of these, how many lines an earlier run had staged. */
  readonly onProgress?: (linesRead: number, before: number) => void;
  readonly onReject?: (reject: Reject) => void;
  /** All rejected lines were reported; what it throws leaves the register as it is. */
  readonly onRead?: () => void;
}

export interface ImportSummary extends LineCounts {
  readonly batch: string;
  readonly dryRun: boolean;
  readonly asOf: AsOf | null;
  /** What the file is to the register: all of this happened, or would for a dry run. `absent`: not in the file. */
  readonly people: Judged;
  readonly kind: 'full' | 'delta';
  /** Lines that are set aside and do not say whose they are: while there are any, nobody leaves by a full file. */
  readonly nameless: number;
  /** Accounts and dossiers closed because their holder died, and given back. */
  readonly accounts: { readonly closed: number; readonly reopened: number };
  /** How many accounts are concerned: of people who left, came back, died, or live after all. */
  readonly concerned: number;
  /** When the same file was loaded before, if it was the last one loaded. */
  readonly loadedBefore: Date | null;
}

export type ImportOutcome =
  | { readonly kind: 'done'; readonly summary: ImportSummary }
  /** The register is as it was. */
  | { readonly kind: 'refused'; readonly refusal: ImportRefusal; readonly counts: LineCounts };

/**
 * Loads a register file. It is staged beside the register, compared with it as a whole, checked, and merged in one
 * transaction: readers see the old register or the new one. One import at a time. Invalid lines are
 * rejected, up to `maxRejected`. People who did not change are not written again. People whom a full file does not name
 * leave the register: they cannot enrol, and their account stays open for the days of the policy. Nobody leaves while a line
 * that is set aside does not say whose it is, since it might be theirs.
 *
 * What is staged when a file is refused, or its import killed, serves the next run of the same file.
 *
 * An account is closed only if the register reports a death, and reopened if it withdraws one (`rightsEnded`). Every import is
 * recorded, refused ones too.
 */
export async function importRegister(
  db: Kysely<Database>,
  keyring: Keyring,
  source: RegisterSource,
  options: ImportOptions,
): Promise<ImportOutcome> {
  const tally = newTally();
  try {
    const summary = await inTurn(db, { id: options.uuid, now: options.now }, async (session) => {
      await stage(session, keyring, source, options, tally);
      options.onRead?.();
      return load(session, keyring, options, tally);
    });
    return { kind: 'done', summary };
  } catch (error) {
    if (error instanceof UnusableFile) await recordRefused(db, 'unreadable', options, tally);
    if (!(error instanceof ImportRefused)) throw error;
    const { refusal } = error;
    await recordRefused(db, refusal.reason, options, tally);
    return { kind: 'refused', refusal, counts: countsOf(tally) };
  }
}

/** Notes a file that was refused, but for a dry run. */
async function recordRefused(
  db: Kysely<Database>,
  reason: string,
  { now, uuid: id, origin = nobodySaid, sha256, dryRun = false }: ImportOptions,
  tally: Tally,
): Promise<void> {
  if (dryRun || !sha256) return;
  const { file, dated: asOf, isRead } = tally;
  const read = { sha256: isRead ? sha256() : null, counts: { ...countsOf(tally) } };
  await recordRefusal(db, { id, now, origin, file: file ?? full, asOf, reason, ...read });
}

const full: FileKind = { kind: 'full' };
const nobodySaid: Origin = { by: '-', fileName: null };
const usualKeepAccountDays = 90;

/** What is known of the file so far. */
interface Tally {
  accepted: number;
  rejected: number;
  heading: SortedLines['heading'];
  asOf: AsOf | null;
  /** Its date, also where that refuses it. */
  dated: AsOf | null;
  file: FileKind | null;
  /** To its end. */
  isRead: boolean;
  /** Lines that are set aside and do not say whose they are. */
  nameless: number;
  /** The first line that says that somebody left or died. */
  firstChange: number | null;
  cut: boolean;
  brokenQuotes: number | null;
  /** How many lines were rejected for each reason. */
  readonly reasons: Map<string, number>;
  /** Lines about a person of an earlier line. */
  repeated: readonly number[];
}

function newTally(): Tally {
  return {
    accepted: 0,
    rejected: 0,
    heading: null,
    asOf: null,
    dated: null,
    file: null,
    isRead: false,
    nameless: 0,
    firstChange: null,
    cut: false,
    brokenQuotes: null,
    reasons: new Map(),
    repeated: [],
  };
}

function countsOf({ accepted, rejected }: Tally): LineCounts {
  return { read: accepted + rejected, accepted, rejected };
}

async function stage(
  session: Kysely<Database>,
  keyring: Keyring,
  source: RegisterSource,
  options: ImportOptions,
  tally: Tally,
): Promise<void> {
  const { now, uuid: id, cards = usualCards, bulk = null, onReject, onProgress } = options;
  const format = options.format ?? { kind: 'ndjson' };
  const funds = await session.selectFrom('caisse').select('code').execute();
  const rules = { today: parisDate(now), caisses: new Set(funds.map(({ code }) => code)), cards };
  const parts: AsyncIterable<FilePart> =
    'bytes' in source ? partsOfBytes(source.bytes, source.encoding) : partsOfLines(source);
  let lines = 0;
  let before = 0;
  for await (const report of stageFile(session, parts, { id, keyring, rules, format, bulk })) {
    tally.accepted += report.accepted;
    tally.rejected += report.rejects.length;
    tally.heading ??= report.heading;
    tally.cut = report.cut;
    tally.nameless += report.nameless;
    tally.firstChange ??= report.firstChange;
    tally.brokenQuotes ??= report.brokenQuotes;
    countReasons(tally.reasons, report.rejects);
    for (const reject of report.rejects) onReject?.(reject);
    tally.asOf ??= await checkedDate(session, tally, options);
    lines += report.lines;
    if (report.before) before += report.lines;
    onProgress?.(lines, before);
  }
  tally.isRead = true;
  const repeated = await takeOutRepeated(session);
  await keepOneOfSetAside(session);
  tally.repeated = repeated.map(({ line }) => line);
  tally.accepted -= repeated.length;
  tally.rejected += repeated.length;
  countReasons(tally.reasons, repeated);
  for (const reject of repeated) onReject?.(reject);
}

async function load(
  session: Kysely<Database>,
  keyring: Keyring,
  options: ImportOptions,
  tally: Tally,
): Promise<ImportSummary> {
  const { now, uuid, dryRun = false, acceptOlder = false, acceptNameless = false } = options;
  const { origin = nobodySaid, keepAccountDays = usualKeepAccountDays } = options;
  checkWhole(tally, options);
  const asOf = tally.asOf ?? (await checkedDate(session, tally, options));
  const file = tally.file ?? full;
  if (file.kind === 'full' && tally.firstChange !== null)
    throw new ImportRefused({ reason: 'change-in-full', line: tally.firstChange });
  const sha256 = options.sha256?.() ?? null;
  const { expectedSha256 = null } = options;
  if (expectedSha256 !== null && sha256?.toString('hex') !== expectedSha256)
    throw new ImportRefused({ reason: 'checksum' });
  const loadedBefore = sha256 && (await checkReplay(session, sha256, acceptOlder));
  if (file.kind === 'delta') await fillDied(session, keyring);
  await noteMoved(session, file, { holds: tally.nameless > 0 && !acceptNameless });
  const people = await judgeStaged(session, file);
  await checkGuards(session, tally, people, file, options);
  const { nameless } = tally;
  const { kind } = file;
  const summary = { ...countsOf(tally), batch: uuid, dryRun, kind, asOf, nameless, people, loadedBefore };
  if (dryRun) {
    const ended = await rightsEnded(session);
    return { ...summary, accounts: accountsOf(ended), concerned: await countConcerned(session, ended) };
  }
  const done = await session.transaction().execute(async (trx) => {
    await requireTurn(trx, uuid);
    await mergeStaged(trx, { ...people, proofVersion: keyring.current, batch: uuid, now });
    await mergeLeft(trx, asOf.from);
    const ended = await rightsEnded(trx);
    await moveAccounts(trx, { since: asOf.from, until: endOfDayAfter(now, keepAccountDays) }, now);
    await endRights(trx, ended, now);
    const concerned = await countConcerned(trx, ended);
    await noteConcerned(trx, uuid, ended);
    const counts = { ...countsOf(tally), ...people, ...accountsOf(ended), concerned };
    if (sha256) await recordImport(trx, { id: uuid, now, origin, file, asOf, sha256, counts });
    return { accounts: accountsOf(ended), concerned };
  });
  await emptyStaging(session);
  return { ...summary, ...done };
}

function accountsOf({ closed, reopened }: RightsEnded): ImportSummary['accounts'] {
  return { closed: closed.length, reopened: reopened.length };
}

/** The date of the file, once the order of imports was checked. */
async function checkedDate(db: Kysely<Database>, tally: Tally, options: ImportOptions): Promise<AsOf> {
  const { now, asOf, writtenAt, sha256, acceptOlder = false } = options;
  if (tally.heading === 'broken') throw new ImportRefused({ reason: 'heading' });
  const fileAsOf = asOf ?? tally.heading?.asOf ?? instantAsOf(writtenAt ?? now);
  tally.dated = fileAsOf;
  tally.file = kindOf(options.said ?? null, tally.heading);
  if (sha256) await checkOrder(db, tally.file, fileAsOf, now, acceptOlder);
  return fileAsOf;
}

/** What the command says of the file holds before what its heading says. */
function kindOf(said: ImportOptions['said'], heading: Heading | null): FileKind {
  const kind = said?.kind ?? heading?.kind ?? 'full';
  if (kind === 'full') return full;
  const since = said?.since ?? heading?.since ?? null;
  if (!since) throw new ImportRefused({ reason: 'delta-since' });
  return { kind, since };
}

/** Refuses a file that has no people, is incomplete, or has too many rejected lines. */
function checkWhole(tally: Tally, { maxRejected = defaultMaxRejected, expected }: ImportOptions): void {
  const { read, accepted, rejected } = countsOf(tally);
  if (tally.heading === 'broken') throw new ImportRefused({ reason: 'heading' });
  if (read === 0) throw new ImportRefused({ reason: 'empty' });
  if (tally.brokenQuotes !== null)
    throw new ImportRefused({ reason: 'quotes', line: tally.brokenQuotes, cut: tally.cut });
  if (tally.cut) throw new ImportRefused({ reason: 'cut-short' });
  const announced = tally.heading?.persons ?? null;
  for (const { lines, within } of [
    ...(announced === null ? [] : [{ lines: announced, within: exactly }]),
    ...(expected ? [expected] : []),
  ])
    if (exceeds(within, Math.abs(read - lines), lines))
      throw new ImportRefused({ reason: 'unexpected-count', expected: lines, within });
  if (accepted === 0)
    throw new ImportRefused({ reason: 'nothing-usable', commonest: commonest(tally.reasons) });
  if (exceeds(maxRejected, rejected, read))
    throw new ImportRefused({
      reason: 'too-many-rejected',
      most: maxRejected,
      commonest: commonest(tally.reasons),
    });
}
