import { type Kysely, sql } from 'kysely';
import { type Account, openContact } from '#src/accounts/account.ts';
import { findAccountOfNir, findNirsByReference, parseAccountReference } from '#src/accounts/find-account.ts';
import { nirIn } from '#src/civil-status/nir.ts';
import { parseEmail } from '#src/contact/email-address.ts';
import { emailKeys, type Keyring, personKeys } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';
import { openAnswers } from '#src/dossiers/dossier.ts';
import { parseSupportCode } from '#src/dossiers/support-code.ts';
import type { Insured } from '#src/register/insured.ts';
import { findInsured } from '#src/register/store.ts';

/** By what an agent finds a person. */
export type PersonQuery =
  | { readonly kind: 'nir'; readonly nir: string }
  | { readonly kind: 'code'; readonly code: string }
  /** Of an account, as `compte register history` prints it. */
  | { readonly kind: 'reference'; readonly reference: string }
  /** In its canonical form. */
  | { readonly kind: 'email'; readonly canonical: string };

/** Reads a NIR, a support code, the reference of an account or an e-mail address, told by its shape; null for anything else. */
export function readPersonQuery(typed: string): PersonQuery | null {
  if (typed.length > 400) return null;
  if (typed.includes('@')) {
    const email = parseEmail(typed);
    return email.ok ? { kind: 'email', canonical: email.canonical } : null;
  }
  const nir = nirIn(typed);
  if (nir !== null) return { kind: 'nir', nir };
  const reference = parseAccountReference(typed);
  if (reference !== null) return { kind: 'reference', reference };
  const code = parseSupportCode(typed);
  return code === null ? null : { kind: 'code', code };
}

/** A person as agents find them: in the register, with an account, or with an enrolment under way. */
export interface FoundPerson {
  readonly nir: string;
  /** Of all key versions, the current one first: their rows may be under any. */
  readonly keys: readonly Buffer[];
  /** That of their account, or of their row in the register. */
  readonly personKey: Buffer;
  /** Whatever its status. */
  readonly account: Account | null;
  readonly insured: Insured | null;
  /** When the register lost them; null: it has them, or never had. */
  readonly leftSince: Date | null;
}

type Needs = { readonly db: Kysely<Database>; readonly keyring: Keyring };

/** `several`: two people have drawn the same support code, which happens once in millions of dossiers. */
export async function findPerson(
  { db, keyring }: Needs,
  query: PersonQuery,
): Promise<FoundPerson | 'unknown' | 'several'> {
  const nirs = await nirsOf({ db, keyring }, query);
  const [nir] = nirs;
  if (nir === undefined) return 'unknown';
  if (nirs.length > 1) return 'several';
  const account = await findAccountOfNir(db, keyring, nir);
  const registered = await findInsured(db, keyring, nir);
  const keys = personKeys(keyring, nir);
  const personKey = account?.personKey ?? registered?.personKey ?? keys[0];
  if (!personKey) throw new Error('A keyring has a key');
  if (!account && !registered && query.kind === 'nir' && !(await hasDossier(db, keys))) return 'unknown';
  const { insured = null, leftSince = null } = registered ?? {};
  return { nir, keys, personKey, account, insured, leftSince };
}

/** The NIRs that a query names: none, or one. */
async function nirsOf({ db, keyring }: Needs, query: PersonQuery): Promise<readonly string[]> {
  switch (query.kind) {
    case 'nir':
      return [query.nir];
    case 'code': {
      const rows = await db
        .selectFrom('dossier')
        .select(['person_key', 'id', 'answers'])
        .where('support_code', '=', query.code)
        .execute();
      const opened = rows.map((row) => openAnswers(keyring, row.person_key, row.id, row.answers));
      return [...new Set(opened.map(({ identity }) => identity.nir))];
    }
    case 'reference':
      return findNirsByReference(db, keyring, query.reference);
    case 'email': {
      const claims = await db
        .selectFrom('email_claim')
        .select('person_key')
        .where('email_key', 'in', emailKeys(keyring, query.canonical))
        .execute();
      const nirs = new Set<string>();
      for (const { person_key: personKey } of claims) {
        const row = await db
          .selectFrom('account')
          .select('contact')
          .where('person_key', '=', personKey)
          .executeTakeFirst();
        if (row) nirs.add(openContact(keyring, personKey, row.contact).nir);
      }
      return [...nirs];
    }
  }
}

async function hasDossier(db: Kysely<Database>, keys: readonly Buffer[]): Promise<boolean> {
  const row = await db
    .selectFrom('dossier')
    .select('id')
    .where(sql<boolean>`person_key = any(${[...keys]}::bytea[])`)
    .executeTakeFirst();
  return row !== undefined;
}
