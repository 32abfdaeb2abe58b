import type { Insertable, Kysely } from 'kysely';
import type { OpenDossier } from '#src/access/who.ts';
import type { Account, Contact } from '#src/accounts/account.ts';
import { type ConsentAnswer, storingConsents, storingTermsAcceptance } from '#src/accounts/consents.ts';
import { releaseAddress } from '#src/accounts/email-claim.ts';
import {
  franceConnectLinked,
  linkingSubject,
  takeSubject,
  unlinkSubject,
} from '#src/accounts/franceconnect-link.ts';
import { lockStanding } from '#src/accounts/lock-account.ts';
import { mayReplace, storingPending } from '#src/accounts/store-pending.ts';
import { recording } from '#src/audit/record.ts';
import { confirmationDeadlines, nextReminder } from '#src/confirmations/deadlines.ts';
import { supersedingChanges } from '#src/confirmations/store.ts';
import { beginningPassword, forgetCredentials } from '#src/credentials/password.ts';
import { emailKey } from '#src/crypto/keyring.ts';
import { allOrNothing } from '#src/database/all-or-nothing.ts';
import { also, atOnce, required } from '#src/database/at-once.ts';
import type { Database, NoticeTable } from '#src/database/tables.ts';
import { closingDossier, hasChanged } from '#src/dossiers/dossier.ts';
import { prepareConfirmation, type ReadAddress } from '#src/enrolment/confirmation/send-confirmation.ts';
import { accountCreated } from '#src/enrolment/events.ts';
import type { Answers } from '#src/journey/answers.ts';
import { completed } from '#src/journey/journey.ts';
import { mailboxFullUntil } from '#src/notices/mailbox-limit.ts';
import { queueingNotices } from '#src/notices/notice.ts';
import { ownerNotice } from '#src/notices/owner-notice.ts';
import { creationNotice } from '#src/ownership/creation-notice.ts';
import { reclaimFrozen } from '#src/ownership/reclaim.ts';
import { consentText } from '#src/page-parts/contact/consents.ts';
import type { ConsentPurpose } from '#src/policy/schema.ts';
import type { Services } from '#src/services.ts';
import { actorOf } from '#src/sessions/actor.ts';
import { continuingSession, endSession, type IssuedToken } from '#src/sessions/change-session.ts';
import { languageOf, type Voice } from '#src/texts/language.ts';

/** The answers of the last step. */
export interface ContactDetails {
  readonly email: ReadAddress;
  readonly telephones: { readonly portable: string | null; readonly fixe: string | null };
  /** One for each consent that the policy includes. */
  readonly consents: readonly { readonly purpose: ConsentPurpose; readonly answer: boolean }[];
  readonly voice: Voice;
  /** The hash of the browser (`rememberDevice`); null without one. */
  readonly createdIn: Buffer | null;
}

export type AccountCreation =
  /** `replaced`: a frozen account of this person was deleted. */
  | { readonly kind: 'created'; readonly issued: IssuedToken; readonly replaced: boolean }
  /** A concurrent dossier of this person was faster: its account is not this session’s, which ends. */
  | { readonly kind: 'other-dossier' }
  /** The mail to confirm the address would be withheld: nothing was created or replaced. */
  | { readonly kind: 'mailbox-full'; readonly until: Date }
  /** A concurrent form of this dossier was faster: nothing changed. */
  | { readonly kind: 'overtaken' };

/**
 * Ends the enrolment: creates the account of a complete dossier, in one transaction. What it depends on is locked first;
 * then everything is written at once, or nothing.
 *
 * There is one account per person and one per address. If another account holds the address, the outcome looks the same:
 * the account is created without it, and the mail explains this to the owner of the address. A frozen account is deleted
 * if the proof suffices and is later (`reclaimFrozen`), and its address gets a mail; a pending account created before
 * this proof is replaced with its password, address, links and sessions.
 *
 * The session waits, under a new token, for the address to be confirmed; other waiting sessions of the person end.
 */
