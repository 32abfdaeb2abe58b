import { type Kysely, sql } from 'kysely';
import { closeForDeath, reopenAfterDeath } from '#src/accounts/close-account.ts';
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

/** Of these people, those who have something open: an account, a dossier, a session, a code, a message on its way. */
export async function withSomethingOpen(db: Kysely<Database>, people: readonly Buffer[]): Promise<Buffer[]> {
  if (people.length === 0) return [];
  const among = sql`person_key = any(${people}::bytea[])`;
  const { rows } = await sql<{ person_key: Buffer }>`
    select person_key from account where ${among} and closed_for is null
    union select person_key from dossier where ${among} and closed_at is null
    union select person_key from session where ${among}
    union select person_key from provisional_code where ${among} and used_at is null and superseded_at is null
    union select person_key from notice
      where ${among} and state in ('queued', 'deferred') and batched_at is null`.execute(db);
  return rows.map((row) => row.person_key);
}

/** Of these people, those whose account was closed for a death. */
export async function closedForDeath(db: Kysely<Database>, people: readonly Buffer[]): Promise<Buffer[]> {
  if (people.length === 0) return [];
  const rows = await db
    .selectFrom('account')
    .select('person_key')
    .where('person_key', '=', sql<Buffer>`any(${people}::bytea[])`)
    .where('closed_for', '=', 'deceased')
    .execute();
  return rows.map((row) => row.person_key);
}

/**
 * Ends all that is open in the name of somebody whom the register knows as deceased: nobody signs in any more, by
 * password, code or FranceConnect; sessions, dossiers, links and codes end; nothing is sent to them; their mailbox is
 * free for another account. Letters that the printer has go on their way.
 *
 * The dossier first, then the account, as a creation takes them: one that was faster is seen here, one that is slower
 * finds its dossier closed.
 */
export async function closeDeceased(trx: Kysely<Database>, personKey: Buffer, now: Date): Promise<void> {
  await closeDossiers(trx, personKey, now);
  const emailKey = await closeForDeath(trx, personKey, now);
  if (emailKey) await releaseAddress(trx, personKey, emailKey);
  await endSessionsOf(trx, personKey);
  await forgetDevices(trx, personKey);
  await supersedeConfirmations(trx, personKey, confirmationPurposes, now);
  await supersedeCodes(trx, personKey, now);
  await withholdWaiting(trx, personKey, 'deceased', now);
  await record(trx, accountClosed, {
    person: personKey,
    actor: { kind: 'system' },
    at: now,
    details: { by: 'register' },
  });
}

/**
 * Gives back the account of somebody whom the register called deceased and now knows to live: as it was, with the same
 * password, and the same address unless another account holds it meanwhile. What was ended stays ended.
 */
export async function reopenLiving(trx: Kysely<Database>, personKey: Buffer, now: Date): Promise<void> {
  const reopened = await reopenAfterDeath(trx, personKey);
  if (!reopened) return;
  const { emailKey, claimExpiresAt: expiresAt } = reopened;
  await claimAddress(trx, { personKey, addressKeys: [emailKey], expiresAt }, now);
  await record(trx, accountReopened, {
    person: personKey,
    actor: { kind: 'system' },
    at: now,
    details: { by: 'register' },
  });
}
