import type { Kysely } from 'kysely';
import type { Database } from '#src/database/tables.ts';
import type { FileKind } from '#src/register-import/order.ts';
import { ImportRefused } from '#src/register-import/refusal.ts';
import type { Judged } from '#src/register-import/staging/staging-tables.ts';
import { exceeds, type Share } from '#src/register-import/thresholds.ts';

/** How far a file may be from the register that it is loaded into; what is not given is not checked. */
export interface Guards {
  /** From the number of people of the last file. */
  readonly countWithin?: Share;
  /** People of the register whom the file does not name. */
  readonly maxAbsent?: Share;
  /** Lines about a person of an earlier line. */
  readonly maxRepeated?: Share;
}

/** Two in a hundred more or fewer than last time, and five in a thousand who are gone: more is a mistake of somebody. */
export const usualGuards = {
  countWithin: { kind: 'part', most: 0.02 },
  maxAbsent: { kind: 'part', most: 0.005 },
  maxRepeated: { kind: 'number', most: 0 },
} as const satisfies Guards;

/** Refuses a file with other people than the register has, or several lines about one. */
export async function checkGuards(
  db: Kysely<Database>,
  file: { readonly accepted: number; readonly repeated: readonly number[] },
  people: Judged,
  { kind }: Pick<FileKind, 'kind'>,
  { countWithin, maxAbsent, maxRepeated }: Guards,
): Promise<void> {
  const { accepted, repeated } = file;
  const [line] = repeated;
  if (maxRepeated && line !== undefined && exceeds(maxRepeated, repeated.length, accepted + repeated.length))
    throw new ImportRefused({ reason: 'repeated', repeated: repeated.length, line, most: maxRepeated });
  const last = await db
    .selectFrom('register_import')
    .select('people')
    .where('refused_for', 'is', null)
    .where('kind', '=', 'full')
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (
    countWithin &&
    last &&
    kind === 'full' &&
    exceeds(countWithin, Math.abs(accepted - last.people), last.people)
  )
    throw new ImportRefused({
      reason: 'other-count',
      people: accepted,
      last: last.people,
      within: countWithin,
    });
  const { registered } = people;
  const absent = kind === 'full' ? people.absent : people.left;
  if (maxAbsent && exceeds(maxAbsent, absent, registered))
    throw new ImportRefused({
      reason: 'too-many-absent',
      absent,
      registered,
      most: maxAbsent,
    });
}
