import type { Kysely } from 'kysely';
import { sessionCookie } from '#src/access/session-cookie.ts';
import type { OpenDossier } from '#src/access/who.ts';
import { type Account, endsEnrolment, isLive } from '#src/accounts/account.ts';
import { findLiveAccount } from '#src/accounts/find-account.ts';
import { recording } from '#src/audit/record.ts';
import type { RightCode } from '#src/codes/try.ts';
import { usingCode } from '#src/codes/use-code.ts';
import { allOrNothing } from '#src/database/all-or-nothing.ts';
import { atOnce, required, type Write } from '#src/database/at-once.ts';
import type { Database } from '#src/database/tables.ts';
import { savingAnswers } from '#src/dossiers/dossier.ts';
import { beginDossier } from '#src/enrolment/begin-dossier.ts';
import { proofAccepted } from '#src/enrolment/events.ts';
import { toExistingAccount } from '#src/enrolment/existing-account.ts';
import type { Answers } from '#src/journey/answers.ts';
import { answer, currentPath } from '#src/journey/journey.ts';
import { queueingNotices } from '#src/notices/notice.ts';
import { ownerNotice } from '#src/notices/owner-notice.ts';
import { recordFrozenMet } from '#src/ownership/reclaim.ts';
import { mayReclaim } from '#src/ownership/rules.ts';
import { paths } from '#src/paths.ts';
import { codeAccepted } from '#src/provisional-code/events.ts';
import { findInsured } from '#src/register/store.ts';
import type { Services } from '#src/services.ts';
import { continuingSession, holdSession } from '#src/sessions/change-session.ts';
import type { Session } from '#src/sessions/session.ts';
import { type Answer, redirect } from '#src/web/page.ts';

const person = { kind: 'person' } as const;

export interface CodeEntry {
  readonly nir: string;
  readonly code: RightCode;
  /** The session of the browser before. */
  readonly session: Session | null;
  /** `PageRequest.once`: if the form was sent twice, both answers open the same session. */
  readonly once: Buffer;
  readonly now: Date;
}

/**
 * Uses a right code, once, and together with that gives its proof to the dossier of this browser, or opens a new
 * dossier. Leads to the terms, or to the account that exists already. Null when the code was used or superseded since it
 * was tried.
 *
 * A dossier that was changed since its form was shown keeps its answers: the code opens a new one then.
 */
export async function enterByCode(services: Services, entry: CodeEntry): Promise<Answer | null> {
  const { db, keyring } = services;
  const { nir, code, session, once, now } = entry;
  const own = ownEnrolment(session, code.personKey);
  const account = own
    ? live(own.session.account, now)
    : await findLiveAccount(db, keyring, code.personKey, now);
  if (account && endsEnrolment(account)) return endAtAccount(services, entry, account);
  const proof: CodeProof = { route: 'code-provisoire', at: now.toISOString(), channel: code.channel };
  if (account?.status === 'frozen' && !mayReclaim(proof)) return endAtFrozen(services, entry);
  const proved = own && (await proveDossier(services, own, { code, proof }, now));
  if (proved) return proved;
  const found = await findInsured(db, keyring, nir);
  if (!found) return null;
  return allOrNothing(db, async (trx) => {
    // Locks the session before the code and the audit chain, as `proveDossier` does.
    if (session) await holdSession(trx, session);
    if (!(await atOnce(trx, acceptingCode(trx, code, now)))) return null;
    const beginning = { form: null, found, proof, older: session, once, now };
    return beginDossier({ ...services, db: trx }, beginning);
  });
}

type CodeProof = NonNullable<Answers['proof']> & { readonly route: 'code-provisoire' };

/** The dossier of this browser, if it belongs to the person and lacks only the proof. */
function ownEnrolment(session: Session | null, personKey: Buffer): OpenDossier | null {
  const dossier = session?.kind === 'enrolment' ? session.dossier : null;
  if (!session || !dossier?.personKey.equals(personKey)) return null;
  return dossier.answers.proof === null && dossier.answers.identity.mayEnrol ? { session, dossier } : null;
}

function live(account: Account | null | undefined, now: Date): Account | null {
  return account && isLive(account, now) ? account : null;
}

/** Uses the code. */
function acceptingCode(
  db: Kysely<Database>,
  { personKey, id, channel }: RightCode,
  now: Date,
): readonly Write[] {
  const event = { person: personKey, actor: person, at: now, details: { channel } };
  return [...usingCode(db, { personKey, id }, now), recording(db, codeAccepted, event)];
}

/** Uses the code and gives its proof to the dossier and its session; null, with nothing changed, if one has changed. */
async function proveDossier(
  { db, keyring }: Pick<Services, 'db' | 'keyring'>,
  { session, dossier }: OpenDossier,
  { code, proof }: { readonly code: RightCode; readonly proof: CodeProof },
  now: Date,
): Promise<Answer | null> {
  const answers = answer(dossier.answers, { proof });
  const { route, channel } = proof;
  const { writes, issued } = continuingSession(db, { keyring }, { session }, now);
  const event = { person: dossier.personKey, actor: person, at: now, details: { route, channel } };
  const isDone = await atOnce(db, [
    ...writes,
    required(savingAnswers(keyring, dossier, answers, now)),
    ...acceptingCode(db, code, now),
    recording(db, proofAccepted, event),
  ]);
  return isDone ? redirect(currentPath(answers), sessionCookie(issued)) : null;
}

/** An account was opened by another route meanwhile: its owner gets a mail, as after any proof. */
async function endAtAccount(services: Services, entry: CodeEntry, account: Account): Promise<Answer | null> {
  const { db, jobs } = services;
  const { code, session, now } = entry;
  const own = ownEnrolment(session, code.personKey);
  const notice = ownerNotice(services, account, 'account-exists', { address: account.contact.email }, now);
  const accepted = await atOnce(db, [
    ...acceptingCode(db, code, now),
    ...(own ? [] : await queueingNotices(db, jobs, [notice])),
  ]);
  if (!accepted) return null;
  return own ? toExistingAccount(services, own.session, account, now) : redirect(paths.alreadyOpen);
}

/** The account is frozen, and a code by this channel does not suffice to reclaim it: the code is used up. */
async function endAtFrozen({ db }: Services, { code, now }: CodeEntry): Promise<Answer | null> {
  const { personKey, channel } = code;
  const met = { route: 'code-provisoire', channel } as const;
  const accepted = await allOrNothing(db, async (trx) => {
    if (!(await atOnce(trx, acceptingCode(trx, code, now)))) return null;
    await recordFrozenMet(trx, personKey, met, now);
    return true;
  });
  return accepted ? redirect(paths.frozen) : null;
}
