import type { Insertable, Kysely } from 'kysely';
import type { OpenDossier } from '#src/access/who.ts';
import type { Account, Contact } from '#src/accounts/account.ts';
import { type ConsentAnswer, storingConsents, storingTermsAcceptance } from '#src/accounts/consents.ts';
import { claimingAddress, isHeldByAnother, releaseAddress } from '#src/accounts/email-claim.ts';
import {
  franceConnectLinked,
  linkingSubject,
  takeSubject,
  takingSubject,
  unlinkSubject,
} from '#src/accounts/franceconnect-link.ts';
import { lockStanding } from '#src/accounts/lock-account.ts';
import { mayReplace, type NewPendingAccount, storingPending } from '#src/accounts/store-pending.ts';
import { recording } from '#src/audit/record.ts';
import { confirmationDeadlines, nextReminder } from '#src/confirmations/deadlines.ts';
import { supersedingChanges } from '#src/confirmations/store.ts';
import { beginningPassword, forgetCredentials } from '#src/credentials/password.ts';
import { emailKey } from '#src/crypto/keyring.ts';
import { allOrNothing } from '#src/database/all-or-nothing.ts';
import { also, atOnce, required } from '#src/database/at-once.ts';
import type { Database, NoticeTable } from '#src/database/tables.ts';
import { closingDossier, hasChanged } from '#src/dossiers/dossier.ts';
import {
  type Confirmation,
  type ConfirmationMessage,
  confirmationClaim,
  confirmationTo,
  prepareConfirmation,
  type ReadAddress,
} from '#src/enrolment/confirmation/send-confirmation.ts';
import { accountCreated } from '#src/enrolment/events.ts';
import type { Answers } from '#src/journey/answers.ts';
import { completed } from '#src/journey/journey.ts';
import { type Mailbox, mailboxFullUntil, mailboxOpen } from '#src/notices/mailbox-limit.ts';
import { queueingNotices } from '#src/notices/notice.ts';
import { ownerNotice } from '#src/notices/owner-notice.ts';
import { creationNotice } from '#src/ownership/creation-notice.ts';
import { reclaimFrozen } from '#src/ownership/reclaim.ts';
import { consentText } from '#src/page-parts/contact/consents.ts';
import type { ConsentPurpose } from '#src/policy/schema.ts';
import type { Services } from '#src/services.ts';
import { actorOf } from '#src/sessions/actor.ts';
import {
  continuingSession,
  endSession,
  type IssuedToken,
  type Issuing,
} from '#src/sessions/change-session.ts';
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

type Needs = Pick<Services, 'db' | 'keyring' | 'random' | 'jobs' | 'policy' | 'channels'>;

/**
 * Ends the enrolment: creates the account of a complete dossier. Everything is written, or nothing: usually in one
 * statement, which requires that nothing stands in the way; otherwise in a transaction that first locks what does.
 *
 * There is one account per person and one per address. If another account holds the address, the outcome looks the same:
 * the account is created without it, and the mail explains this to the owner of the address. A frozen account is deleted
 * if the proof suffices and is later (`reclaimFrozen`), and its address gets a mail; a pending account created before
 * this proof is replaced with its password, address, links and sessions.
 *
 * The session waits, under a new token, for the address to be confirmed; other waiting sessions of the person end.
 */
export async function createAccount(
  services: Needs,
  { session, dossier }: OpenDossier,
  details: ContactDetails,
  now: Date,
): Promise<AccountCreation> {
  const creation = prepare(services, { session, dossier }, details, now);
  const created =
    (session.account ? null : await createInOneStatement(services, creation, now)) ??
    (await allOrNothing(services.db, (trx) => createInTransaction(trx, services, creation, now)));
  return created ?? whyNot(services.db, { session, dossier });
}

/** What is known before the database is asked. */
interface Creation extends OpenDossier {
  readonly details: ContactDetails;
  readonly account: NewPendingAccount;
  readonly message: ConfirmationMessage;
  readonly mailbox: Mailbox;
}

function prepare(
  { keyring, policy }: Needs,
  { session, dossier }: OpenDossier,
  details: ContactDetails,
  now: Date,
): Creation {
  const { personKey, answers } = dossier;
  const { identity, proof } = completed(answers);
  const { email } = details;
  const language = languageOf(details.voice);
  const deadlines = confirmationDeadlines(policy.confirmation, now);
  const { linkDeadAt: deadAt, pendingUntil } = deadlines;
  return {
    session,
    dossier,
    details,
    account: {
      personKey,
      contact: contactOf(identity, details),
      emailKey: emailKey(keyring, email.canonical),
      language,
      caisseCode: identity.caisse,
      proof,
      ...deadlines,
      nextReminderAt: nextReminder(policy.confirmation.reminderDays, now, now),
      createdIn: details.createdIn,
    },
    message: { personKey, email, language, kind: 'activation', deadAt, pendingUntil },
    mailbox: { mailbox: emailKey(keyring, email.limiterKey), part: 'proven' },
  };
}

