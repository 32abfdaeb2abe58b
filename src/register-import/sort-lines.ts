import type { FileLine } from '#src/files/lines.ts';
import type { RegisterLine } from '#src/register/insured.ts';
import { readLine } from '#src/register/line-check.ts';
import type { RowRules } from '#src/register/register-row.ts';
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
  sort(line: FileLine): RegisterLine | null;
  readonly heading: Heading | null;
  /** The first line means to be a heading and is none that can be read. */
  readonly brokenHeading: boolean;
  /** The last line was rejected, has no line end and is not JSON: the file was cut there. */
  readonly cut: boolean;
  counts(): LineCounts;
}

/**
 * Sorts the lines of one file, in order, into people and rejected lines. Of several lines about one person the first is
 * used and the others are rejected, since there is no way to tell which is right.
 */
export function lineSorter(
  { today, caisses, cards }: RowRules,
  onReject: (reject: Reject) => void,
): LineSorter {
  const seen = seenNirs();
  let heading: Heading | null = null;
  let brokenHeading = false;
  let cut = false;
  let accepted = 0;
  let rejected = 0;

  function reject(line: number, reason: string, more: Pick<Reject, 'earlier'> = {}): null {
    rejected += 1;
    onReject({ line, reason, ...more });
    return null;
  }

  function isHeading(text: string): boolean {
    if (accepted + rejected > 0 || heading || brokenHeading) return false;
    const read = readHeading(text);
    if (read === 'broken') brokenHeading = true;
    else heading = read;
    return read !== null;
  }

  return {
    sort(line) {
      if ('problem' in line) return reject(line.number, `line: ${line.problem}`);
      const { number, ended } = line;
      const text = line.text.trim();
      if (text === '' || isHeading(text)) return null;
      const reading = readLine(text, today, caisses, cards);
      if (!reading.ok) {
        cut = !ended && reading.reason === 'line: not_json';
        return reject(number, reading.reason);
      }
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
    counts: () => ({ read: accepted + rejected, accepted, rejected }),
  };
}
