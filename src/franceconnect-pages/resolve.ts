import { type Anyone, type SignedIn, signedIn } from '#src/access/who.ts';
import type { Account } from '#src/accounts/account.ts';
import { findLiveAccount } from '#src/accounts/find-account.ts';
import { linkedSince, subjectKeys } from '#src/accounts/franceconnect-link.ts';
import { nirIn } from '#src/civil-status/nir.ts';
import { deviceCookie } from '#src/credentials/known-devices.ts';
import { personKeys } from '#src/crypto/keyring.ts';
import { isNobody } from '#src/enrolment/not-eligible/begin-undisclosed.ts';
import type { Intent } from '#src/franceconnect/journey.ts';
import type { Reason } from '#src/franceconnect/outcome.ts';
import type { Proven } from '#src/oidc/provider.ts';
import type { PivotIdentity } from '#src/register/pivot.ts';
import { matchPivot } from '#src/register/pivot-matching.ts';
import { findByPivot } from '#src/register/pivot-search.ts';
import { type FoundInsured, findInsured } from '#src/register/store.ts';
import type { Services } from '#src/services.ts';
import { type Entrant, findLinkedEntrant } from '#src/sign-in/entrant.ts';
import type { PageRequest } from '#src/web/page.ts';

/** What the proof opens for somebody of ours. */
export type Opening = { readonly personKey: Buffer } & (
  | /** Their account is linked: they sign in. */
  {
      readonly kind: 'enter';
      readonly entrant: Entrant;
    }
  /** They open an account. */
  | { readonly kind: 'enrol'; readonly found: FoundInsured }
  /** The account they are signed in to is theirs. */
  | { readonly kind: 'link'; readonly signedIn: SignedIn }
);

export interface Stop {
  readonly kind: 'stop';
  readonly reason: Reason;
  readonly personKey: Buffer | null;
  /** Who would sign in with their password … */
  readonly account?: Account;
  /** … and the subject that may be linked once they have. */
  readonly waitingSubject?: Buffer | undefined;
}

type Needed = Pick<Services, 'db' | 'keyring'>;
type Request = PageRequest<Anyone>;

/**
 * A linked account counts before the register, since the person was known when it was linked. Otherwise the register is
 * asked by the NIR that was typed, if any, or by civil status: when it has nobody, or several, nobody is chosen.
 *
 * The person found must be the person of the number that was typed, and of the dossier that is open.
 */
export async function resolveProven(
  services: Needed,
  request: Request,
  intent: Intent,
  proven: Proven<PivotIdentity>,
): Promise<Opening | Stop> {
  if (intent.purpose === 'liaison') return resolveLinking(services, request, intent, proven);
  const { db, keyring } = services;
  const subjects = subjectKeys(keyring, proven);
  const linked = await findLinkedEntrant(db, keyring, { subjects, device: deviceOf(request) }, request.now);
  const nir = nirIn(intent.typed?.nir ?? '');
  if (linked) {
    const typedOther = nir !== null && !personKeys(keyring, nir).some((key) => key.equals(linked.personKey));
    if (typedOther || isOther(request, linked.personKey)) return stop('other-person', linked.personKey);
    return resolveLinked(linked);
  }
  const search = await searchRegister(services, nir, proven.identity);
  return search.kind === 'stop' ? search : resolveFound(services, request, intent, search, subjects);
}

function resolveLinked(entrant: Entrant): Opening | Stop {
  const { personKey, status, closedFor } = entrant;
  if (closedFor === 'deceased') return stop('deceased', personKey);
  switch (status) {
    case 'disabled':
      return stop('disabled', personKey);
    // Freezing undoes the link: it was made by somebody who was faster than this statement.
    case 'frozen':
      return stop('expired', personKey);
    case 'active':
    case 'pending':
      return { kind: 'enter', personKey, entrant };
  }
}

/** A person of the register, and whether an account of theirs was looked for and found. */
interface Registered {
  readonly kind: 'found';
  readonly found: FoundInsured;
  readonly hasAccount?: boolean;
}

async function searchRegister(
  { db, keyring }: Needed,
  nir: string | null,
  { pivot }: PivotIdentity,
): Promise<Stop | Registered> {
  if (pivot.familyName === '' || pivot.birthDate === '') return stop('not-recognised', null);
  const typed = nir === null ? null : await findInsured(db, keyring, nir);
  if (typed && matchPivot(pivot, typed.insured).matched) return { kind: 'found', found: typed };
  const search = await findByPivot(db, keyring, pivot);
  switch (search.kind) {
    case 'none':
      return stop('no-match', null);
    case 'several':
      return stop('several', null);
    case 'found':
      return nir === null ? search : stop('other-person', search.found.personKey);
  }
}

async function resolveFound(
  { db, keyring }: Needed,
  request: Request,
  { purpose }: Intent,
  { found, hasAccount = true }: Registered,
  [subject]: readonly Buffer[],
): Promise<Opening | Stop> {
  const { personKey, insured } = found;
  if (isOther(request, personKey)) return stop('other-person', personKey);
  if (insured.deceased) return stop('deceased', personKey);
  const account = hasAccount ? await findLiveAccount(db, keyring, personKey, request.now) : null;
  // Who wanted to sign in is asked before an account is begun.
  if (!account && purpose === 'connexion') return stop('no-account', personKey);
  if (!account) return { kind: 'enrol', personKey, found };
  if (account.status === 'disabled') return stop('disabled', personKey);
  // Said not to be its person’s: the person whom FranceConnect identifies takes it back, whatever they came for.
  if (account.status === 'frozen') return { kind: 'enrol', personKey, found };
  // What waits to be confirmed may be another person’s: an account opened with a proof of identity replaces it.
  if (account.status === 'pending' && purpose === 'creation') return { kind: 'enrol', personKey, found };
  const before = await linkedSince(db, personKey);
  const reason = before ? 'subject-changed' : 'not-linked';
  return { ...stop(reason, personKey), account, waitingSubject: subject };
}

async function resolveLinking(
  { db, keyring }: Needed,
  request: Request,
  { person }: Intent,
  proven: Proven<PivotIdentity>,
): Promise<Opening | Stop> {
  const owner = signedIn(request.session);
  if (!owner || owner.account.personKey.toString('hex') !== person) return stop('session-over', null);
  const { personKey, contact } = owner.account;
  const found = await findInsured(db, keyring, contact.nir);
  if (!found) return stop('no-match', personKey);
  if (!matchPivot(proven.identity.pivot, found.insured).matched) return stop('other-person', personKey);
  // By its present key, the link itself finds out whose the subject is; others are left only while keys are changed.
  const [, ...older] = subjectKeys(keyring, proven);
  const linked = await findLinkedEntrant(
    db,
    keyring,
    { subjects: older, device: deviceOf(request) },
    request.now,
  );
  if (linked && !linked.personKey.equals(personKey)) return stop('linked-elsewhere', personKey);
  return { kind: 'link', personKey, signedIn: owner };
}

function deviceOf({ sender }: Request): string {
  return sender.cookie(deviceCookie);
}

function isOther({ session }: Request, personKey: Buffer): boolean {
  const dossier = session?.dossier;
  return dossier ? !isNobody(dossier.answers) && !dossier.personKey.equals(personKey) : false;
}

function stop(reason: Reason, personKey: Buffer | null): Stop {
  return { kind: 'stop', reason, personKey };
}
