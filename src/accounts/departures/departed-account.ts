import { type Kysely, type RawBuilder, sql } from 'kysely';
import { type Account, accountColumns, openAccount } from '#src/accounts/account.ts';
import type { Keyring } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';

/** A query of person keys. */
export type People = RawBuilder<{ person_key: Buffer }>;

/**
 * Notes in one statement that these people have left the register: their accounts stay open until `until`. One that was told
 * before, and is still waiting, keeps its day.
 */
export async function markLeft(
  trx: Kysely<Database>,
  people: People,
  { since, until }: { readonly since: Date; readonly until: Date },
): Promise<void> {
  await sql`
    update account set left_since = ${since}, kept_until = ${until}, left_told_at = null, left_notice = null
    where left_since is null and person_key in (${people})`.execute(trx);
}

/** Notes in one statement that these people are in the register again; `left_told_at` stays until they are told. */
export async function markReturned(trx: Kysely<Database>, people: People): Promise<void> {
  await sql`
    update account set left_since = null, kept_until = null, left_notice = null
    where left_since is not null and person_key in (${people})`.execute(trx);
}

/** What is to be done next about accounts of people who left the register, or came back. */
export type DepartureStep =
  /** The person is to be told. */
  | 'tell'
  /** The mail did not reach the person, who gets a letter. */
  | 'write'
  /** The time that it stays open is over. */
  | 'close'
  /** The person is in the register again, and was told that they were not, or the account was closed. */
  | 'undo';

/** Whose account waits for a step, the earliest departure first. */
export async function findDeparted(
  db: Kysely<Database>,
  step: DepartureStep,
  atMost: number,
  now: Date,
): Promise<readonly Buffer[]> {
  const rows = await departed(db, step, now)
    .select('account.person_key')
    .orderBy('account.left_since')
    .limit(atMost)
    .execute();
  return rows.map((row) => row.person_key);
}

/** The account, locked until the end of the transaction; null when it no longer waits for the step. */
export async function lockDeparted(
  trx: Kysely<Database>,
  keyring: Keyring,
  personKey: Buffer,
  step: DepartureStep,
  now: Date,
): Promise<Account | null> {
  const row = await departed(trx, step, now, personKey)
    .select(accountColumns)
    .where('account.person_key', '=', personKey)
    .forNoKeyUpdate('account')
    .executeTakeFirst();
  return row ? openAccount(keyring, row) : null;
}

/** `only`: of one person, whose rows are named in the subquery by itself. */
function departed(db: Kysely<Database>, step: DepartureStep, now: Date, only: Buffer | null = null) {
  const accounts = db.selectFrom('account');
  switch (step) {
    case 'tell':
      return accounts
        .where('left_since', 'is not', null)
        .where('left_told_at', 'is', null)
        .where('closed_for', 'is', null)
        .where('status', '=', 'active');
    case 'write':
      return accounts
        .where('left_since', 'is not', null)
        .where('closed_for', 'is', null)
        .where('status', '=', 'active')
        .where((eb) =>
          eb.exists(
            eb
              .selectFrom('notice')
              .select('notice.id')
              .whereRef('notice.person_key', '=', 'account.person_key')
              .whereRef('notice.id', '=', 'account.left_notice')
              .where('notice.state', 'in', ['refused', 'bounced', 'withheld'])
              .$if(only !== null, (query) => query.where('notice.person_key', '=', only)),
          ),
        );
    case 'close':
      return accounts
        .where('left_since', 'is not', null)
        .where('kept_until', '<', now)
        .where('closed_for', 'is', null)
        .where('status', 'in', ['active', 'pending']);
    case 'undo':
      return accounts
        .where('left_since', 'is', null)
        .where((eb) =>
          eb.or([
            eb('closed_for', '=', 'left'),
            eb.and([
              eb('left_told_at', 'is not', null),
              eb('closed_for', 'is', null),
              eb('status', '=', 'active'),
            ]),
          ]),
        );
  }
}

/** Notes that the person was told by this mail; null: by a letter, or that there is nothing more to tell. */
export async function noteDepartureTold(
  trx: Kysely<Database>,
  personKey: Buffer,
  told: { readonly at: Date | null; readonly notice: string | null },
): Promise<void> {
  await trx
    .updateTable('account')
    .set({ left_told_at: told.at, left_notice: told.notice })
    .where('person_key', '=', personKey)
    .execute();
}
