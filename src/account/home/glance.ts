import { openAddress } from '#src/account/email/new-address.ts';
import { ownerName } from '#src/account/owner-name.ts';
import type { Account } from '#src/accounts/account.ts';
import { type KeptDocument, openAbout } from '#src/archive/document.ts';
import { listDocuments } from '#src/archive/store.ts';
import { type Keyring, personKeys, unseal } from '#src/crypto/keyring.ts';
import { prepared } from '#src/database/prepared.ts';
import {
  openSummary,
  type PaymentSummary,
  type StoredSummary,
  shownSummary,
} from '#src/payments/payment-row.ts';
import { listPayments } from '#src/payments/store.ts';
import { paymentWindow } from '#src/reimbursement/window.ts';
import {
  type KeptRights,
  keptRightsSchema,
  type Ranks,
  rightsPlace,
  shownRanks,
} from '#src/rights/rights.ts';
import type { Services } from '#src/services.ts';
import { parisDate } from '#src/time/paris.ts';

/** What the first page of an account says: what is new, what waits, and the last payment. */
export interface Glance {
  /** Of the owner, as the register has it today. */
  readonly name: string;
  /** Still to be confirmed. */
  readonly newAddress: string | null;
  /** Messages that nobody has read. */
  readonly messages: number;
  /** Unread documents that matter, the newest first. */
  readonly important: readonly { readonly id: string; readonly title: string }[];
  /** How many other documents are unread. */
  readonly documents: number;
  /** The last payment, with the shares of those whom the insured may see. */
  readonly payment: PaymentSummary | null;
}

interface Row {
  readonly what: 'owner' | 'address' | 'rights' | 'document' | 'payment' | 'message';
  readonly person_key: Buffer;
  readonly id: string | null;
  readonly sealed: Buffer | null;
  readonly day: string | null;
  readonly matters: boolean;
}

/** Of what is counted, a hundred are enough; of payments, enough for one that may be shown, but for an unusual family. */
const mostDocuments = 100;
const mostPayments = 50;

const glanceQuery = `
  (select 'owner' as what, person_key, null::uuid as id, sealed, null as day, false as matters
    from insured where person_key = any($1::bytea[]) order by key_version desc limit 1)
  union all
  (select 'address', person_key, id, address, null, false from email_confirmation
    where person_key = $2 and purpose = 'new-address' and used_at is null and superseded_at is null and dead_at > $3
    limit 1)
  union all
  (select 'rights', person_key, null, sealed, null, false from rights
    where person_key = any($1::bytea[]) order by deposited_at desc limit 1)
  union all
  (select 'document', person_key, id, sealed, null, matters from document
    where person_key = any($1::bytea[]) and origin = 'sender' and message_id is null and opened_at is null
    order by deposited_at desc limit ${mostDocuments})
  union all
  (select 'payment', person_key, id, summary, paid_on::text, false from payment
    where person_key = any($1::bytea[]) and paid_on between $4::date and $5::date
    order by paid_on desc, id limit ${mostPayments})
  union all
  (select 'message', person_key, id, null, null, false from message
    where person_key = any($1::bytea[]) and direction = 'received' and opened_at is null limit 100)`;

/**
 * One query, however much there is. Nothing of it is about an adult who is insured with the person: where so much is about
 * them that the person’s own may lie behind it, another query reads all of it.
 */
export async function findGlance(
  { db, keyring, policy }: Pick<Services, 'db' | 'keyring' | 'policy'>,
  { personKey, contact }: Account,
  now: Date,
): Promise<Glance> {
  const today = parisDate(now);
  const { from, until } = paymentWindow(policy.account.payments, today);
  const keys = personKeys(keyring, contact.nir);
  const bound = [keys, personKey, now, from, until];
  const { rows } = await db.executeQuery(prepared<Row>(glanceQuery, bound));
  const of = (what: Row['what']) => rows.filter((row) => row.what === what);
  const [owner] = of('owner');
  const ranks = shownRanks(openRights(keyring, of('rights')), today);
  const unread = of('document');
  const first = unread.flatMap((row) => openUnread(keyring, row, ranks));
  const documents =
    unread.length < mostDocuments || first.length === unread.length
      ? first
      : (await listDocuments(db, keyring, keys)).filter((one) => isUnread(one) && ranks.has(one.member));
  const payments = of('payment');
  const latest = lastPayment(keyring, payments, ranks);
  const payment =
    latest || payments.length < mostPayments
      ? latest
      : firstShown(await listPayments(db, keyring, keys, { from, until }), ranks);
  const important = documents.filter(({ matters }) => matters);
  return {
    name: ownerName(keyring, contact, {
      insured_key: owner?.person_key ?? null,
      sealed: owner?.sealed ?? null,
    }),
    newAddress: addressIn(keyring, personKey, of('address')),
    messages: of('message').length,
    important,
    documents: documents.length - important.length,
    payment,
  };
}

function openRights(keyring: Keyring, [row]: readonly Row[]): KeptRights | null {
  return row?.sealed
    ? keptRightsSchema.parse(unseal(keyring, rightsPlace(row.person_key), row.sealed))
    : null;
}

function openUnread(keyring: Keyring, { person_key, id, sealed, matters }: Row, ranks: Ranks) {
  if (!id || !sealed) return [];
  const { member, title } = openAbout(keyring, person_key, id, sealed);
  return ranks.has(member) ? [{ id, title, matters }] : [];
}

function addressIn(keyring: Keyring, personKey: Buffer, [row]: readonly Row[]): string | null {
  return row?.id && row.sealed ? openAddress(keyring, personKey, row.id, row.sealed) : null;
}

function isUnread({ origin, openedAt }: KeptDocument): boolean {
  return origin === 'sender' && openedAt === null;
}

function lastPayment(keyring: Keyring, rows: readonly Row[], ranks: Ranks): PaymentSummary | null {
  for (const { person_key, id, sealed: summary, day: paid_on } of rows) {
    if (!id || !summary || !paid_on) continue;
    const payment = shownSummary(openSummary(keyring, { person_key, id, paid_on, summary }), ranks);
    if (payment) return payment;
  }
  return null;
}

/** `summaries`: the newest first. */
function firstShown(summaries: readonly StoredSummary[], ranks: Ranks): PaymentSummary | null {
  for (const summary of summaries) {
    const payment = shownSummary(summary, ranks);
    if (payment) return payment;
  }
  return null;
}
