import { type Kysely, sql } from 'kysely';
import { auditKind } from '#src/audit/kind.ts';
import { record, systemChain } from '#src/audit/record.ts';
import { isVouchedFor, withHead } from '#src/audit/seal.ts';
import { changeTotal, sealedHead } from '#src/audit/seal-heads.ts';
import type { Keyring } from '#src/crypto/keyring.ts';
import type { AuditHeadTable, Database } from '#src/database/tables.ts';

export const auditPurged = auditKind('audit-purged').with<{ readonly people: number }>();

/** Since the last event of a chain whose person has nothing any more. */
export const keptDays = 365;
const chainsAtOnce = 500;
const dayMs = 86_400_000;

/**
 * Clears, once a day, the events of people without account, dossier or kept document whose last one is a year old (CNIL,
 * recommendation on logs: 6 to 12 months). Answers how many people.
 *
 * Only whole chains go, so that what stays can still be verified, and the purge is itself recorded. Each purge looks
 * at the days since the one before; two more, for chains that were in use at that moment. What goes is taken out of
 * what the installation vouches for, which nobody without its key can do.
 */
export async function purgeAudit(db: Kysely<Database>, keyring: Keyring, now: Date): Promise<number> {
  const last = await db
    .selectFrom('audit_event')
    .select('at')
    .where('person_key', '=', systemChain)
    .where('kind', '=', auditPurged.name)
    .orderBy('seq', 'desc')
    .executeTakeFirst();
  if (last && now.getTime() - last.at.getTime() < dayMs) return 0;
  const after = last ? daysBefore(last.at, keptDays + 2) : null;
  let people = 0;
  let taken: number;
  do {
    taken = await purgeSome(db, keyring, now, after);
    people += taken;
  } while (taken === chainsAtOnce);
  await record(db, auditPurged, {
    person: systemChain,
    actor: { kind: 'system' },
    at: now,
    details: { people },
  });
  return people;
}

async function purgeSome(
  db: Kysely<Database>,
  keyring: Keyring,
  now: Date,
  after: Date | null,
): Promise<number> {
  return db.transaction().execute(async (trx) => {
    await sql`set local statement_timeout = 0`.execute(trx);
    return changeTotal(trx, keyring, now, async (before) => {
      const { rows } = await sql<AuditHeadTable>`
        select * from purge_audit(
          coalesce(${after}::timestamptz, '-infinity'), ${daysBefore(now, keptDays)}, ${chainsAtOnce})`.execute(
        trx,
      );
      const total = rows.reduce((left, row) => {
        const vouched = sealedHead(row);
        return vouched && isVouchedFor(keyring, vouched.head, vouched.mac)
          ? withHead(keyring, left, vouched.head, vouched.mac, -1n)
          : left;
      }, before);
      return [total, rows.length];
    });
  });
}

function daysBefore(instant: Date, days: number): Date {
  return new Date(instant.getTime() - days * dayMs);
}
