import type { Kysely } from 'kysely';
import type { SignedIn } from '#src/access/who.ts';
import {
  franceConnectLinked,
  linkingSubject,
  makeWayForLink,
  takingSubject,
  unlinkingSubject,
} from '#src/accounts/franceconnect-link.ts';
import { holdingActive, lockAccount } from '#src/accounts/lock-account.ts';
import { recording } from '#src/audit/record.ts';
import { forgettingDevicesWithoutPassword } from '#src/credentials/known-devices.ts';
import { allOrNothing } from '#src/database/all-or-nothing.ts';
import { also, atOnce, required, requiredSelect, type Write } from '#src/database/at-once.ts';
import type { Database } from '#src/database/tables.ts';
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
 * continues under a new token. One statement, unless the subject was another person’s or the account has another link:
 * then a transaction settles that first.
 */
export async function linkAccount(
  services: Pick<Services, 'db' | 'keyring' | 'random' | 'jobs'>,
  { session, account }: SignedIn,
  subject: Buffer,
  now: Date,
  /** What is written of the proof with it. */
  passed: readonly Write[] = [],
): Promise<Linking> {
  const { db, keyring, jobs } = services;
  const { personKey, contact } = account;
  const { writes, issued } = continuingSession(db, { keyring }, { session }, now);
  const notice = changeNotice(services, account, 'franceconnect-linked', contact.email, now);
  const link = async (on: Kysely<Database>): Promise<Linking | null> => {
    const isLinked = await atOnce(on, [
      requiredSelect(holdingActive(on, account)),
      ...writes,
      required(takingSubject(on, personKey, subject)),
      required(linkingSubject(on, personKey, subject, now)),
      ...passed,
      ...(await queueingNotices(on, jobs, [notice])),
      recording(on, franceConnectLinked, { person: personKey, actor: { kind: 'person' }, at: now }),
    ]);
    return isLinked ? { kind: 'linked', issued } : null;
  };
  const inTransaction = async (trx: Kysely<Database>): Promise<Linking | null> => {
    const isActive = (await lockAccount(trx, keyring, personKey, now))?.status === 'active';
    if (!isActive || !(await holdSession(trx, session))) return null;
    return (await makeWayForLink(trx, personKey, subject, now)) ? link(trx) : { kind: 'linked-elsewhere' };
  };
  return (await link(db)) ?? (await allOrNothing(db, inTransaction)) ?? { kind: 'gone' };
}

/**
 * Unlinks the active account of the person who is signed in from the subject that it is linked to, with its audit event and
 * a mail to its owner, and ends the other sessions: FranceConnect may have opened them. This one continues under a new
 * token. Null, with nothing written, when it has ended, or when the account or its link is no longer as it was.
 *
 * The account is locked first: one statement would not see the session of a sign-in that it waited for.
 */
export async function unlinkAccount(
  services: Pick<Services, 'db' | 'keyring' | 'random' | 'jobs'>,
  { account, session }: SignedIn,
  linkedTo: Buffer | null,
  now: Date,
): Promise<IssuedToken | null> {
  const { db, keyring, jobs } = services;
  const { personKey } = account;
  return allOrNothing(db, async (trx) => {
    const held = await trx.executeQuery(holdingActive(trx, account).compile());
    if (held.rows.length === 0) return null;
    const { writes, issued } = continuingSession(trx, { keyring }, { session, others: 'all' }, now);
    const notice = changeNotice(services, account, 'franceconnect-unlinked', account.contact.email, now);
    const unlinking = linkedTo && [
      ...unlinkingSubject(trx, personKey, linkedTo),
      also(forgettingDevicesWithoutPassword(trx, personKey)),
      ...(await queueingNotices(trx, jobs, [notice])),
      recording(trx, franceConnectUnlinked, { person: personKey, actor: { kind: 'person' }, at: now }),
    ];
    return (await atOnce(trx, [...writes, ...(unlinking ?? [])])) ? issued : null;
  });
}
