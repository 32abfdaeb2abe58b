import { type Kysely, type RawBuilder, sql } from 'kysely';
import { closeAccountFor, reopenAccount } from '#src/accounts/close-account.ts';
import { claimAddress, releaseAddress } from '#src/accounts/email-claim.ts';
import { record } from '#src/audit/record.ts';
import { supersedeCodes } from '#src/codes/store.ts';
import { confirmationPurposes, supersedeConfirmations } from '#src/confirmations/store.ts';
import { forgetDevices } from '#src/credentials/known-devices.ts';
import type { Database } from '#src/database/tables.ts';
import { closeDossiers } from '#src/dossiers/dossier.ts';
import { accountClosed, accountReopened } from '#src/lifecycle/events.ts';
import { withholdWaiting } from '#src/notices/withhold.ts';
import { endSessionsOf } from '#src/sessions/change-session.ts';

/** A query of people by their key, as `person_key`. */
export type PeopleQuery = RawBuilder<{ person_key: Buffer }>;

/** Those of these people who have an open account or dossier, a session, a usable code, or a queued notice. */
export async function withSomethingOpen(db: Kysely<Database>, people: PeopleQuery): Promise<Buffer[]> {
  const { rows } = await sql<{ person_key: Buffer }>`
    with people as materialized (${people})
    select person_key from account join people using (person_key) where closed_for is distinct from 'deceased'
    union select person_key from dossier join people using (person_key) where closed_at is null
    union select person_key from session join people using (person_key)
    union select person_key from provisional_code join people using (person_key)
      where used_at is null and superseded_at is null
    union select person_key from notice join people using (person_key)
      where state in ('queued', 'deferred') and batched_at is null`.execute(db);
  return rows.map((row) => row.person_key);
}

/** Those of these people whose account was closed for a death. */
export async function closedForDeath(db: Kysely<Database>, people: PeopleQuery): Promise<Buffer[]> {
  const { rows } = await sql<{ person_key: Buffer }>`
    select person_key from account
    where closed_for = 'deceased' and person_key in (${people})`.execute(db);
  return rows.map((row) => row.person_key);
}

/**
 * Closes everything of a person whom the register reports as deceased: nobody can sign in any more, by password, code
 * or FranceConnect; sessions, dossiers, links and codes end; queued notices are withheld; their address is free for
 * another account. Letters already with the printer are still posted.
 *
 * Locks the account first, then sessions and dossiers, in the order of every other event. The creation of a first account
 * has no account to lock: one that commits first is closed here, once its session and its dossier were waited for; a
 * later one finds them ended.
 */
export async function closeDeceased(trx: Kysely<Database>, personKey: Buffer, now: Date): Promise<void> {
  const standing = await closeAccountFor(trx, personKey, 'deceased', now);
  await endSessionsOf(trx, personKey);
  await closeDossiers(trx, personKey, now);
  const created = standing ? null : await closeAccountFor(trx, personKey, 'deceased', now);
  if (created) await endSessionsOf(trx, personKey);
  const emailKey = standing ?? created;
  if (emailKey) await releaseAddress(trx, personKey, emailKey);
  await forgetDevices(trx, personKey);
  await supersedeConfirmations(trx, personKey, confirmationPurposes, now);
  await supersedeCodes(trx, personKey, now);
  await withholdWaiting(trx, personKey, 'deceased', now);
  await record(trx, accountClosed, {
    person: personKey,
    actor: { kind: 'system' },
    at: now,
    details: { by: 'register', for: 'death' },
  });
}

/**
 * Reopens the account of a person whom the register reported as deceased by mistake: with its former status and
 * password, and its address unless another account has claimed it meanwhile. Sessions, links and codes stay ended.
 */
export async function reopenLiving(trx: Kysely<Database>, personKey: Buffer, now: Date): Promise<void> {
  const reopened = await reopenAccount(trx, personKey, 'deceased');
  if (!reopened) return;
  const { emailKey, claimExpiresAt: expiresAt } = reopened;
  await claimAddress(trx, { personKey, addressKeys: [emailKey], expiresAt }, now);
  await record(trx, accountReopened, {
    person: personKey,
    actor: { kind: 'system' },
    at: now,
    details: { by: 'register', for: 'death' },
  });
}
