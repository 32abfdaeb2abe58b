import type { FileRecord } from '#src/files/csv.ts';
import type { RegisterLine } from '#src/register/insured.ts';
import type { RowRules } from '#src/register/register-row.ts';
import { type RecordFormat, readRecord } from '#src/register-import/formats/read-record.ts';
import { type Heading, readHeading } from '#src/register-import/heading.ts';
import { seenNirs } from '#src/register-import/seen-nirs.ts';

/** A rejected line: its number in the file (from 1), field and code, without data of the line. */
export interface Reject {
  readonly line: number;
  /** `field: code`. */
  readonly reason: string;
  /** The earlier line about the same person. */
  readonly earlier?: number;
}

export interface LineCounts {
  /** Lines that are not blank, the heading aside. */
  readonly read: number;
  readonly accepted: number;
  readonly rejected: number;
}

export interface LineSorter {
  /** The person of a line; null when it is blank, the heading, or rejected. */
  sort(line: FileRecord): RegisterLine | null;
  readonly heading: Heading | null;
  /** The first line means to be a heading and is none that can be read. */
  readonly brokenHeading: boolean;
  /**
   * The file was cut at its last line, which has no line end: in JSON it is rejected, in CSV any such line may have lost the
   * end of its last cell.
   */
  readonly cut: boolean;
  /** The line where the quotes of a CSV file go wrong: nothing says where the records after it begin. */
  readonly brokenQuotes: number | null;
  counts(): LineCounts;
  /** The reason for which most lines were rejected: in a file whose columns were swapped, the name of one. */
  commonest(): string | null;
}

/** Names of unknown fields are as many as a file likes. */
const mostReasons = 1_000;

/**
 * Sorts the lines of one file, in order, into people and rejected lines. Of several lines about one person the first is
 * used and the others are rejected, since there is no way to tell which is right.
 */
export function lineSorter(
  rules: RowRules,
  format: RecordFormat,
  onReject: (reject: Reject) => void,
): LineSorter {
  const seen = seenNirs();
  let heading: Heading | null = null;
  let brokenHeading = false;
  let cut = false;
  let brokenQuotes: number | null = null;
  let accepted = 0;
  let rejected = 0;
  const reasons = new Map<string, number>();

  function reject(line: number, reason: string, more: Pick<Reject, 'earlier'> = {}): null {
    rejected += 1;
    if (reasons.has(reason) || reasons.size < mostReasons)
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    onReject({ line, reason, ...more });
    return null;
  }

  function isHeading(text: string): boolean {
    if (format.kind !== 'ndjson' || accepted + rejected > 0 || heading || brokenHeading) return false;
    const read = readHeading(text);
    if (read === 'broken') brokenHeading = true;
    else heading = read;
    return read !== null;
  }

  return {
    sort(line) {
      const { number, ended } = line;
      if ('problem' in line) {
        cut = !ended && line.problem === 'unclosed-quote';
        if (line.problem === 'unclosed-quote') brokenQuotes ??= number;
        return reject(number, `line: ${line.problem}`);
      }
      const text = line.text.trim();
      if (text === '' || isHeading(text)) return null;
      const reading = readRecord(format, text, rules);
      cut = !ended && (format.kind === 'csv' || (!reading.ok && reading.reason === 'line: not_json'));
      if (!reading.ok) {
        if (reading.reason === 'line: quotes') brokenQuotes ??= number;
        return reject(number, reading.reason);
      }
      if (reading.kind !== 'row') return reject(number, 'change: not-a-delta');
      const earlier = seen.add(reading.line.nir, number);
      if (earlier !== null) return reject(number, 'nir: duplicate', { earlier });
      accepted += 1;
      return reading.line;
    },
    get heading() {
      return heading;
    },
    get brokenHeading() {
      return brokenHeading;
    },
    get cut() {
      return cut;
    },
    get brokenQuotes() {
      return brokenQuotes;
    },
    counts: () => ({ read: accepted + rejected, accepted, rejected }),
    commonest: () => [...reasons].toSorted(([, one], [, other]) => other - one)[0]?.[0] ?? null,
  };
}
