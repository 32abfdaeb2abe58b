import { hash } from 'node:crypto';
import type { Compilable, Kysely } from 'kysely';
import { z } from 'zod';
import { type Contact, decoyContact, openContact } from '#src/accounts/account.ts';
import { isStillSaid } from '#src/attestations/said.ts';
import { type Keyring, type Place, seal, unseal } from '#src/crypto/keyring.ts';
import type { AttestationTable } from '#src/database/tables/deposits.ts';
import type { Database } from '#src/database/tables.ts';
import type { KeptRights } from '#src/rights/rights.ts';

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
  /** What it says, as a fingerprint (`saidOf`); null for an order, which says nothing. */
  readonly said: string | null;
  readonly validUntil: Date;
}

const sealedSchema = z.object({ initials: z.string(), said: z.string().nullable() });

function place(personKey: Buffer, id: string): Place {
  return { table: 'attestation', column: 'sealed', row: [personKey, id] };
}

function codeHash(code: string): Buffer {
  return hash('sha256', code, 'buffer');
}

/** Stores an attestation; after `replacingAttestation` in one statement: one of a kind and person is the latest. */
export function storingAttestation(
  db: Kysely<Database>,
  keyring: Keyring,
  { personKey, id, kind, member, initials, said, validUntil }: NewAttestation,
  now: Date,
): Compilable {
  return db.insertInto('attestation').values({
    person_key: personKey,
    id,
    kind,
    member,
    sealed: seal(keyring, place(personKey, id), { initials, said }),
    issued_at: now,
    valid_until: validUntil,
  });
}

/** Stores the code that is printed on an attestation. */
export function storingCode(
  db: Kysely<Database>,
  { personKey, id, validUntil }: Pick<NewAttestation, 'personKey' | 'id' | 'validUntil'>,
  code: string,
): Compilable {
  return db.insertInto('attestation_code').values({
    code_hash: codeHash(code),
    person_key: personKey,
    attestation_id: id,
    valid_until: validUntil,
  });
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

/**
 * The latest of each kind and person that still holds, the newest first: its end has not passed, a paper says what these
 * rights say, and the account is the one in which it was made, not one that somebody opened anew since.
 */
export async function latestAttestations(
  db: Kysely<Database>,
  keyring: Keyring,
  personKey: Buffer,
  rights: KeptRights | null,
  now: Date,
): Promise<readonly LatestAttestation[]> {
  const rows = await db
    .selectFrom('attestation as a')
    .innerJoin('account', (join) =>
      join.onRef('account.person_key', '=', 'a.person_key').onRef('account.created_at', '<=', 'a.issued_at'),
    )
    .select(['a.id', 'a.kind', 'a.member', 'a.sealed', 'a.issued_at', 'a.valid_until'])
    .where('a.person_key', '=', personKey)
    .where('a.replaced_at', 'is', null)
    .where('a.valid_until', '>', now)
    .orderBy('a.issued_at', 'desc')
    .orderBy('a.member')
    .execute();
  return rows.flatMap(({ id, kind, member, sealed, issued_at: issuedAt, valid_until: validUntil }) => {
    const { said } = openSealed(keyring, { person_key: personKey, id, sealed });
    const holds = kind === 'european-card' || (said !== null && isStillSaid({ kind, member, said }, rights));
    return holds ? [{ kind, member, issuedAt, validUntil }] : [];
  });
}

function openSealed(
  keyring: Keyring,
  { person_key: personKey, id, sealed }: Pick<AttestationTable, 'person_key' | 'id' | 'sealed'>,
): z.infer<typeof sealedSchema> {
  return sealedSchema.parse(unseal(keyring, place(personKey, id), sealed));
}

/** An attestation by its code, with the account that it was made in; what anybody may learn of it is judged by the caller. */
export interface FoundAttestation {
  readonly kind: CheckableKind;
  readonly member: number;
  readonly initials: string;
  readonly said: string;
  readonly issuedAt: Date;
  readonly replaced: boolean;
}

/**
 * The attestation of a code, and the contact of its account; an account that was closed, is disputed or was opened anew since
 * has made none. `attestation` is null when there is none, or when its end has passed. Always two queries and two decryptions,
 * of decoys where there is none, so that the time does not tell.
 */
export async function findAttestation(
  db: Kysely<Database>,
  keyring: Keyring,
  code: string,
  now: Date,
): Promise<{ readonly attestation: FoundAttestation | null; readonly contact: Contact }> {
  const named = await db
    .selectFrom('attestation_code')
    .select(['person_key', 'attestation_id'])
    .where('code_hash', '=', codeHash(code))
    .executeTakeFirst();
  const row = await db
    .selectFrom('attestation as a')
    .innerJoin('account', (join) =>
      join
        .onRef('account.person_key', '=', 'a.person_key')
        .onRef('account.created_at', '<=', 'a.issued_at')
        .on('account.status', '=', 'active'),
    )
    .select([
      ...(['a.person_key', 'a.id', 'a.kind', 'a.member', 'a.sealed', 'a.issued_at'] as const),
      ...(['a.valid_until', 'a.replaced_at', 'account.contact'] as const),
    ])
    .where('a.person_key', '=', named?.person_key ?? nobody.person_key)
    .where('a.id', '=', named?.attestation_id ?? nobody.uuid)
    .executeTakeFirst();
  const { initials, said } = openSealed(keyring, row ?? decoy(keyring));
  const contact = row ? openContact(keyring, row.person_key, row.contact) : decoyContact(keyring);
  if (!row || said === null || row.kind === 'european-card' || row.valid_until <= now)
    return { attestation: null, contact };
  const { kind, member, issued_at: issuedAt, replaced_at: replacedAt } = row;
  return {
    attestation: { kind, member, initials, said, issuedAt, replaced: replacedAt !== null },
    contact,
  };
}

const decoys = new WeakMap<Keyring, Buffer>();
const nobody = {
  person_key: Buffer.alloc(32),
  id: 'decoy',
  uuid: '00000000-0000-4000-8000-000000000000',
};

function decoy(keyring: Keyring): Pick<AttestationTable, 'person_key' | 'id' | 'sealed'> {
  const { person_key, id } = nobody;
  const placeOfNobody = place(person_key, id);
  const sealed = decoys.get(keyring) ?? seal(keyring, placeOfNobody, { initials: 'A. Z.', said: '' });
  decoys.set(keyring, sealed);
  return { person_key, id, sealed };
}

/** Deletes the codes of a person’s papers. */
export function erasingAttestationCodes(db: Kysely<Database>, personKey: Buffer): Compilable {
  return db.deleteFrom('attestation_code').where('person_key', '=', personKey);
}

/** Deletes every paper and order of a person. */
export function erasingAttestations(db: Kysely<Database>, personKey: Buffer): Compilable {
  return db.deleteFrom('attestation').where('person_key', '=', personKey);
}
