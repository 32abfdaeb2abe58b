import { type Compilable, type Kysely, sql } from 'kysely';
import type { Keyring } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';
import { openPayment, openSummary, type PaymentSummary, sealPayment } from '#src/payments/payment-row.ts';
import type { Payment } from '#src/reimbursement/payment.ts';
import type { Period } from '#src/reimbursement/window.ts';

export interface NewPayment {
  readonly personKey: Buffer;
  readonly id: string;
  readonly payment: Payment;
}

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
    payments.map(({ personKey, id, payment }) => ({
      person_key: personKey,
      id,
      paid_on: payment.paidOn,
      ...sealPayment(keyring, personKey, id, payment),
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
): Promise<readonly PaymentSummary[]> {
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

/** A payment with the id under which it is stored. */
export interface StoredPayment {
  readonly id: string;
  readonly payment: Payment;
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
  return rows.map((row) => ({ id: row.id, payment: openPayment(keyring, row) }));
}

/** One payment of a person, paid in a period; null when it is not theirs, of other days, or gone. */
export async function findPayment(
  db: Kysely<Database>,
  keyring: Keyring,
  keys: readonly Buffer[],
  id: string,
  { from, until }: Period,
): Promise<Payment | null> {
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
