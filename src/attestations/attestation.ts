import { hash } from 'node:crypto';
import type { Compilable, Kysely } from 'kysely';
import { z } from 'zod';
import { type Keyring, type Place, seal, unseal } from '#src/crypto/keyring.ts';
import type { AttestationTable } from '#src/database/deposit-tables.ts';
import type { Database } from '#src/database/tables.ts';

export type AttestationKind = AttestationTable['kind'];
/** Papers that anybody can check by the code on them. */
export type CheckableKind = Exclude<AttestationKind, 'european-card'>;

export interface NewAttestation {
  readonly personKey: Buffer;
  readonly id: string;
  readonly kind: AttestationKind;
  /** Of whom, among those ever insured together (`src/rights/members.ts`). */
  readonly member: number;
  /** What anybody learns who checks it: «A. V.» */
  readonly initials: string;
  readonly validUntil: Date;
}

function place(personKey: Buffer, id: string): Place {
  return { table: 'attestation', column: 'sealed', row: [personKey, id] };
}

function codeHash(code: string): Buffer {
  return hash('sha256', code, 'buffer');
}

/** Stores an attestation; run after `replacingAttestation`, in one transaction: one of a kind and person is the latest. */
export function storingAttestation(
  db: Kysely<Database>,
  keyring: Keyring,
  { personKey, id, kind, member, initials, validUntil }: NewAttestation,
  now: Date,
): Compilable {
  return db.insertInto('attestation').values({
    person_key: personKey,
    id,
    kind,
    member,
    sealed: seal(keyring, place(personKey, id), initials),
    issued_at: now,
    valid_until: validUntil,
  });
}

/** Stores the code that is printed on an attestation. */
export function storingCode(
  db: Kysely<Database>,
  { personKey, id }: Pick<NewAttestation, 'personKey' | 'id'>,
  code: string,
): Compilable {
  return db
    .insertInto('attestation_code')
    .values({ code_hash: codeHash(code), person_key: personKey, attestation_id: id });
}

/** Marks the latest attestation of a kind as replaced by a newer one. */
export function replacingAttestation(
  db: Kysely<Database>,
  { personKey, kind, member }: Pick<NewAttestation, 'personKey' | 'kind' | 'member'>,
  now: Date,
): Compilable {
  return db
    .updateTable('attestation')
    .set({ replaced_at: now })
    .where('person_key', '=', personKey)
    .where('kind', '=', kind)
    .where('member', '=', member)
    .where('replaced_at', 'is', null);
}

/** An attestation as its person sees it: the code is on the paper alone. */
export interface LatestAttestation {
  readonly kind: AttestationKind;
  readonly member: number;
  readonly issuedAt: Date;
  readonly validUntil: Date;
}

/** The latest of each kind and person that still holds, the newest first. */
export async function latestAttestations(
  db: Kysely<Database>,
  personKey: Buffer,
  now: Date,
): Promise<readonly LatestAttestation[]> {
  const rows = await db
    .selectFrom('attestation')
    .select(['kind', 'member', 'issued_at', 'valid_until'])
    .where('person_key', '=', personKey)
    .where('replaced_at', 'is', null)
    .where('valid_until', '>', now)
    .orderBy('issued_at', 'desc')
    .orderBy('member')
    .execute();
  return rows.map(({ kind, member, issued_at: issuedAt, valid_until: validUntil }) => ({
    ...{ kind, member, issuedAt, validUntil },
  }));
}

/** What anybody may learn of an attestation by its code. */
export interface CheckedAttestation {
  readonly kind: CheckableKind;
  readonly initials: string;
  readonly issuedAt: Date;
  readonly replaced: boolean;
}

/**
 * The attestation of a code; null when there is none, or when its end has passed. Always one query and one decryption, of a
 * decoy where there is none, so that the time does not tell.
 */
export async function findAttestation(
  db: Kysely<Database>,
  keyring: Keyring,
  code: string,
  now: Date,
): Promise<CheckedAttestation | null> {
  const row = await db
    .selectFrom('attestation_code as c')
    .innerJoin('attestation as a', (join) =>
      join.onRef('a.person_key', '=', 'c.person_key').onRef('a.id', '=', 'c.attestation_id'),
    )
    .select(['a.person_key', 'a.id', 'a.kind', 'a.sealed', 'a.issued_at', 'a.valid_until', 'a.replaced_at'])
    .where('c.code_hash', '=', codeHash(code))
    .executeTakeFirst();
  const { person_key: personKey, id, sealed } = row ?? decoy(keyring);
  const initials = z.string().parse(unseal(keyring, place(personKey, id), sealed));
  if (!row || row.kind === 'european-card' || row.valid_until <= now) return null;
  return { kind: row.kind, initials, issuedAt: row.issued_at, replaced: row.replaced_at !== null };
}

const decoys = new WeakMap<Keyring, Buffer>();
const nobody = { person_key: Buffer.alloc(32), id: 'decoy' };

function decoy(keyring: Keyring): Pick<AttestationTable, 'person_key' | 'id' | 'sealed'> {
  const sealed = decoys.get(keyring) ?? seal(keyring, place(nobody.person_key, nobody.id), 'A. Z.');
  decoys.set(keyring, sealed);
  return { ...nobody, sealed };
}
