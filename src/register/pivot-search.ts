import type { Kysely } from 'kysely';
import { normalizeName } from '#src/civil-status/names.ts';
import { fingerprintWith, type Keyring } from '#src/crypto/keyring.ts';
import { prepared } from '#src/database/prepared.ts';
import type { Database } from '#src/database/tables.ts';
import type { Pivot } from '#src/register/pivot.ts';
import { firstGivenWord, matchPivot } from '#src/register/pivot-matching.ts';
import { type FoundInsured, foundColumns, type OpenedColumns, openInsured } from '#src/register/store.ts';

/** Finds people in the register without their NIR. */
interface IdentityTraits {
  readonly birthName: string;
  readonly givenNames: readonly string[];
  readonly birthDate: string;
}

/** The most rows to open; with more namesakes the search gives no result, since any of them might match. */
const mostCandidates = 500;

/** Old files cut long names: only the first letters count. */
const lettersOfName = 20;

/**
 * Keyed fingerprint of birth name, first word of the given names and year of birth, each as names are compared:
 * the same for everybody who may be the same person. It finds candidates; `matchPivot` judges them.
 */
export function identityKey(
  keyring: Keyring,
  version: number,
  { birthName, givenNames, birthDate }: IdentityTraits,
): Buffer {
  const name = normalizeName(birthName).replace(/\P{L}/gu, '').slice(0, lettersOfName);
  return fingerprintWith(
    keyring,
    version,
    'identity',
    name,
    firstGivenWord(givenNames),
    birthDate.slice(0, 4),
  );
}

export type PivotSearch =
  | {
      readonly kind: 'found';
      readonly found: FoundInsured;
      /** Whether there is an account of theirs, live or not. */
      readonly hasAccount: boolean;
    }
  | { readonly kind: 'none' }
  /** More than one person matches, or may match: none is chosen. */
  | { readonly kind: 'several' };

interface Candidate extends OpenedColumns {
  readonly has_account: boolean;
}

const pivotQuery = `
  select ${foundColumns.map((column) => `i.${column}`).join(', ')}, a.person_key is not null as has_account
  from insured i left join account a on a.person_key = i.person_key
  where i.identity_key = any($1::bytea[]) limit ${mostCandidates + 1}`;

/** The one person of the register that this pivot identity is: one query, candidates opened and judged. */
export async function findByPivot(
  db: Kysely<Database>,
  keyring: Keyring,
  pivot: Pivot,
): Promise<PivotSearch> {
  const { familyName: birthName, givenNames, birthDate } = pivot;
  const keys = keyring.versions.map((version) =>
    identityKey(keyring, version, { birthName, givenNames, birthDate }),
  );
  const { rows } = await db.executeQuery(prepared<Candidate>(pivotQuery, [keys]));
  if (rows.length > mostCandidates) return { kind: 'several' };
  const matching = rows
    .map((row) => ({ found: openInsured(keyring, row), hasAccount: row.has_account }))
    .filter(({ found }) => matchPivot(pivot, found.insured).matched);
  const [one, other] = matching;
  if (!one) return { kind: 'none' };
  return other ? { kind: 'several' } : { kind: 'found', ...one };
}
