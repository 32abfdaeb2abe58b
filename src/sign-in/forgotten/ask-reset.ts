import { type Account, decoyContact } from '#src/accounts/account.ts';
import { holdsAddress } from '#src/accounts/email-claim.ts';
import { findAccountOfNir } from '#src/accounts/find-account.ts';
import { lockAccount } from '#src/accounts/lock-account.ts';
import { issueConfirmationAlike } from '#src/confirmations/issue-alike.ts';
import { type ConfirmationSecret, newSecret } from '#src/confirmations/secret.ts';
import type { EmailAddress } from '#src/contact/email-address.ts';
import { knownDevice } from '#src/credentials/known-devices.ts';
import { emailKeys, fingerprint, personKey } from '#src/crypto/keyring.ts';
import { ofClient, ofSubject } from '#src/limits/attempt.ts';
import type { Client } from '#src/limits/client-address.ts';
import { recordAttempt, refusal } from '#src/limits/record-attempt.ts';
import { mailboxFullUntil } from '#src/notices/mailbox-limit.ts';
import { ownerNotice } from '#src/notices/owner-notice.ts';
import { queueNoticeAlike } from '#src/notices/queue-alike.ts';
import type { Services } from '#src/services.ts';
import { passwordResetAsked } from '#src/sign-in/events.ts';

const resetMinutes = 30;

export interface ResetDemand {
  /** 13 characters. */
  readonly nir: string;
  /** The address of the account, if it was typed too. */
  readonly email: EmailAddress | null;
  /** The cookie that identifies a known browser. */
  readonly device: string;
  readonly client: Client;
  readonly now: Date;
}

/**
 * Sends a link for a new password to the account of a NIR, if there is one; it supersedes older links.
 *
 * Anyone who types a NIR can make 3 requests a day for it, within the limits of their client and of the mailbox;
 * further requests change nothing. A person who gives the address of the account, or uses a known browser of it, is
 * counted separately, each browser by itself, with 5 requests that others cannot exhaust: the owner can always get out
 * of a lock. Nothing is sent for a pending account whose address another account holds: the owner of the address could
 * enter it by the link. For a NIR without an account the same work is done, and the job that it queues finds no notice.
 */
export async function askReset(services: Services, demand: ResetDemand): Promise<void> {
  const { db, keyring, limits, random } = services;
  const { nir, client, now } = demand;
  const subject = personKey(keyring, nir);
  const account = await findAccountOfNir(db, keyring, nir);
  const personOfAccount = account?.personKey ?? subject;
  const ownersKey = await ownerCounter(services, demand, subject, account);
  const counted = ownersKey
    ? [ofSubject(limits.resetByOwner, ownersKey, client)]
    : [
        ofSubject(limits.reset, subject, client),
        ...ofClient(limits.client['password-reset'], client, subject),
      ];
  const event = refusal(passwordResetAsked, { person: personOfAccount, actor: { kind: 'person' } });
  const attempt = await recordAttempt(services, now, false, counted, event);
  if (attempt.kind === 'blocked') return;
  const { email: address } = account ? account.contact : decoyContact(keyring);
  const secret = newSecret(keyring, random, personOfAccount, 6);
  const deadAt = new Date(now.getTime() + resetMinutes * 60_000);
  const owner = { personKey: personOfAccount, language: account?.language ?? 'fr' };
  const content = { address, token: secret.token, until: deadAt.toISOString() };
  const notice = {
    ...ownerNotice(services, owner, 'password-reset', content, now),
    by_owner: ownersKey !== null,
  };
  await send(services, { account, subject, secret, deadAt, now }, notice);
}

interface NewLink {
  readonly account: Account | null;
  /** Stands for the person key where there is no account. */
  readonly subject: Buffer;
  readonly secret: ConfirmationSecret;
  readonly deadAt: Date;
  readonly now: Date;
}

/** Issues the link with its notice, superseding older ones; nothing where none may be sent. */
async function send(
  { db, keyring, policy, jobs }: Services,
  { account, subject, secret, deadAt, now }: NewLink,
  notice: ReturnType<typeof ownerNotice> & { readonly by_owner: boolean },
): Promise<void> {
  const { personKey, emailKey } = account ?? { personKey: subject, emailKey: subject };
  await db.transaction().execute(async (trx) => {
    // Locks the mailbox before the account, as a resend does.
    const mailbox = (account && notice.recipient_key) ?? subject;
    const full = await mailboxFullUntil(trx, { mailbox, part: 'outsiders' }, policy.limits, now);
    const live = await lockAccount(trx, keyring, personKey, now);
    const holds = await holdsAddress(trx, personKey, [emailKey]);
    const open =
      live?.emailKey.equals(emailKey) === true &&
      (live.status === 'active' || !policy.contact.uniqueEmail || holds);
    const leaves = open && (full === null || notice.by_owner);
    const link = {
      personKey,
      purpose: 'password-reset',
      secret: { ...secret, codeHash: null },
      deadAt,
    } as const;
    await issueConfirmationAlike(trx, link, { leaves }, now);
    await queueNoticeAlike(trx, jobs, notice, { leaves });
  });
}

/**
 * The counter of a request that seems to be the owner’s. Each known browser of the account has its own, since others
 * may know the address; all requests that give the address share one. Null for any other request.
 */
async function ownerCounter(
  { db, keyring }: Pick<Services, 'db' | 'keyring'>,
  { email, device, now }: ResetDemand,
  subject: Buffer,
  account: Account | null,
): Promise<Buffer | null> {
  const known = await knownDevice(db, account?.personKey ?? subject, device, now);
  const typed = email ? emailKeys(keyring, email.canonical) : [];
  const named = typed.some((key) => key.equals(account?.emailKey ?? Buffer.alloc(0)));
  if (known?.withPassword) return fingerprint(keyring, 'known-device', subject, known.tokenHash);
  return named ? subject : null;
}
