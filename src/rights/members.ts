import { normalizeName } from '#src/civil-status/names.ts';
import { fingerprint, type Keyring } from '#src/crypto/keyring.ts';
import { realGivenNames } from '#src/register/pivot-matching.ts';
import { type Beneficiary, type KeptRights, ownMember, type Rights } from '#src/rights/rights.ts';

/** Of those who are insured with the person no more, how many are known again. */
const mostFormer = 40;

/**
 * Gives each of the people insured together a number of their own, by which what is stored names them: a rank may be taken
 * back and given to somebody else, who must not be shown what was deposited about the one before. A person who was insured with
 * the person before keeps their number, at whatever rank; a person who is not recognised gets a new one, keyed, of who they are:
 * no two people have the same, and the same deposit read by two processes gives the same.
 */
export function numberMembers(
  keyring: Keyring,
  { organism, beneficiaries }: Rights,
  before: KeptRights | null,
): KeptRights {
  const known = [...(before?.beneficiaries ?? []), ...(before?.former ?? [])];
  const taken = new Set([ownMember, ...known.map(({ member }) => member)]);
  const insured = beneficiaries.find(({ rank }) => rank === 1)?.nir ?? '';
  const isAgain = new Set<number>();
  const members = beneficiaries.map((one) => {
    const same = known.find(({ member, ...other }) => !isAgain.has(member) && isSamePerson(one, other));
    const member = one.rank === 1 ? ownMember : (same?.member ?? newNumber(keyring, insured, one, taken));
    isAgain.add(member);
    taken.add(member);
    return { ...one, member };
  });
  const former = known
    .filter(({ member }) => !isAgain.has(member))
    .slice(0, mostFormer)
    .map(({ member, nir, birthDate, givenNames }) => ({ member, nir, birthDate, givenNames }));
  return { organism, beneficiaries: members, former };
}

/** Whom a rank is of now. */
export function memberAt(rights: KeptRights | null, rank: number): number | null {
  if (rank === 1) return ownMember;
  return rights?.beneficiaries.find((one) => one.rank === rank)?.member ?? null;
}

type Identity = Pick<Beneficiary, 'nir' | 'birthDate' | 'givenNames'>;

/**
 * By their number; without one, or with a provisional one, by birth date and first given name, which twins do not share. When
 * in doubt they are two people: what was deposited about the one stays hidden.
 */
function isSamePerson(a: Identity, b: Identity): boolean {
  if (a.nir !== null && a.nir === b.nir) return true;
  if (a.nir !== null && b.nir !== null && !isProvisional(a.nir) && !isProvisional(b.nir)) return false;
  const name = firstName(a);
  return name !== '' && name === firstName(b) && a.birthDate === b.birthDate;
}

/** Numbers that wait for an identity to be certified (3, 4), or are temporary (7, 8). */
function isProvisional(nir: string): boolean {
  return /^[3478]/.test(nir);
}

function firstName({ givenNames }: Identity): string {
  return normalizeName(realGivenNames(givenNames)[0] ?? '');
}

/** 31 bits, which say nothing about anybody without the key. */
function newNumber(keyring: Keyring, insured: string, one: Beneficiary, taken: ReadonlySet<number>): number {
  const who = [insured, one.nir, one.birthDate, ...one.givenNames];
  for (let attempt = 0; ; attempt += 1) {
    const number = fingerprint(keyring, 'member', JSON.stringify([attempt, ...who])).readUInt32BE() >>> 1;
    if (!taken.has(number)) return number;
  }
}
