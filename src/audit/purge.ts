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
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

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
  const before = daysBefore(now, keptDays);
  let people = 0;
  let from = await beforeNext(db, last ? daysBefore(last.at, keptDays + 2) : null, before);
  while (from !== null) {
    const until = new Date(Math.min(from.getTime() + hourMs, before.getTime()));
    const some = await peopleBetween(db, from, until);
    people += await purgeSome(db, keyring, { now, before }, some);
    from = some.length > 0 && until < before ? until : await beforeNext(db, until, before);
  }
  await record(db, auditPurged, {
    person: systemChain,
    actor: { kind: 'system' },
    at: now,
    details: { people },
  });
  return people;
}

/** Just before the next event that is old enough; null when there is none. */
async function beforeNext(db: Kysely<Database>, after: Date | null, before: Date): Promise<Date | null> {
  const first = await db
    .selectFrom('audit_event')
    .select((eb) => eb.fn.min('at').as('at'))
    .where('at', '<=', before)
    .$if(after !== null, (query) => query.where('at', '>', after))
    .executeTakeFirst();
  return first?.at ? new Date(first.at.getTime() - 1) : null;
}

async function peopleBetween(db: Kysely<Database>, from: Date, until: Date): Promise<readonly Buffer[]> {
  const rows = await db
    .selectFrom('audit_event')
    .select('person_key')
    .distinct()
    .where('at', '>', from)
    .where('at', '<=', until)
    .execute();
  return rows.map(({ person_key: key }) => key);
}

/** Deletes the chains of those who have nothing left that it belongs to: a bounded number in each transaction. */
async function purgeSome(
  db: Kysely<Database>,
  keyring: Keyring,
  { now, before }: { readonly now: Date; readonly before: Date },
  people: readonly Buffer[],
): Promise<number> {
  let purged = 0;
  for (let at = 0; at < people.length; at += chainsAtOnce) {
    const ended = await withoutKept(db, people.slice(at, at + chainsAtOnce), before);
    if (ended.length > 0) purged += await purgeChains(db, keyring, { now, before }, ended);
  }
  return purged;
}

/** Those among these people who have no later event, account, dossier or kept document. */
async function withoutKept(
  db: Kysely<Database>,
  people: readonly Buffer[],
  before: Date,
): Promise<readonly Buffer[]> {
  const later = db.selectFrom('audit_event').select('person_key').where('at', '>', before);
  const kept = [
    await later.where('person_key', '=', anyOf(people)).distinct().execute(),
    await db.selectFrom('account').select('person_key').where('person_key', '=', anyOf(people)).execute(),
    await db.selectFrom('dossier').select('person_key').where('person_key', '=', anyOf(people)).execute(),
    await db.selectFrom('document').select('person_key').where('person_key', '=', anyOf(people)).execute(),
  ];
  const names = new Set(kept.flat().map(({ person_key: key }) => key.toString('hex')));
  return people.filter((key) => !names.has(key.toString('hex')));
}

function anyOf(people: readonly Buffer[]) {
  return sql<Buffer>`any(${people}::bytea[])`;
}

async function purgeChains(
  db: Kysely<Database>,
  keyring: Keyring,
  { now, before }: { readonly now: Date; readonly before: Date },
  ended: readonly Buffer[],
): Promise<number> {
  return db.transaction().execute(async (trx) => {
    await sql`set local statement_timeout = 0`.execute(trx);
    return changeTotal(trx, keyring, now, async (total) => {
      const { rows } = await sql<AuditHeadTable>`
        select gone.* from unnest(${ended}::bytea[]) as ended (person)
        cross join lateral purge_chain(ended.person, ${before}::timestamptz) as gone`.execute(trx);
      const left = rows.reduce((sum, row) => {
        const vouched = sealedHead(row);
        return vouched && isVouchedFor(keyring, vouched.head, vouched.mac)
          ? withHead(keyring, sum, vouched.head, vouched.mac, -1n)
          : sum;
      }, total);
      return [left, rows.length];
    });
  });
}

function daysBefore(instant: Date, days: number): Date {
  return new Date(instant.getTime() - days * dayMs);
}
