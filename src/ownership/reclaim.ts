import type { Kysely } from 'kysely';
import { type Account, accountColumns, openAccount } from '#src/accounts/account.ts';
import { deleteAccount } from '#src/accounts/delete-account.ts';
import { record } from '#src/audit/record.ts';
import type { Keyring } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';
import type { Dossier } from '#src/dossiers/dossier.ts';
import { accountReclaimed, accountReleased, frozenAccountMet, type Route } from '#src/ownership/events.ts';
import { mayReclaim } from '#src/ownership/rules.ts';

/**
 * Makes room for the new account of somebody who proved to be the person of a frozen one, in the caller’s transaction:
 * everything of the frozen one goes, and the new one is made as if there had been none. Only a proof made after it was
 * frozen counts, and only a strong one (`mayReclaim`).
 *
 * Answers the account that went; null when there is no frozen one; `refused` when the proof does not reach it.
 */
export async function reclaimFrozen(
  trx: Kysely<Database>,
  keyring: Keyring,
  { personKey, answers: { proof } }: Pick<Dossier, 'personKey' | 'answers'>,
  now: Date,
): Promise<Account | null | 'refused'> {
  const row = await trx
    .selectFrom('account')
    .select([...accountColumns, 'account.frozen_at'])
    .where('person_key', '=', personKey)
    .where('status', '=', 'frozen')
    .forUpdate()
    .executeTakeFirst();
  if (!row) return null;
  if (!proof || !mayReclaim(proof) || !row.frozen_at || new Date(proof.at) <= row.frozen_at) return 'refused';
  await deleteAccount(trx, personKey);
  const { route } = proof;
  await record(trx, accountReclaimed, {
    person: personKey,
    actor: { kind: 'person' },
    at: now,
    details: { route },
  });
  return openAccount(keyring, row);
}

/**
 * Takes a frozen account away at an agent’s word, once the person was seen: nothing of it stays but the trail, and an
 * account can be opened again by every means. False when there is none.
 */
export async function releaseFrozen(db: Kysely<Database>, personKey: Buffer, now: Date): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const frozen = await trx
      .selectFrom('account')
      .select('status')
      .where('person_key', '=', personKey)
      .where('status', '=', 'frozen')
      .forUpdate()
      .executeTakeFirst();
    if (!frozen) return false;
    await deleteAccount(trx, personKey);
    await record(trx, accountReleased, { person: personKey, actor: { kind: 'system' }, at: now });
    return true;
  });
}

/** Notes that somebody proved to be the person of a frozen account, by a means that is not enough to take it back. */
export async function tellFrozenMet(
  db: Kysely<Database>,
  personKey: Buffer,
  details: { readonly route: Route } | { readonly route: Route; readonly channel: string },
  now: Date,
): Promise<void> {
  await record(db, frozenAccountMet, { person: personKey, actor: { kind: 'person' }, at: now, details });
}