/** The first account of a person, in one statement; null, with nothing written, when something stands in its way. */
async function createInOneStatement(
  services: Needs,
  creation: Creation,
  now: Date,
): Promise<AccountCreation | null> {
  const { db, keyring, policy } = services;
  const { dossier, message, mailbox } = creation;
  const claim = confirmationClaim(keyring, message);
  const isTaken = policy.contact.uniqueEmail && (await isHeldByAnother(db, claim, now));
  const claims = policy.contact.uniqueEmail && !isTaken;
  const subject = provenSubject(completed(dossier.answers).proof);
  const confirmation = confirmationTo(db, services, message, { isHeld: !isTaken }, now);
  const found = { before: null, frozen: null, confirmation, subject };
  const { writes, issued } = await creating(db, services, creation, found, now);
  const isStored = await atOnce(db, [
    mailboxOpen(db, mailbox, policy.limits, now),
    ...(claims ? [required(claimingAddress(db, claim, now))] : []),
    ...(subject ? [required(takingSubject(db, dossier.personKey, subject))] : []),
    ...writes,
  ]);
  return isStored ? { kind: 'created', issued, replaced: false } : null;
}

/** Where something may stand in the way: another account of the person, a full mailbox, an address just taken. */
async function createInTransaction(
  trx: Kysely<Database>,
  services: Needs,
  creation: Creation,
  now: Date,
): Promise<AccountCreation | null> {
  const { keyring, policy } = services;
  const { session, dossier, account, message } = creation;
  const { personKey, proof } = account;
  const fullUntil = await mailboxFullUntil(trx, creation.mailbox, policy.limits, now);
  if (fullUntil) return { kind: 'mailbox-full', until: fullUntil };
  // An account that began since this request did is another dossier’s: storing this one then changes no row.
  const standing = session.account ? await lockStanding(trx, keyring, personKey) : null;
  const frozen = await reclaimFrozen(trx, standing, dossier, now);
  const before = frozen ? null : (standing?.account ?? null);
  if (frozen === 'refused' || (before && !mayReplace(before, proof, now))) return null;
  if (before) await clearReplaced(trx, before, account);
  const confirmation = await prepareConfirmation(trx, services, message, now);
  const subject = await takeProven(trx, personKey, completed(dossier.answers).proof, now);
  const found = { before, frozen, confirmation, subject };
  const { writes, issued } = await creating(trx, services, creation, found, now);
  return (await atOnce(trx, writes)) ? { kind: 'created', issued, replaced: frozen !== null } : null;
}

/** What the database has of the person, their address and their subject, each locked or required. */
interface Found {
  /** Replaced. */
  readonly before: Account | null;
  /** Deleted. */
  readonly frozen: Account | null;
  readonly confirmation: Confirmation;
  /** Taken for the person, to be linked. */
  readonly subject: Buffer | null;
}

async function creating(
  db: Kysely<Database>,
  services: Needs,
  { session, dossier, details, account }: Creation,
  { before, frozen, confirmation, subject }: Found,
  now: Date,
): Promise<Issuing> {
  const { keyring, random, jobs } = services;
  const { personKey, language } = account;
  const { identity, proof, terms, password } = completed(dossier.answers);
  const event = { person: personKey, actor: actorOf(session), at: now };
  const known = { personKey, reachable: identity.reachable, typedEmail: details.email.address, language };
  const creation = creationNotice(services, known, now);
  const reclaimed = frozen && formerAddressNotice(services, frozen, now);
  const notices = [confirmation.notice, creation, reclaimed].filter((row) => row !== null);
  const waiting = { session, power: { kind: 'waiting' }, others: 'waiting' } as const;
  const { writes: continued, issued } = continuingSession(db, { keyring }, waiting, now);
  const writes = [
    required(storingPending(db, keyring, account, { replaces: before !== null }, now)),
    also(beginningPassword(db, personKey, { id: random.uuid(), hash: password.hash }, now)),
    ...storingConsents(db, personKey, consentsOf(services, details), language, now),
    also(storingTermsAcceptance(db, personKey, random.uuid(), terms)),
    ...continued,
    required(closingDossier(db, dossier, now)),
    ...confirmation.writes,
    ...(before ? [also(supersedingChanges(db, personKey, now))] : []),
    ...(subject ? [required(linkingSubject(db, personKey, subject, now))] : []),
    ...(await queueingNotices(db, jobs, notices)),
    // The audit trail comes last: what ends a session of this person also locks the session first, then the trail.
    recording(db, accountCreated, { ...event, details: { route: proof.route } }),
    ...(subject ? [recording(db, franceConnectLinked, event)] : []),
  ];
  return { writes, issued };
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

type Proof = NonNullable<Answers['proof']>;

/** The FranceConnect subject that proved the person’s identity, to be linked with the account; null without one. */
function provenSubject(proof: Proof): Buffer | null {
  return proof.route === 'franceconnect' ? Buffer.from(proof.subject, 'hex') : null;
}

/**
 * Takes the subject that proved the person’s identity. Null where there is none, or where it is linked with another
 * person’s live account and stays theirs: the new account then opens by its password only.
 */
async function takeProven(
  trx: Kysely<Database>,
  personKey: Buffer,
  proof: Proof,
  now: Date,
): Promise<Buffer | null> {
  const subject = provenSubject(proof);
  return subject && (await takeSubject(trx, personKey, subject, now)) ? subject : null;
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