export async function createAccount(
  services: Pick<Services, 'db' | 'keyring' | 'random' | 'jobs' | 'policy' | 'channels'>,
  { session, dossier }: OpenDossier,
  details: ContactDetails,
  now: Date,
): Promise<AccountCreation> {
  const { db, keyring, random, jobs, policy } = services;
  const { personKey, answers } = dossier;
  const { identity, proof, terms, password } = completed(answers);
  const { email } = details;
  const language = languageOf(details.voice);
  const event = { person: personKey, actor: actorOf(session), at: now };
  const deadlines = confirmationDeadlines(policy.confirmation, now);
  const created = await allOrNothing(db, async (trx): Promise<AccountCreation | null> => {
    const mailbox = { mailbox: emailKey(keyring, email.limiterKey), part: 'proven' } as const;
    const fullUntil = await mailboxFullUntil(trx, mailbox, policy.limits, now);
    if (fullUntil) return { kind: 'mailbox-full', until: fullUntil };
    // An account that began since this request did is another dossier’s: storing this one then changes no row.
    const standing = session.account ? await lockStanding(trx, keyring, personKey) : null;
    const frozen = await reclaimFrozen(trx, standing, dossier, now);
    const before = frozen ? null : (standing?.account ?? null);
    if (frozen === 'refused' || (before && !mayReplace(before, proof, now))) return null;

    const account = {
      personKey,
      contact: contactOf(identity, details),
      emailKey: emailKey(keyring, email.canonical),
      language,
      caisseCode: identity.caisse,
      proof,
      ...deadlines,
      nextReminderAt: nextReminder(policy.confirmation.reminderDays, now, now),
      createdIn: details.createdIn,
    };
    if (before) await clearReplaced(trx, before, account);
    const { linkDeadAt: deadAt, pendingUntil } = deadlines;
    const message = { personKey, email, language, kind: 'activation', deadAt, pendingUntil } as const;
    const confirmation = await prepareConfirmation(trx, services, message, now);
    const known = { personKey, reachable: identity.reachable, typedEmail: email.address, language };
    const creation = creationNotice(services, known, now);
    const reclaimed = frozen && formerAddressNotice(services, frozen, now);
    const notices = [confirmation.notice, creation, reclaimed].filter((row) => row !== null);
    const subject = await takeProven(trx, personKey, proof, now);
    const waiting = { session, power: { kind: 'waiting' }, others: 'waiting' } as const;
    const continued = continuingSession(trx, { keyring }, waiting, now);
    const isStored = await atOnce(trx, [
      required(storingPending(trx, keyring, account, { replaces: before !== null }, now)),
      also(beginningPassword(trx, personKey, { id: random.uuid(), hash: password.hash }, now)),
      ...storingConsents(trx, personKey, consentsOf(services, details), language, now),
      also(storingTermsAcceptance(trx, personKey, random.uuid(), terms)),
      ...continued.writes,
      required(closingDossier(trx, dossier, now)),
      ...confirmation.writes,
      ...(before ? [also(supersedingChanges(trx, personKey, now))] : []),
      ...(subject ? [also(linkingSubject(trx, personKey, subject, now))] : []),
      ...(await queueingNotices(trx, jobs, notices)),
      // The audit trail comes last: what ends a session of this person also locks the session first, then the trail.
      also(recording(trx, accountCreated, { ...event, details: { route: proof.route } })),
      ...(subject ? [also(recording(trx, franceConnectLinked, event))] : []),
    ]);
    return isStored ? { kind: 'created', issued: continued.issued, replaced: frozen !== null } : null;
  });
  return created ?? whyNot(db, { session, dossier });
}

function contactOf(
  { nir, registeredBirthDate: birthDate, names }: Answers['identity'],
  { email, telephones }: ContactDetails,
): Contact {
  return { email: email.address, ...telephones, nir, birthDate, names };
}

/** Each answer with the exact text that was shown. */
function consentsOf(
  { random, policy }: Pick<Services, 'random' | 'policy'>,
  { consents, voice }: ContactDetails,
): readonly ConsentAnswer[] {
  return consents.map(({ purpose, answer }) => ({
    id: random.uuid(),
    purpose,
    answer,
    ...consentText(purpose, policy.wording.contact, voice),
  }));
}

/** Deletes what opened the account that is replaced: another person may have created it. */
async function clearReplaced(
  trx: Kysely<Database>,
  before: Account,
  { personKey, emailKey: newKey }: Pick<Account, 'personKey' | 'emailKey'>,
): Promise<void> {
  await forgetCredentials(trx, personKey);
  await unlinkSubject(trx, personKey);
  if (!before.emailKey.equals(newKey)) await releaseAddress(trx, personKey, before.emailKey);
}

/**
 * The FranceConnect subject that proved the person’s identity, to be linked with the account. Null where there is none,
 * or where it is linked with another person’s live account and stays theirs: the new account then opens by its password
 * only.
 */
async function takeProven(
  trx: Kysely<Database>,
  personKey: Buffer,
  proof: NonNullable<Answers['proof']>,
  now: Date,
): Promise<Buffer | null> {
  if (proof.route !== 'franceconnect') return null;
  const subject = Buffer.from(proof.subject, 'hex');
  return (await takeSubject(trx, personKey, subject, now)) ? subject : null;
}

function formerAddressNotice(
  services: Pick<Services, 'keyring' | 'random'>,
  frozen: Account,
  now: Date,
): Insertable<NoticeTable> {
  return ownerNotice(services, frozen, 'account-reclaimed', { address: frozen.contact.email }, now);
}

/** Why nothing was created: another form of this dossier or session was faster, or another dossier of the person. */
async function whyNot(db: Kysely<Database>, { session, dossier }: OpenDossier): Promise<AccountCreation> {
  const isOvertaken = (await hasChanged(db, dossier)) || !(await endSession(db, session));
  return { kind: isOvertaken ? 'overtaken' : 'other-dossier' };
}
