import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import { fingerprint } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';
import { sortLines } from '#src/register-import/sort-lines.ts';
import type { FilePart } from '#src/register-import/staging/part.ts';
import { linesOfPart, type PartReport } from '#src/register-import/staging/read-part.ts';
import { judgedBy } from '#src/register-import/staging/same-line.ts';
import { openStager, type Staging, type WritePart } from '#src/register-import/staging/stager.ts';
import {
  forgetFrom,
  forgetOutdated,
  type StagedPart,
  stagedParts,
} from '#src/register-import/staging/staging-tables.ts';

/** A part that is staged; `before`: by an earlier run. */
export type StagedReport = PartReport & { readonly before: boolean };

/**
 * Stages the parts of a file, and reports each one, in their order. What an earlier run has staged is not read again, as
 * far as the file is the same, and judged by the same rules and keys.
 */
export async function* stageFile(
  session: Kysely<Database>,
  parts: AsyncIterable<FilePart>,
  staging: Staging,
): AsyncGenerator<StagedReport> {
  await forgetOutdated(session);
  const known = await stagedParts(session);
  const stager = await openStager(session, staging);
  const underWay: Promise<WritePart>[] = [];
  let same = known.size > 0;
  let count = 0;

  async function next(): Promise<StagedReport> {
    const write = await underWay.shift();
    if (!write) throw new Error('Nothing is under way');
    return write();
  }

  function begin(part: FilePart): Promise<WritePart> {
    const digest = digestOf(part, staging);
    const staged = known.get(part.number);
    if (same && staged?.digest.equals(digest)) return Promise.resolve(() => recalled(part, staged, staging));
    const forgotten = same ? forgetFrom(session, part.number) : Promise.resolve();
    same = false;
    return forgotten.then(() => stager.read(part, digest));
  }

  try {
    for await (const part of parts) {
      count += 1;
      const begun = begin(part);
      // Its failure is thrown where it is awaited.
      begun.catch(() => {});
      underWay.push(begun);
      // The first part says of when the file is: it may be refused before anything else is read.
      if (part.number === 0 || underWay.length > stager.atOnce) yield await next();
    }
    while (underWay.length > 0) yield await next();
    if (same && known.size > count) await forgetFrom(session, count);
  } finally {
    await stager.close();
  }
}

/** What was kept of a part; a heading stands in the first one, and is read again. */
async function recalled(
  part: FilePart,
  { report }: StagedPart,
  { rules, format }: Staging,
): Promise<StagedReport> {
  const first = part.number === 0 ? await sortLines(linesOfPart(part), rules, { format, first: true }) : null;
  return { ...report, heading: first?.heading ?? null, before: true };
}

/** Of the lines, and of all that they are judged by and stored with. */
function digestOf({ content }: FilePart, { keyring, ...reading }: Staging): Buffer {
  const { kind } = content;
  const [lines, ...read] =
    kind === 'bytes' ? [content.bytes, content.encoding, content.firstLine] : [JSON.stringify(content.lines)];
  const readBy = [reading.rules.today, keyring.versions, kind, read];
  const digest = createHash('sha256').update(judgedBy(reading)).update(JSON.stringify(readBy)).update(lines);
  return fingerprint(keyring, 'register-part', digest.digest());
}
