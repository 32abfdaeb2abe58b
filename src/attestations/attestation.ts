import { hash } from 'node:crypto';
import type { Compilable, Kysely } from 'kysely';
import { z } from 'zod';
import { type Keyring, type Place, seal, unseal } from '#src/crypto/keyring.ts';
import type { AttestationTable } from '#src/database/deposit-tables.ts';
import type { Database } from '#src/database/tables.ts';

export type AttestationKind = AttestationTable['kind'];

export interface NewAttestation {
  readonly personKey: Buffer;
  readonly id: string;
  readonly kind: AttestationKind;
  /** Of whom, among those insured together. */
  readonly rank: number;
  /** What anybody learns who checks it: «A. V.» */
  readonly initials: string;
  /** Of at least 80 random bits, as it is printed. */
  readonly code: string;
  readonly validUntil: Date;
}

function place(personKey: Buffer, id: string): Place {
  return { table: 'attestation', column: 'sealed', row: [personKey, id] };
}

function codeHash(code: string): Buffer {
  return hash('sha256', code, 'buffer');
}

/** Stores an attestation and its code; run after `replacingAttestation`, in one transaction: one of a kind is the latest. */
export function storingAttestation(
  db: Kysely<Database>,
  keyring: Keyring,
  { personKey, id, kind, rank, initials, code, validUntil }: NewAttestation,
  now: Date,
): readonly [Compilable, Compilable] {
  return [
    db.insertInto('attestation').values({
      person_key: personKey,
      id,
      kind,
      rank,
      sealed: seal(keyring, place(personKey, id), initials),
      issued_at: now,
      valid_until: validUntil,
    }),
    db
      .insertInto('attestation_code')
      .values({ code_hash: codeHash(code), person_key: personKey, attestation_id: id }),
  ];
}

/** Marks the latest attestation of a kind as replaced by a newer one. */
export function replacingAttestation(
  db: Kysely<Database>,
  { personKey, kind, rank }: Pick<NewAttestation, 'personKey' | 'kind' | 'rank'>,
  now: Date,
): Compilable {
  return db
    .updateTable('attestation')
    .set({ replaced_at: now })
    .where('person_key', '=', personKey)
    .where('kind', '=', kind)
    .where('rank', '=', rank)
    .where('replaced_at', 'is', null);
}

/** What anybody may learn of an attestation by its code. */
export interface CheckedAttestation {
  readonly kind: AttestationKind;
  readonly initials: string;
  readonly issuedAt: Date;
  readonly validUntil: Date;
  readonly replacedAt: Date | null;
}

/** The attestation of a code; null when there is none. */
export async function findAttestation(
  db: Kysely<Database>,
  keyring: Keyring,
  code: string,
): Promise<CheckedAttestation | null> {
  const named = await db
    .selectFrom('attestation_code')
    .select(['person_key', 'attestation_id'])
    .where('code_hash', '=', codeHash(code))
    .executeTakeFirst();
  if (!named) return null;
  const row = await db
    .selectFrom('attestation')
    .select(['person_key', 'id', 'kind', 'sealed', 'issued_at', 'valid_until', 'replaced_at'])
    .where('person_key', '=', named.person_key)
    .where('id', '=', named.attestation_id)
    .executeTakeFirst();
  if (!row) return null;
  return {
    kind: row.kind,
    initials: z.string().parse(unseal(keyring, place(row.person_key, row.id), row.sealed)),
    issuedAt: row.issued_at,
    validUntil: row.valid_until,
    replacedAt: row.replaced_at,
  };
}
