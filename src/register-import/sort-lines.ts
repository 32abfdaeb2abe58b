import type { FileRecord } from '#src/files/csv.ts';
import type { RegisterLine } from '#src/register/insured.ts';
import type { RowRules } from '#src/register/register-row.ts';
import { type RecordFormat, readRecord } from '#src/register-import/formats/read-record.ts';
import { type Heading, readHeading } from '#src/register-import/heading.ts';

/** A rejected line: its number in the file (from 1), field and code, without data of the line. */
export interface Reject {
  readonly line: number;
  /** `field: code`. */
  readonly reason: string;
  /** What else is wrong with it, each as `reason`. */
  readonly others?: readonly string[];
  /** The earlier line about the same person. */
  readonly earlier?: number;
}

export interface LineCounts {
  /** Lines that are not blank, the heading aside. */
  readonly read: number;
  readonly accepted: number;
  readonly rejected: number;
}

/** A line that names somebody and says nothing else of them. */
export interface OtherLine {
  readonly number: number;
  readonly kind: 'left' | 'died' | 'kept';
  readonly nir: string;
}

/** What some lines of a file are. */
export interface SortedLines {
  /** How many there are, blank ones and a heading included. */
  readonly lines: number;
  readonly people: readonly {
    readonly number: number;
    readonly text: string;
    readonly person: RegisterLine;
  }[];
  /** Of a delta, who left or died; and whose line is rejected (`kept`). */
  readonly others: readonly OtherLine[];
  readonly rejects: readonly Reject[];
  /** How many rejected lines do not tell whose they are. */
  readonly nameless: number;
  /** What the file says of itself; null where nothing does. `broken`: the first line means to, and cannot be read. */
  readonly heading: Heading | 'broken' | null;
  /**
   * The file was cut at its last line, which has no line end: in JSON it is rejected, in CSV any such line may have lost the
   * end of its last cell.
   */
  readonly cut: boolean;
  /** The line where the quotes of a CSV file go wrong: nothing says where the records after it begin. */
  readonly brokenQuotes: number | null;
}

export interface SortOptions {
  readonly format: RecordFormat;
  readonly first: boolean;
  readonly same?: ReadonlyMap<number, unknown>;
}

/**
 * Sorts lines into people and rejected lines. `first`: the first ones of the file, where a heading may stand. `same`: the
 * numbers of lines whose people are known, which are only counted.
 */
export async function sortLines(
  lines: AsyncIterable<FileRecord> | Iterable<FileRecord>,
  rules: RowRules,
  { format, first, same }: SortOptions,
): Promise<SortedLines> {
  const people: { number: number; text: string; person: RegisterLine }[] = [];
  const others: OtherLine[] = [];
  const rejects: Reject[] = [];
  let nameless = 0;
  let heading: SortedLines['heading'] = null;
  let count = 0;
  let sameBefore = 0;
  let cut = false;
  let brokenQuotes: number | null = null;

  function isHeading(text: string): boolean {
    if (!first || format.kind !== 'ndjson' || heading) return false;
    if (people.length + others.length + rejects.length + sameBefore > 0) return false;
    heading = readHeading(text);
    return heading !== null;
  }

  for await (const line of lines) {
    count += 1;
    const { number, ended } = line;
    if (same?.has(number)) {
      sameBefore += 1;
      continue;
    }
    if ('problem' in line) {
      cut = !ended && line.problem === 'unclosed-quote';
      if (line.problem === 'unclosed-quote') brokenQuotes ??= number;
      rejects.push({ line: number, reason: `line: ${line.problem}` });
      nameless += 1;
      continue;
    }
    const text = line.text.trim();
    if (text === '' || isHeading(text)) continue;
    const reading = readRecord(format, text, rules);
    cut = !ended && (format.kind === 'csv' || (!reading.ok && reading.reason === 'line: not_json'));
    if (!reading.ok) {
      if (reading.reason === 'line: quotes') brokenQuotes ??= number;
      const more = reading.others ? { others: reading.others } : {};
      rejects.push({ line: number, reason: reading.reason, ...more });
      if (reading.nir === null) nameless += 1;
      else others.push({ number, kind: 'kept', nir: reading.nir });
    } else if (reading.kind === 'row') people.push({ number, text, person: reading.line });
    else others.push({ number, kind: reading.kind, nir: reading.nir });
  }
  return { lines: count, people, others, rejects, nameless, heading, cut, brokenQuotes };
}

/** Names of unknown fields are as many as a file likes. */
const mostReasons = 1_000;

/** Counts the lines that were rejected for each reason. */
export function countReasons(reasons: Map<string, number>, rejects: readonly Reject[]): void {
  for (const { reason } of rejects)
    if (reasons.has(reason) || reasons.size < mostReasons)
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
}

/** The reason for which most lines were rejected: in a file whose columns were swapped, the name of one. */
export function commonest(reasons: ReadonlyMap<string, number>): string | null {
  return [...reasons].toSorted(([, one], [, other]) => other - one)[0]?.[0] ?? null;
}
