import { type AsOf, formatAsOf } from '#src/register-import/as-of.ts';
import type { HeaderProblem } from '#src/register-import/formats/csv-header.ts';
import type { OrderRefusal } from '#src/register-import/order.ts';
import type { LineCounts } from '#src/register-import/sort-lines.ts';
import { exactly, formatShare, type Share } from '#src/register-import/thresholds.ts';

/** Why a file is refused; nothing of it was written. */
export type ImportRefusal =
  /** Null: nothing says whose it is. */
  | { readonly reason: 'busy'; readonly since: Date | null; readonly by: string | null }
  | { readonly reason: 'empty' }
  | { readonly reason: 'heading' }
  /** `commonest`: the reason for which most lines would be set aside. */
  | { readonly reason: 'nothing-usable'; readonly commonest: string | null }
  | { readonly reason: 'cut-short' }
  /** It is not the file of which its manifest speaks. */
  | { readonly reason: 'checksum' }
  /** Of a CSV file. */
  | { readonly reason: 'quotes'; readonly line: number; readonly cut: boolean }
  | ({ readonly reason: 'columns' } & HeaderProblem)
  | { readonly reason: 'too-many-rejected'; readonly most: Share; readonly commonest: string | null }
  | { readonly reason: 'unexpected-count'; readonly expected: number; readonly within: Share }
  | { readonly reason: 'repeated'; readonly repeated: number; readonly line: number; readonly most: Share }
  | {
      readonly reason: 'other-count';
      readonly people: number;
      readonly last: number;
      readonly within: Share;
    }
  | {
      readonly reason: 'too-many-absent';
      readonly absent: number;
      readonly registered: number;
      readonly most: Share;
    }
  | { readonly reason: 'in-the-future'; readonly asOf: AsOf }
  | OrderRefusal
  /** A full file has a line that says that somebody left or died. */
  | { readonly reason: 'change-in-full'; readonly line: number }
  /** Nothing says on which register the delta goes. */
  | { readonly reason: 'delta-since' }
  | { readonly reason: 'loaded-before'; readonly loadedAt: Date };

/** Thrown within the transaction, to roll it back. */
export class ImportRefused extends Error {
  readonly refusal: ImportRefusal;

  constructor(refusal: ImportRefusal) {
    super(`The register file is refused: ${refusal.reason}`);
    this.refusal = refusal;
  }
}

/** What is wrong and what to do, for the operator who loads the file. */
export function refusalText(refusal: ImportRefusal, { read, rejected }: LineCounts): string {
  switch (refusal.reason) {
    case 'busy':
      return `another import is under way${refusal.since === null ? '' : ` since ${formatInstant(refusal.since)} (${refusal.by})`}: wait until it has ended, then start again`;
    case 'empty':
      return 'the file holds nobody: have it written again';
    case 'heading':
      return 'the first line means to be a heading and cannot be read: write {"asOf":"yyyy-mm-dd","persons":number}, of a delta {"kind":"delta","since":"yyyy-mm-dd","asOf":"yyyy-mm-dd"}';
    case 'nothing-usable':
      return `none of its ${read} lines can be used${mostOf(refusal.commonest)}: see docs/register.md`;
    case 'checksum':
      return 'its SHA-256 is not the one of the manifest: it was changed on the way, or is another file; have both sent again';
    case 'cut-short':
      return 'the last line is cut short: the file did not arrive whole (in CSV, the last line must end with a line end too)';
    case 'quotes':
      return `on line ${refusal.line} a quote opens a cell that no quote closes, or stands within a cell: write "" for a quote${refusal.cut ? ', or have the file sent again: it ends there' : ''}`;
    case 'columns':
      return columnsText(refusal);
    case 'too-many-rejected':
      return `${rejected} of ${read} lines would be set aside, more than ${formatShare(refusal.most)}${mostOf(refusal.commonest)}: correct them, or allow more with --max-rejected`;
    case 'unexpected-count':
      return `it has ${read} lines, and ${refusal.expected} are expected${refusal.within === exactly ? '' : `, ${formatShare(refusal.within)} more or less at most`}: it did not arrive whole, or that number is wrong`;
    case 'repeated':
      return `${refusal.repeated} of its lines are about people of earlier lines, line ${refusal.line} first: have each person written once, or allow some with --max-repeated`;
    case 'other-count':
      return `it has ${refusal.people} people and the last file had ${refusal.last}, more than ${formatShare(refusal.within)} apart: find out why, then allow it with --count-within`;
    case 'too-many-absent':
      return `${refusal.absent} of the ${refusal.registered} people of the register are not in it, more than ${formatShare(refusal.most)}: find out why, then allow it with --max-absent`;
    case 'in-the-future':
      return `it is dated ${formatAsOf(refusal.asOf)}, which is to come: correct its date, or say it with --as-of`;
    case 'older':
      return `it is of ${formatAsOf(refusal.asOf)}, and the register is of ${formatAsOf(refusal.newest)}: load a newer one, say its date with --as-of, or load it all the same with --accept-older`;
    case 'change-in-full':
      return `line ${refusal.line} says that somebody left or died, which only a delta does: begin it with {"kind":"delta","since":…,"asOf":…}, or say --delta and --since`;
    case 'delta-since':
      return 'nothing says on which register the delta goes: begin it with {"kind":"delta","since":…,"asOf":…}, or say --since';
    case 'delta-first':
      return 'it is a delta, and no register was loaded for it to go on: load a full file first';
    case 'delta-backwards':
      return `it is of ${formatAsOf(refusal.asOf)}, not after ${formatAsOf(refusal.since)}, the register that it goes on: correct its dates`;
    case 'delta-gap':
      return `it goes on a register of ${formatAsOf(refusal.since)}, and the register is of ${formatAsOf(refusal.newest)}: load first what lies between, or a full file`;
    case 'delta-behind':
      return `it goes on a register of ${formatAsOf(refusal.since)}, and the register is of ${formatAsOf(refusal.newest)} already: it was loaded before, or a newer file was; have a delta since then written, or load a full file`;
    case 'loaded-before':
      return `this very file was loaded on ${refusal.loadedAt.toISOString().slice(0, 10)}, and another one since: load the newest one, or this all the same with --accept-older`;
  }
}

function columnsText(header: HeaderProblem): string {
  const { problem } = header;
  if (problem === 'no-header')
    return 'its first line is no JSON and names no column: write the names of docs/register.md there, between ; or , alone, or say --format ndjson';
  const names = header.columns.join(', ');
  switch (problem) {
    case 'unknown':
      return `columns that the register does not have: ${names}: take them out, or correct their names`;
    case 'missing':
      return `columns are missing: ${names}: add them, empty where there is nothing`;
    case 'repeated':
      return `columns that are there twice: ${names}: give each once`;
  }
}

function mostOf(commonest: string | null): string {
  return commonest === null ? '' : `, most of them for ${commonest}`;
}

function formatInstant(at: Date): string {
  return `${at.toISOString().slice(0, 16)}Z`;
}
