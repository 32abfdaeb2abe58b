import { z } from 'zod';
import { UnusableFile } from '#src/files/open-file.ts';
import { withoutPiledMarks } from '#src/texts/clean.ts';
import { parseJson } from '#src/texts/json.ts';
import { instantInParis } from '#src/time/paris.ts';

/** What the printer reports about one letter. `line`: of the file, or for JSON the place in the list, from 1. */
export interface AnswerRow {
  readonly line: number;
  readonly id: string;
  readonly state: 'printed' | 'posted' | 'returned';
  /** When the letter came into that state, as the printer dates it. */
  readonly reachedAt: Date;
}

/** A rejected row; its reason never contains data from the file. */
export interface RejectedRow {
  readonly line: number;
  readonly reason:
    | 'unreadable'
    | 'unknown-state'
    | 'unknown-date'
    | 'date-in-the-future'
    | 'unknown-letter'
    | 'date-before-the-batch';
}

export interface PrinterAnswer {
  readonly rows: readonly AnswerRow[];
  readonly rejected: readonly RejectedRow[];
}

/** States as printers write them, without accents, in lower case: «imprimée», «postée», «revenue (NPAI)». */
const states: ReadonlyMap<string, AnswerRow['state']> = new Map([
  ['imprimee', 'printed'],
  ['printed', 'printed'],
  ['postee', 'posted'],
  ['posted', 'posted'],
  ['revenue', 'returned'],
  ['npai', 'returned'],
  ['revenue (npai)', 'returned'],
  ['returned', 'returned'],
]);

const row = z.object({ id: z.uuid().toLowerCase(), state: z.string(), date: z.string() });
const list = z.union([z.array(z.unknown()), z.object({ letters: z.array(z.unknown()) })]);

/**
 * Reads the printer's answer: JSON (a list, or an object with the list `letters`, of `{id, state, date}`), or lines
 * `id;state;date` with or without a heading. A date is `yyyy-mm-dd`, `dd/mm/yyyy` or an instant. Throws
 * `UnusableFile` for JSON of any other form.
 */
export function readPrinterAnswer(text: string, now: Date): PrinterAnswer {
  const raw = /^\s*[[{]/.test(text) ? jsonRows(text) : csvRows(text);
  const rows: AnswerRow[] = [];
  const rejected: RejectedRow[] = [];
  for (const { line, value } of raw) {
    const judged = judge(line, value, now);
    if ('reason' in judged) rejected.push(judged);
    else rows.push(judged);
  }
  return { rows, rejected };
}

interface RawRow {
  readonly line: number;
  readonly value: unknown;
}

function jsonRows(text: string): RawRow[] {
  const value = parseJson(text.trim());
  if (value === undefined) throw new UnusableFile('its JSON cannot be read: it is cut short or damaged');
  const read = list.safeParse(value);
  if (!read.success) throw new UnusableFile('the file holds no list of letters');
  const values = Array.isArray(read.data) ? read.data : read.data.letters;
  return values.map((value, index) => ({ line: index + 1, value }));
}

function csvRows(text: string): RawRow[] {
  return text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .map((content, index) => ({ line: index + 1, content: content.trim() }))
    .filter(({ line, content }) => content !== '' && !(line === 1 && /^"?id"?;/i.test(content)))
    .map(({ line, content }) => {
      const [id, state, date, ...excess] = content
        .split(';')
        .map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
      return { line, value: excess.length > 0 ? null : { id, state, date } };
    });
}

function judge(line: number, value: unknown, now: Date): AnswerRow | RejectedRow {
  const read = row.safeParse(value);
  if (!read.success) return { line, reason: 'unreadable' };
  const state = states.get(folded(read.data.state));
  if (!state) return { line, reason: 'unknown-state' };
  const reachedAt = instantOf(read.data.date);
  if (!reachedAt) return { line, reason: 'unknown-date' };
  // A date without a time is read as noon, which may be later today.
  if (reachedAt.getTime() > now.getTime() + 86_400_000) return { line, reason: 'date-in-the-future' };
  return { line, id: read.data.id, state, reachedAt };
}

function folded(text: string): string {
  return withoutPiledMarks(text)
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}

/** A date without a time is noon of that day in Paris. */
function instantOf(text: string): Date | null {
  const day = text.trim().replace(/^(\d{2})\/(\d{2})\/(\d{4})$/, '$3-$2-$1');
  try {
    if (/^\d{4}-\d{2}-\d{2}$/.test(day)) {
      return instantInParis(Temporal.PlainDate.from(day), '12:00');
    }
    return new Date(Temporal.Instant.from(day).epochMilliseconds);
  } catch {
    return null;
  }
}
