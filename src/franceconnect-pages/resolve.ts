import { type Anyone, type SignedIn, signedIn } from '#src/access/who.ts';
import { findLiveAccount } from '#src/account/franceconnect/link.ts';
import type { AccountRow } from '#src/accounts/account.ts';
import { findLinkedAccount, linkedSince, subjectKeys } from '#src/accounts/franceconnect-link.ts';
import { nirIn } from '#src/civil-status/nir.ts';
import { isNobody } from '#src/enrolment/not-eligible/begin-undisclosed.ts';
import type { Proven } from '#src/franceconnect/france-connect.ts';
import type { Reason } from '#src/franceconnect/outcome.ts';
import type { TransactionContent } from '#src/franceconnect/transaction.ts';
import { matchPivot } from '#src/register/pivot-matching.ts';
import { findByPivot } from '#src/register/pivot-search.ts';
import { type FoundInsured, findInsured, personKeys } from '#src/register/store.ts';
import type { Services } from '#src/services.ts';
import type { PageRequest } from '#src/web/page.ts';

/** What becomes of somebody whom FranceConnect has proved to be who they are. */
export type Resolution =
  /** Their account is linked: they sign in. */
  | { readonly kind: 'enter'; readonly account: AccountRow }
  /** They open an account. */
  | { readonly kind: 'enrol'; readonly found: FoundInsured }
  /** The account they are signed in to is theirs. */
  | { readonly kind: 'link'; readonly signedIn: SignedIn }
  | {
      readonly kind: 'stop';
      readonly reason: Reason;
      readonly personKey: Buffer | null;
      /** Who would sign in with their password. */
      readonly account?: AccountRow;
    };

type Needed = Pick<Services, 'db' | 'keyring'>;
type Request = PageRequest<Anyone>;

/**
 * A linked account counts before the register, since whoever is linked was known then. Otherwise the register is
 * asked by the NIR that was typed, if any, or by civil status: nobody, or several, and nobody is chosen.
 *
 * Whoever is found must be the person of the number that was typed, and of the dossier that is open.
 */
export async function resolveProven(
  services: Needed,
  request: Request,
  content: TransactionContent,
  proven: Proven,
): Promise<Resolution> {
  if (content.purpose === 'liaison') return resolveLinking(services, request, content, proven);
  const { db, keyring } = services;
  const subjects = subjectKeys(keyring, proven);
  const linked = await findLinkedAccount(db, subjects, request.now);
  const nir = nirIn(content.typed?.nir ?? '');
  if (linked) {
    const { person_key: personKey, status } = linked;
    const typedOther = nir !== null && !personKeys(keyring, nir).some((key) => key.equals(personKey));
    if (typedOther || isOther(request, personKey)) return stop('other-person', personKey);
    if (linked.closed_for === 'deceased') return stop('deceased', personKey);
    return status === 'disabled' ? stop('disabled', personKey) : { kind: 'enter', account: linked };
  }
  const search = await searchRegister(services, nir, proven);
  return 'kind' in search ? search : resolveFound(services, request, content, search.found);
}

async function searchRegister(
  { db, keyring }: Needed,
  nir: string | null,
  { pivot }: Proven,
): Promise<Resolution | { readonly found: FoundInsured }> {
  if (pivot.familyName === '' || pivot.birthDate === '') return stop('not-recognised', null);
  const typed = nir === null ? null : await findInsured(db, keyring, nir);
  if (typed && matchPivot(pivot, typed.insured).matched) return { found: typed };
  const search = await findByPivot(db, keyring, pivot);
  switch (search.result) {
    case 'none':
      return stop('no-match', null);
    case 'several':
      return stop('several', null);
    case 'found':
      return nir === null ? search : stop('other-person', search.found.personKey);
  }
}

async function resolveFound(
  { db }: Needed,
  request: Request,
  { purpose }: TransactionContent,
  found: FoundInsured,
): Promise<Resolution> {
  const { personKey, insured } = found;
  if (isOther(request, personKey)) return stop('other-person', personKey);
  if (insured.deceased) return stop('deceased', personKey);
  const account = await findLiveAccount(db, personKey, request.now);
  if (!account) return { kind: 'enrol', found };
  if (account.status === 'disabled') return stop('disabled', personKey);
  // Said not to be its person’s: whoever FranceConnect knows as that person takes it back, whatever they came for.
  if (account.status === 'frozen') return { kind: 'enrol', found };
  // What waits to be confirmed may be somebody else’s: whoever opens an account and proves who they are replaces it.
  if (account.status === 'pending' && purpose === 'creation') return { kind: 'enrol', found };
  const before = await linkedSince(db, personKey);
  return { ...stop(before ? 'subject-changed' : 'not-linked', personKey), account };
}

async function resolveLinking(
  { db, keyring }: Needed,
  request: Request,
  { person }: TransactionContent,
  proven: Proven,
): Promise<Resolution> {
  const known = signedIn(request.session);
  if (!known || known.account.personKey.toString('hex') !== person) return stop('session-over', null);
  const { personKey, contact } = known.account;
  const found = await findInsured(db, keyring, contact.nir);
  if (!found) return stop('no-match', personKey);
  if (!matchPivot(proven.pivot, found.insured).matched) return stop('other-person', personKey);
  const linked = await findLinkedAccount(db, subjectKeys(keyring, proven), request.now);
  if (linked && !linked.person_key.equals(personKey)) return stop('linked-elsewhere', personKey);
  return { kind: 'link', signedIn: known };
}

function isOther({ session }: Request, personKey: Buffer): boolean {
  const dossier = session?.dossier;
  return dossier ? !isNobody(dossier.answers) && !dossier.personKey.equals(personKey) : false;
}

function stop(reason: Reason, personKey: Buffer | null) {
  return { kind: 'stop', reason, personKey } as const;
}
