import type { SignedIn } from '#src/access/who.ts';
import { franceConnectLinked, linkSubject, unlinkingSubject } from '#src/accounts/franceconnect-link.ts';
import { holdingActive, lockAccount } from '#src/accounts/lock-account.ts';
import { recording } from '#src/audit/record.ts';
import { forgettingDevicesWithoutPassword } from '#src/credentials/known-devices.ts';
import { also, atOnce, requiredSelect } from '#src/database/at-once.ts';
import { franceConnectUnlinked } from '#src/franceconnect/events.ts';
import { queueingNotices } from '#src/notices/notice.ts';
import { changeNotice } from '#src/ownership/change-notice.ts';
import type { Services } from '#src/services.ts';
import { continuingSession, holdSession, type IssuedToken } from '#src/sessions/change-session.ts';

/** `gone`: the account is no longer active, or the session has ended. */
export type Linking =
  | { readonly kind: 'linked'; readonly issued: IssuedToken }
  | { readonly kind: 'linked-elsewhere' | 'gone' };

/**
 * Links the active account of the person who is signed in, with its audit event and a mail to its owner; the session
 * continues under a new token.
 */
export async function linkAccount(
  services: Pick<Services, 'db' | 'keyring' | 'random' | 'jobs'>,
  { session, account: { personKey } }: SignedIn,
  subject: Buffer,
  now: Date,
): Promise<Linking> {
  const { db, keyring, jobs } = services;
  return db.transaction().execute(async (trx) => {
    const account = await lockAccount(trx, keyring, personKey, now);
    if (account?.status !== 'active' || !(await holdSession(trx, session))) return { kind: 'gone' };
    const { email: address } = account.contact;
    const notice = changeNotice(services, account, 'franceconnect-linked', address, now);
    if (!(await linkSubject(trx, personKey, subject, now))) return { kind: 'linked-elsewhere' };
    const { writes, issued } = continuingSession(trx, { keyring }, { session }, now);
    const isDone = await atOnce(trx, [
      ...writes,
      ...(await queueingNotices(trx, jobs, [notice])),
      recording(trx, franceConnectLinked, { person: personKey, actor: { kind: 'person' }, at: now }),
    ]);
    return isDone ? { kind: 'linked', issued } : { kind: 'gone' };
  });
}

/**
 * Unlinks the active account of the person who is signed in from the subject that it is linked to, with its audit event and
 * a mail to its owner, and ends the other sessions: FranceConnect may have opened them. This one continues under a new
 * token. Null, with nothing written, when it has ended, or when the account or its link is no longer as it was.
 */
export async function unlinkAccount(
  services: Pick<Services, 'db' | 'keyring' | 'random' | 'jobs'>,
  { account, session }: SignedIn,
  linkedTo: Buffer | null,
  now: Date,
): Promise<IssuedToken | null> {
  const { db, keyring, jobs } = services;
  const { personKey } = account;
  const { writes, issued } = continuingSession(db, { keyring }, { session, others: 'all' }, now);
  const notice = changeNotice(services, account, 'franceconnect-unlinked', account.contact.email, now);
  const unlinking = linkedTo && [
    ...unlinkingSubject(db, personKey, linkedTo),
    also(forgettingDevicesWithoutPassword(db, personKey)),
    ...(await queueingNotices(db, jobs, [notice])),
    recording(db, franceConnectUnlinked, { person: personKey, actor: { kind: 'person' }, at: now }),
  ];
  const isDone = await atOnce(db, [
    requiredSelect(holdingActive(db, account)),
    ...writes,
    ...(unlinking ?? []),
  ]);
  return isDone ? issued : null;
}
