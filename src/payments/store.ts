import { type Compilable, type Kysely, sql } from 'kysely';
import type { Keyring } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';
import {
  type NewPayment,
  openPayment,
  openSummary,
  type StoredPayment,
  type StoredSummary,
  sealPayment,
} from '#src/payments/payment-row.ts';
import type { Period } from '#src/reimbursement/window.ts';

/** Stores a payment. The months that it may lie in were opened (`openPaymentMonths`). */
export function storingPayment(
  db: Kysely<Database>,
  keyring: Keyring,
  payment: NewPayment,
  now: Date,
): Compilable {
  return storingPayments(db, keyring, [payment], now);
}

/** The same for several, of any people. */
export function storingPayments(
  db: Kysely<Database>,
  keyring: Keyring,
  payments: readonly NewPayment[],
  now: Date,
): Compilable {
  return db.insertInto('payment').values(
    payments.map((one) => ({
      person_key: one.personKey,
      id: one.id,
      paid_on: one.payment.paidOn,
      ...sealPayment(keyring, one),
      deposited_at: now,
    })),
  );
}

/**
 * The payments of a person in a period, the newest first, as lists show them; the index of the table answers alone.
 * `keys`: the person’s, of all versions.
 */
export async function listPayments(
  db: Kysely<Database>,
  keyring: Keyring,
  keys: readonly Buffer[],
  { from, until }: Period,
): Promise<readonly StoredSummary[]> {
  const rows = await db
    .selectFrom('payment')
    .select(['person_key', 'id', 'paid_on', 'summary'])
    .where(sql<boolean>`person_key = any(${[...keys]}::bytea[])`)
    .where('paid_on', '>=', from)
    .where('paid_on', '<=', until)
    .orderBy('paid_on', 'desc')
    .orderBy('id')
    .execute();
  return rows.map((row) => openSummary(keyring, row));
}

/** The payments of a person in a period with their lines, the newest first: for statements and exports. */
export async function readPayments(
  db: Kysely<Database>,
  keyring: Keyring,
  keys: readonly Buffer[],
  { from, until }: Period,
): Promise<readonly StoredPayment[]> {
  const rows = await details(db, keys)
    .where('paid_on', '>=', from)
    .where('paid_on', '<=', until)
    .orderBy('paid_on', 'desc')
    .orderBy('id')
    .execute();
  return rows.map((row) => openPayment(keyring, row));
}

/** One payment of a person, paid in a period; null when it is not theirs, of other days, or gone. */
export async function findPayment(
  db: Kysely<Database>,
  keyring: Keyring,
  keys: readonly Buffer[],
  id: string,
  { from, until }: Period,
): Promise<StoredPayment | null> {
  const row = await details(db, keys)
    .where('id', '=', id)
    .where('paid_on', '>=', from)
    .where('paid_on', '<=', until)
    .executeTakeFirst();
  return row ? openPayment(keyring, row) : null;
}

function details(db: Kysely<Database>, keys: readonly Buffer[]) {
  return db
    .selectFrom('payment')
    .select(['person_key', 'id', 'detail'])
    .where(sql<boolean>`person_key = any(${[...keys]}::bytea[])`);
}

/** Deletes every payment of a person. */
export function erasingPayments(db: Kysely<Database>, personKey: Buffer): Compilable {
  return db.deleteFrom('payment').where('person_key', '=', personKey);
}
