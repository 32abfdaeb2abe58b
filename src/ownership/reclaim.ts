import type { Kysely } from 'kysely';
import type { Account } from '#src/accounts/account.ts';
import { deleteAccount } from '#src/accounts/delete-account.ts';
import type { StandingAccount } from '#src/accounts/lock-account.ts';
import { record } from '#src/audit/record.ts';
import { changeOrRehearse } from '#src/database/all-or-nothing.ts';
import type { Database } from '#src/database/tables.ts';
import type { Dossier } from '#src/dossiers/dossier.ts';
import { accountReclaimed, accountReleased, frozenAccountMet, type Route } from '#src/ownership/events.ts';
import type { AgentOrder } from '#src/ownership/freeze-account.ts';
import { mayReclaim } from '#src/ownership/rules.ts';

/**
 * Deletes a frozen account in the caller’s transaction, when its person has proved their identity and opens a new one:
 * the new account is then created as if there had been none. The proof must be strong (`mayReclaim`) and more recent than
 * the freeze.
 *
 * `standing`: the person’s account, which the caller holds. Returns the deleted account; null when there is no frozen one;
 * `refused` when the proof is not sufficient.
 */
export async function reclaimFrozen(
  trx: Kysely<Database>,
  standing: StandingAccount | null,
  { personKey, answers: { proof } }: Pick<Dossier, 'personKey' | 'answers'>,
  now: Date,
): Promise<Account | null | 'refused'> {
  if (standing?.account.status !== 'frozen') return null;
  const { account, frozenAt } = standing;
  if (!proof || !mayReclaim(proof) || !frozenAt || new Date(proof.at) <= frozenAt) return 'refused';
  await deleteAccount(trx, personKey);
  const { route } = proof;
  await record(trx, accountReclaimed, {
    person: personKey,
    actor: { kind: 'person' },
    at: now,
    details: { route },
  });
  return account;
}

/**
 * Deletes a frozen account at an agent’s request, after the person was identified in person: only the audit trail is
 * kept, and a new account can be opened by any means of proof. False when there is no frozen account.
 */
export async function releaseFrozen(
  db: Kysely<Database>,
  personKey: Buffer,
  { agent, reason, isRehearsal }: AgentOrder,
  now: Date,
): Promise<boolean> {
  return changeOrRehearse(db, isRehearsal, async (trx) => {
    const frozen = await trx
      .selectFrom('account')
      .select('status')
      .where('person_key', '=', personKey)
      .where('status', '=', 'frozen')
      .forUpdate()
      .executeTakeFirst();
    if (!frozen) return false;
    await deleteAccount(trx, personKey);
    await record(trx, accountReleased, { person: personKey, actor: agent, at: now, details: { reason } });
    return true;
  });
}

/** Records that somebody proved to be the person of a frozen account by a means that is not enough to take it back. */
export async function recordFrozenMet(
  db: Kysely<Database>,
  personKey: Buffer,
  details: { readonly route: Route } | { readonly route: Route; readonly channel: string },
  now: Date,
): Promise<void> {
  await record(db, frozenAccountMet, { person: personKey, actor: { kind: 'person' }, at: now, details });
}
