import type { Compilable, Kysely, Transaction } from 'kysely';
import { auditKind } from '#src/audit/kind.ts';
import { record } from '#src/audit/record.ts';
import type { Database } from '#src/database/tables.ts';
import { isOf, type Whose } from '#src/database/whose.ts';
import { avisKinds } from '#src/notices/reminders/unsubscribe-token.ts';
import { isWaiting } from '#src/notices/tries.ts';

/**
 * Withholds notices that are still waiting: all of them after a death, except letters that a batch has
 * taken; mails and SMS after a freeze of the account, since letters go to the address that the caisse knows.
 */
export async function withholdWaiting(
  trx: Kysely<Database>,
  whose: Whose,
  reason: 'deceased' | 'account-frozen',
  now: Date,
): Promise<void> {
  await trx
    .updateTable('notice')
    .set({ state: 'withheld', reason, settled_at: now })
    .where(isOf(whose))
    .where(isWaiting)
    .where('batched_at', 'is', null)
    .$if(reason === 'account-frozen', (query) => query.where('channel', '<>', 'letter'))
    .execute();
}

/** After a restore: how many mails and SMS of the person, waiting in the backup, are not sent. */
export const noticesWithheld = auditKind('notices-withheld').with<{ readonly notices: number }>();

/** So many people are looked up at once. */
const peopleAtOnce = 1_000;

/**
 * Withholds every mail and SMS that waits in a backup which was restored: they have been sent since, or nobody knows. Person
 * by person, with the event that says so; answers how many.
 */
export async function withholdRestored(db: Kysely<Database>, now: Date): Promise<number> {
  let count = 0;
  for (;;) {
    const people = await db
      .selectFrom('notice')
      .select('person_key')
      .distinct()
      .where('state', 'in', ['queued', 'deferred'])
      .where('channel', '<>', 'letter')
      .limit(peopleAtOnce)
      .execute();
    if (people.length === 0) return count;
    for (const { person_key: person } of people)
      count += await db.transaction().execute((trx) => withholdRestoredOf(trx, person, now));
  }
}

async function withholdRestoredOf(trx: Transaction<Database>, person: Buffer, now: Date): Promise<number> {
  const { numUpdatedRows } = await trx
    .updateTable('notice')
    .set({ state: 'withheld', reason: 'restored', settled_at: now })
    .where('person_key', '=', person)
    .where(isWaiting)
    .where('channel', '<>', 'letter')
    .executeTakeFirst();
  const notices = Number(numUpdatedRows);
  if (notices > 0)
    await record(trx, noticesWithheld, { person, actor: { kind: 'system' }, at: now, details: { notices } });
  return notices;
}

/** Withholds the mails of deposits to a person that are still waiting: they unsubscribed. */
export function withholdingAvis(db: Kysely<Database>, personKey: Buffer, now: Date): Compilable {
  return db
    .updateTable('notice')
    .set({ state: 'withheld', reason: 'unsubscribed', settled_at: now })
    .where('person_key', '=', personKey)
    .where('kind', 'in', avisKinds)
    .where(isWaiting);
}

/**
 * Deletes the notices of a person, sent or not, but the mail that tells of an erasure, and those that are under way on paper:
 * letters that a batch has taken, and covers of documents that still have to reach the person.
 */
export function erasingNotices(db: Kysely<Database>, personKey: Buffer): Compilable {
  return db
    .deleteFrom('notice')
    .where('person_key', '=', personKey)
    .where('kind', '<>', 'account-erased')
    .where((eb) =>
      eb.or([
        eb('channel', '<>', 'letter'),
        eb('batched_at', 'is', null).and('kind', '<>', 'document-letter'),
        eb('batched_at', 'is', null).and('state', '<>', 'queued'),
      ]),
    );
}

/** How many mails and SMS wait, for a first try or another one. */
export async function countWaiting(db: Kysely<Database>): Promise<number> {
  const { count } = await db
    .selectFrom('notice')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .where('state', 'in', ['queued', 'deferred'])
    .where('channel', '<>', 'letter')
    .executeTakeFirstOrThrow();
  return Number(count);
}
