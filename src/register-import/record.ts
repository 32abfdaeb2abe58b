import type { Kysely } from 'kysely';
import { record, systemChain } from '#src/audit/record.ts';
import type { Database } from '#src/database/tables.ts';
import { type AsOf, formatAsOf, isInTheFuture, isOlder } from '#src/register-import/as-of.ts';
import { registerImported } from '#src/register-import/events.ts';
import { ImportRefused } from '#src/register-import/refusal.ts';

/** Refuses a file of a day to come, and one that is older than what the register holds. */
export async function checkOrder(
  db: Kysely<Database>,
  asOf: AsOf,
  now: Date,
  acceptOlder: boolean,
): Promise<void> {
  if (isInTheFuture(asOf, now)) throw new ImportRefused({ reason: 'in-the-future', asOf });
  if (acceptOlder) return;
  const newest = await db
    .selectFrom('register_import')
    .select(['as_from', 'as_until'])
    .orderBy('as_from', 'desc')
    .limit(1)
    .executeTakeFirst();
  const newestAsOf = newest && { from: newest.as_from, until: newest.as_until };
  if (newestAsOf && isOlder(asOf, newestAsOf))
    throw new ImportRefused({ reason: 'older', asOf, newest: newestAsOf });
}

/** Whether this file was the last one to be loaded. Refuses one that was loaded before another. */
export async function checkReplay(
  db: Kysely<Database>,
  sha256: Buffer,
  acceptOlder: boolean,
): Promise<Date | null> {
  const last = await db
    .selectFrom('register_import')
    .select(['sha256', 'at'])
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (last?.sha256?.equals(sha256)) return last.at;
  const before = await db
    .selectFrom('register_import')
    .select('at')
    .where('sha256', '=', sha256)
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (before && !acceptOlder) throw new ImportRefused({ reason: 'loaded-before', loadedAt: before.at });
  return null;
}

export interface ImportRecord {
  readonly id: string;
  readonly now: Date;
  readonly asOf: AsOf;
  readonly sha256: Buffer;
  readonly counts: Readonly<Record<string, number>> & { readonly accepted: number };
}

/** Notes an import, with its audit event: counts, the date and the fingerprint of the file, nobody. */
export async function recordImport(trx: Kysely<Database>, imported: ImportRecord): Promise<void> {
  const { id, now, asOf, sha256, counts } = imported;
  await trx
    .insertInto('register_import')
    .values({ id, at: now, as_from: asOf.from, as_until: asOf.until, sha256, people: counts.accepted })
    .execute();
  await record(trx, registerImported, {
    person: systemChain,
    actor: { kind: 'system' },
    at: now,
    details: {
      ...counts,
      import: id,
      by: 'operator',
      asOf: formatAsOf(asOf),
      sha256: sha256.toString('hex'),
    },
  });
}
