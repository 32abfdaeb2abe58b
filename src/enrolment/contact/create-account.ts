import type { Kysely } from 'kysely';
import type { OpenDossier } from '#src/access/who.ts';
import type { Account, Contact } from '#src/accounts/account.ts';
import { type ConsentAnswer, storeConsents, storeTermsAcceptance } from '#src/accounts/consents.ts';
import { releaseAddress } from '#src/accounts/email-claim.ts';
import { franceConnectLinked, linkSubject, unlinkSubject } from '#src/accounts/franceconnect-link.ts';
import { lockStanding } from '#src/accounts/lock-account.ts';
import { storePending } from '#src/accounts/store-pending.ts';
import type { Actor } from '#src/audit/actor.ts';
import { record } from '#src/audit/record.ts';
import { confirmationDeadlines, nextReminder } from '#src/confirmations/deadlines.ts';
import { supersedeChanges } from '#src/confirmations/store.ts';
import { beginPassword } from '#src/credentials/password.ts';
import { emailKey } from '#src/crypto/keyring.ts';
import { allOrNothing } from '#src/database/all-or-nothing.ts';
import type { Database } from '#src/database/tables.ts';
import { closeDossier } from '#src/dossiers/dossier.ts';
import { type ReadAddress, sendConfirmation } from '#src/enrolment/confirmation/send-confirmation.ts';
import { accountCreated } from '#src/enrolment/events.ts';
import type { Answers } from '#src/journey/answers.ts';
import { completed } from '#src/journey/journey.ts';
import { mailboxFullUntil } from '#src/notices/mailbox-limit.ts';
import { queueNotice } from '#src/notices/notice.ts';
import { ownerNotice } from '#src/notices/owner-notice.ts';
import { creationNotice } from '#src/ownership/creation-notice.ts';
import { reclaimFrozen } from '#src/ownership/reclaim.ts';
import { consentText } from '#src/page-parts/contact/consents.ts';
import type { ConsentPurpose } from '#src/policy/schema.ts';
import type { Services } from '#src/services.ts';
import { actorOf } from '#src/sessions/actor.ts';
import { continueSession, endSession, holdSession, type IssuedToken } from '#src/sessions/change-session.ts';
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
 * Ends the enrolment: creates the account of a complete dossier, in one transaction.
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
  const actor = actorOf(session);
  const deadlines = confirmationDeadlines(policy.confirmation, now);
  const created = await allOrNothing(db, async (trx): Promise<AccountCreation | null> => {
    const mailbox = { mailbox: emailKey(keyring, email.limiterKey), part: 'proven' } as const;
    const fullUntil = await mailboxFullUntil(trx, mailbox, policy.limits, now);
    if (fullUntil) return { kind: 'mailbox-full', until: fullUntil };
    const standing = await lockStanding(trx, keyring, personKey);
    if (!(await holdSession(trx, session)) || !(await closeDossier(trx, dossier, now))) return null;

    const frozen = await reclaimFrozen(trx, standing, dossier, now);
    const before = frozen ? null : (standing?.account ?? null);
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
    const stored = frozen === 'refused' ? null : await storePending(trx, keyring, account, before, now);
    if (stored?.kind !== 'stored') {
      if (stored && frozen) throw new Error('A frozen account was deleted without a new one in its place');
      await endSession(trx, session);
      return { kind: 'other-dossier' };
    }
    const { freedKey } = stored;
    if (freedKey && !freedKey.equals(account.emailKey)) await releaseAddress(trx, personKey, freedKey);
    await supersedeChanges(trx, personKey, now);
    await beginPassword(trx, personKey, { id: random.uuid(), hash: password.hash }, now);
    await storeConsents(trx, personKey, consentsOf(services, details), language, now);
    await storeTermsAcceptance(trx, personKey, random.uuid(), terms);
    const { linkDeadAt: deadAt, pendingUntil } = deadlines;
    const message = { personKey, email, language, kind: 'activation', deadAt, pendingUntil } as const;
    await sendConfirmation(trx, services, message, now);
    const creation = creationNotice(
      services,
      { personKey, reachable: identity.reachable, typedEmail: email.address, language },
      now,
    );
    if (creation) await queueNotice(trx, jobs, creation);
    const waiting = { session, power: { kind: 'waiting' }, others: 'waiting' } as const;
    const issued = await continueSession(trx, { keyring }, waiting, now);
    // The audit trail comes last: what ends a session of this person also locks the session first, then the trail.
    await record(trx, accountCreated, { person: personKey, actor, at: now, details: { route: proof.route } });
    await linkProven(trx, { personKey, proof, actor }, now);
    if (frozen && frozen !== 'refused') await notifyFormerAddress(trx, services, frozen, now);
    return issued && { kind: 'created', issued, replaced: frozen !== null };
  });
  return created ?? { kind: 'overtaken' };
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

interface Proven {
  readonly personKey: Buffer;
  readonly proof: NonNullable<Answers['proof']>;
  readonly actor: Actor;
}

/**
 * Links the account with the FranceConnect subject that proved the person’s identity, and with no older one. A subject
 * that is linked with another person’s live account stays theirs: the new account then opens by its password only.
 */
async function linkProven(
  trx: Kysely<Database>,
  { personKey, proof, actor }: Proven,
  now: Date,
): Promise<void> {
  await unlinkSubject(trx, personKey);
  if (proof.route !== 'franceconnect') return;
  const linked = await linkSubject(trx, personKey, Buffer.from(proof.subject, 'hex'), now);
  if (linked) await record(trx, franceConnectLinked, { person: personKey, actor, at: now });
}

async function notifyFormerAddress(
  trx: Kysely<Database>,
  services: Pick<Services, 'keyring' | 'random' | 'jobs'>,
  frozen: Account,
  now: Date,
): Promise<void> {
  const address = { address: frozen.contact.email };
  await queueNotice(trx, services.jobs, ownerNotice(services, frozen, 'account-reclaimed', address, now));
}
