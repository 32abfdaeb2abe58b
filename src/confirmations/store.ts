import type { Kysely } from 'kysely';
import type { ConfirmationSecret } from '#src/confirmations/secret.ts';
import { also, type Write } from '#src/database/at-once.ts';
import type { Database } from '#src/database/tables.ts';
import { isOf, type Whose } from '#src/database/whose.ts';

/** What the link or code of a mail confirms: the address of a new account, a changed address, a new password. */
export const confirmationPurposes = ['activation', 'new-address', 'password-reset'] as const;
export type ConfirmationPurpose = (typeof confirmationPurposes)[number];

export interface NewConfirmation {
  readonly personKey: Buffer;
  readonly purpose: ConfirmationPurpose;
  /** `codeHash` null: only the link confirms. */
  readonly secret: Pick<ConfirmationSecret, 'id' | 'tokenHash'> & { readonly codeHash: Buffer | null };
  /** For a change of address: the new one, sealed (`sealAddress`), and the session that requested it. */
  readonly newAddress?: { readonly sealed: Buffer; readonly askedBy: Buffer };
  readonly deadAt: Date;
}

/** Stores a link and its code, and supersedes the person’s open ones for the same purpose. */
export function issuingConfirmation(
  db: Kysely<Database>,
  { personKey, purpose, secret, newAddress, deadAt }: NewConfirmation,
  now: Date,
): readonly Write[] {
  const stored = db.insertInto('email_confirmation').values({
    person_key: personKey,
    id: secret.id,
    purpose,
    token_hash: secret.tokenHash,
    code_hash: secret.codeHash,
    address: newAddress?.sealed ?? null,
    asked_by: newAddress?.askedBy ?? null,
    created_at: now,
    dead_at: deadAt,
  });
  return [also(supersedingConfirmations(db, personKey, [purpose], now)), also(stored)];
}

/** Supersedes open links and codes for these purposes. */
function supersedingConfirmations(
  db: Kysely<Database>,
  whose: Whose,
  purposes: readonly ConfirmationPurpose[],
  now: Date,
) {
  return db
    .updateTable('email_confirmation')
    .set({ superseded_at: now })
    .where(isOf(whose))
    .where('purpose', 'in', purposes)
    .where('used_at', 'is', null)
    .where('superseded_at', 'is', null);
}

/** Runs `supersedingConfirmations`. */
export async function supersedeConfirmations(
  trx: Kysely<Database>,
  whose: Whose,
  purposes: readonly ConfirmationPurpose[],
  now: Date,
): Promise<void> {
  await supersedingConfirmations(trx, whose, purposes, now).execute();
}

/**
 * Supersedes the open links for a new password and the open links and codes for a new address: another person may have
 * requested them, before the password or the address changed.
 */
export function supersedingChanges(db: Kysely<Database>, personKey: Buffer, now: Date) {
  return supersedingConfirmations(db, personKey, ['new-address', 'password-reset'], now);
}

export interface UsedConfirmation {
  /** The session that requested the new address. */
  readonly askedBy: Buffer | null;
}

interface ConfirmationKey {
  readonly personKey: Buffer;
  readonly id: string;
  readonly purpose: ConfirmationPurpose;
}

/** Marks a link or code as used, once, unless it was already used or superseded, or has expired. */
export function usingConfirmation(
  db: Kysely<Database>,
  { personKey, id, purpose }: ConfirmationKey,
  now: Date,
) {
  return db
    .updateTable('email_confirmation')
    .set({ used_at: now })
    .where('person_key', '=', personKey)
    .where('id', '=', id)
    .where('purpose', '=', purpose)
    .where('used_at', 'is', null)
    .where('superseded_at', 'is', null)
    .where('dead_at', '>', now);
}

/** Runs `usingConfirmation`; null when nothing was marked. */
export async function useConfirmation(
  trx: Kysely<Database>,
  confirmation: ConfirmationKey,
  now: Date,
): Promise<UsedConfirmation | null> {
  const used = await usingConfirmation(trx, confirmation, now).returning('asked_by').executeTakeFirst();
  return used ? { askedBy: used.asked_by } : null;
}

/** Deletes a link and its code. */
export async function forgetConfirmation(
  trx: Kysely<Database>,
  personKey: Buffer,
  id: string,
): Promise<void> {
  await trx
    .deleteFrom('email_confirmation')
    .where('person_key', '=', personKey)
    .where('id', '=', id)
    .execute();
}

/** When links were sent to a person for a purpose since an instant, the newest first. */
export async function issuedSince(
  trx: Kysely<Database>,
  personKey: Buffer,
  purpose: ConfirmationPurpose,
  since: Date,
): Promise<readonly Date[]> {
  const rows = await trx
    .selectFrom('email_confirmation')
    .select('created_at')
    .where('person_key', '=', personKey)
    .where('purpose', '=', purpose)
    .where('created_at', '>', since)
    .orderBy('created_at', 'desc')
    .execute();
  return rows.map((row) => row.created_at);
}
