import { type Kysely, sql } from 'kysely';
import { type AccountRow, accountColumns, decoyContact, openContact } from '#src/accounts/account.ts';
import { newSecret } from '#src/confirmations/secret.ts';
import type { EmailAddress } from '#src/contact/email-address.ts';
import { knownDevice } from '#src/credentials/known-devices.ts';
import { emailKeys, fingerprint, personKey } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';
import { ofClient, ofSubject, recordAttempt } from '#src/limits/attempts.ts';
import type { Client } from '#src/limits/client-address.ts';
import { mailboxFullUntil } from '#src/notices/mailbox-limit.ts';
import { enqueueDeliveries, noticeLanguage } from '#src/notices/notice.ts';
import { ownerNotice } from '#src/notices/owner-notice.ts';
import { personKeys } from '#src/register/store.ts';
import type { Services } from '#src/services.ts';

const resetMinutes = 30;

export interface ResetDemand {
  /** 13 characters. */
  readonly nir: string;
  /** The address of the account, where it was typed too. */
  readonly email: EmailAddress | null;
  /** What this browser is known by. */
  readonly device: string;
  readonly client: Client;
  readonly at: Date;
}

/**
 * Sends a link for a new password to the account of a NIR, if there is one; older links die once this one is to leave.
 *
 * Whoever types a number may ask 3 times a day for it, within the limits of their client and of the mailbox; nothing
 * changes beyond. Whoever shows to be the owner, by the account’s address or a browser that is known to it, has 5 demands
 * of their own, which nobody else uses up, those of each browser apart: the way out of a lock is always open. Nothing is sent for an account that
 * waits with an address of somebody else, whose owner could enter it by the link. Nothing is told, and the same work
 * is done for a number that has no account: the job that it queues finds no notice.
 */
export async function askReset(services: Services, demand: ResetDemand): Promise<void> {
  const { db, keyring, limits, random, jobs } = services;
  const { nir, client, at } = demand;
  const subject = personKey(keyring, nir);
  const row = await db
    .selectFrom('account')
    .select(accountColumns)
    .where('person_key', 'in', personKeys(keyring, nir))
    .executeTakeFirst();
  const owner = { personKey: row?.person_key ?? subject, language: noticeLanguage(row?.language ?? 'fr') };
  const ownersKey = await countedAsOwner(services, demand, { subject, personKey: owner.personKey }, row);
  const byOwner = ownersKey !== null;
  const counted = ownersKey
    ? [ofSubject(limits.resetByOwner, ownersKey, client)]
    : [
        ofSubject(limits.reset, subject, client),
        ...ofClient(limits.client['password-reset'], client, subject),
      ];
  const refusal = { personKey: owner.personKey, kind: 'password-reset-asked' } as const;
  const asked = await recordAttempt(services, at, false, counted, refusal);
  if (asked.blocked) return;
  const { email: address } = row ? openContact(keyring, row.person_key, row.contact) : decoyContact(keyring);
  const secret = newSecret(keyring, random, owner.personKey, 6);
  const deadAt = new Date(at.getTime() + resetMinutes * 60_000);
  const content = { address, token: secret.token, until: deadAt.toISOString() };
  const notice = { ...ownerNotice(services, owner, 'password-reset', content, at), by_owner: byOwner };
  await db.transaction().execute(async (trx) => {
    // A statement that waited for another one would not see the confirmation that it made.
    await sql`select from account where person_key = ${owner.personKey} for update`.execute(trx);
    const mailbox = (row && notice.recipient_key) ?? subject;
    const full = await mailboxFullUntil(trx, { mailbox, part: 'outsiders' }, services.policy.limits, at);
    await store(
      trx,
      services,
      { row, personKey: owner.personKey, secret, deadAt, at },
      full === null || byOwner,
      notice,
    );
    await enqueueDeliveries(trx, jobs, [notice]);
  });
}

/**
 * As whom somebody is counted who shows to be the owner: a browser that has signed in to the account by itself, since
 * others may know the address too; whoever gives the address; null for anybody else.
 */
async function countedAsOwner(
  { db, keyring }: Pick<Services, 'db' | 'keyring'>,
  { email, device, at }: ResetDemand,
  { subject, personKey }: { readonly subject: Buffer; readonly personKey: Buffer },
  row: AccountRow | undefined,
): Promise<Buffer | null> {
  const known = await knownDevice(db, personKey, device, at);
  const typed = email ? emailKeys(keyring, email.canonical) : [];
  const named = typed.some((one) => one.equals(row?.email_key ?? Buffer.alloc(0)));
  if (known) return fingerprint(keyring, 'known-device', subject, known);
  return named ? subject : null;
}

interface NewLink {
  readonly row: AccountRow | undefined;
  readonly personKey: Buffer;
  readonly secret: ReturnType<typeof newSecret>;
  readonly deadAt: Date;
  readonly at: Date;
}

/** The link in the place of older ones, with its notice; nothing where none may leave. */
async function store(
  trx: Kysely<Database>,
  { policy }: Pick<Services, 'policy'>,
  { row, personKey, secret, deadAt, at }: NewLink,
  leaves: boolean,
  notice: ReturnType<typeof ownerNotice> & { readonly by_owner: boolean },
): Promise<void> {
  await sql`
    with live as (
      select person_key from account where ${leaves} and person_key = ${personKey}
        and email_key = ${row?.email_key ?? null} and (status = 'active' or status = 'pending' and pending_until > ${at}
          and (${!policy.contact.uniqueEmail} or exists (select from email_claim held
            where held.email_key = account.email_key and held.person_key = account.person_key)))
    ), superseded as (
      update email_confirmation set superseded_at = ${at}
      from live where email_confirmation.person_key = live.person_key and purpose = 'password-reset'
        and used_at is null and superseded_at is null
    ), confirmation as (
      insert into email_confirmation (person_key, id, purpose, token_hash, created_at, dead_at)
      select person_key, ${secret.id}::uuid, 'password-reset', ${secret.tokenHash}::bytea, ${at}::timestamptz,
        ${deadAt}::timestamptz from live
    )
    insert into notice (person_key, id, kind, channel, language, content, recipient_key, by_owner, state, created_at)
    select person_key, ${notice.id}::uuid, ${notice.kind}::text, ${notice.channel}::text, ${notice.language}::text,
      ${notice.content}::bytea, ${notice.recipient_key}::bytea, ${notice.by_owner}::boolean, 'queued',
      ${at}::timestamptz from live`.execute(trx);
}
