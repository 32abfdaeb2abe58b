import type { Compilable, Kysely } from 'kysely';
import { keepingAccount } from '#src/accounts/lock-account.ts';
import { storingDocument } from '#src/archive/store.ts';
import { recording, recordingAll } from '#src/audit/record.ts';
import { announcingDeposits } from '#src/correspondence/avis.ts';
import { avisDueAt } from '#src/correspondence/due.ts';
import type { Told } from '#src/correspondence/who-is-told.ts';
import { also, atOnce, required, requiredSelect, type Write } from '#src/database/at-once.ts';
import type { Database } from '#src/database/tables.ts';
import { type NewDeposit, recordingDeposits } from '#src/deposits/deposit.ts';
import { contentOf, sha256Of } from '#src/depot/content.ts';
import { deposited } from '#src/depot/events.ts';
import type { DepositItem } from '#src/depot/item.ts';
import type { FitFile } from '#src/depot/judge-files.ts';
import { settlingThread, storingMessage } from '#src/messages/store.ts';
import type { NewPayment } from '#src/payments/payment-row.ts';
import { storingPayment, storingPayments } from '#src/payments/store.ts';
import type { Payment } from '#src/reimbursement/payment.ts';
import { memberAt } from '#src/rights/members.ts';
import { type KeptRights, ownMember } from '#src/rights/rights.ts';
import { storingRights } from '#src/rights/store.ts';
import type { Sender } from '#src/senders/sender.ts';
import type { Services } from '#src/services.ts';

/** A deposit that may be stored. */
export interface Accepted {
  readonly item: DepositItem;
  readonly id: string;
  readonly personKey: Buffer;
  readonly files: readonly FitFile[];
  /** Of the person, with this deposit; null: unknown, and not needed. */
  readonly rights: KeptRights | null;
  /** Who is told of it by mail, and the number of whom it is about; null for nobody. */
  readonly told: (Told & { readonly about: number }) | null;
}

export type StoreServices = Pick<Services, 'keyring' | 'random'>;

/**
 * Stores a deposit with all that belongs to it; false, with nothing stored, when its id was taken meanwhile, or who is to be
 * told has no account any more. In one statement without files, else in the transaction that `db` is.
 */
export async function storeDeposit(
  db: Kysely<Database>,
  services: StoreServices,
  sender: Sender,
  accepted: Accepted,
  now: Date,
): Promise<boolean> {
  const { keyring } = services;
  const taking = recordingDeposits(db, keyring, [placeOf(sender, accepted)], now);
  const event = recording(db, deposited, eventOf(sender, accepted, now));
  const rest = [...contentWrites(db, services, sender, accepted, now), ...telling(db, [accepted], now)];
  const { told } = accepted;
  const kept = told ? [requiredSelect(keepingAccount(db, told.personKey))] : [];
  const writes = [...kept, required(taking), ...rest.map(also), event];
  return accepted.files.length === 0 ? atOnce(db, writes) : inOrder(db, writes);
}

/**
 * The same for many payments, in a few statements for all, in the order of their keys. Everything is sealed and hashed before
 * the transaction that the answer is given: nobody waits for that behind its locks.
 */
export function preparePayments(
  db: Kysely<Database>,
  { keyring }: StoreServices,
  sender: Sender,
  accepted: readonly Accepted[],
  now: Date,
): (trx: Kysely<Database>) => Promise<boolean> {
  const places = accepted.map((one) => placeOf(sender, one));
  const payments = accepted.flatMap((one) =>
    one.item.kind === 'payment' ? [paymentOf(one, one.item.payment)] : [],
  );
  const events = accepted.map((one) => eventOf(sender, one, now));
  const taking = recordingDeposits(db, keyring, places, now).compile();
  const rest = [
    storingPayments(db, keyring, payments, now),
    ...telling(db, accepted, now),
    recordingAll(db, deposited, events).query,
  ];
  return async (trx) => {
    const { numAffectedRows } = await trx.executeQuery(taking);
    if (numAffectedRows !== BigInt(accepted.length)) return false;
    for (const write of rest) await trx.executeQuery(write);
    return true;
  };
}

function paymentOf(accepted: Accepted, payment: Payment): NewPayment {
  const { personKey, id } = accepted;
  return { personKey, id, payment, memberOf: (rank) => memberOf(accepted, rank) };
}

/** A deposit that names an unknown rank is not accepted. */
function memberOf({ rights }: Accepted, rank: number): number {
  const member = memberAt(rights, rank);
  if (member === null) throw new Error('A deposit is about a rank that nobody has');
  return member;
}

function placeOf(sender: Sender, { item, id, personKey }: Accepted): NewDeposit {
  return {
    personKey,
    id,
    sender: sender.code,
    kind: item.kind,
    reference: item.id,
    content: contentOf(item),
  };
}

function eventOf(sender: Sender, { item, id, personKey, told }: Accepted, now: Date) {
  const details = { kind: item.kind, sender: sender.code, id, told: told !== null };
  return { person: told?.personKey ?? personKey, actor: { kind: 'system' }, at: now, details } as const;
}

/** One avis for each person who is told; no statement where nobody is. */
function telling(db: Kysely<Database>, accepted: readonly Accepted[], now: Date): readonly Compilable[] {
  const told = accepted.flatMap((one) => one.told ?? []);
  const byPerson = Map.groupBy(told, ({ personKey }) => personKey.toString('hex'));
  const announced = [...byPerson.values()].flatMap((same) => {
    const [first] = same;
    const members = same.map(({ about }) => about);
    return first ? [{ personKey: first.personKey, dueAt: avisDueAt(first.frequency, now), members }] : [];
  });
  return announced.length > 0 ? [announcingDeposits(db, announced)] : [];
}

/** One after the other: parts of a document refer to its row. */
async function inOrder(trx: Kysely<Database>, writes: readonly Write[]): Promise<boolean> {
  for (const { query, isRequired, isSelect } of writes) {
    const { numAffectedRows, rows } = await trx.executeQuery(query);
    if (isRequired && (isSelect ? rows.length === 0 : numAffectedRows === 0n)) return false;
  }
  return true;
}

function contentWrites(
  db: Kysely<Database>,
  { keyring, random }: StoreServices,
  sender: Sender,
  accepted: Accepted,
  now: Date,
): readonly Compilable[] {
  const { item, id, personKey, files, rights } = accepted;
  switch (item.kind) {
    case 'payment':
      return [storingPayment(db, keyring, paymentOf(accepted, item.payment), now)];
    case 'rights':
      return rights ? [storingRights(db, keyring, personKey, rights, sender.code, now)] : [];
    case 'document': {
      const { rank, matters } = item.document;
      return files.flatMap((file) =>
        storing(file, { id, member: memberOf(accepted, rank), matters, messageId: null }),
      );
    }
    case 'message': {
      const { subject, text, thread } = item.message;
      const message = { personKey, id, threadId: thread ?? id, subject, text, answerBy: null };
      return [
        storingMessage(db, keyring, { ...message, direction: 'received', sender: sender.code }, now),
        ...(thread ? [settlingThread(db, personKey, thread, 'answered')] : []),
        ...files.flatMap((file) =>
          storing(file, { id: random.uuid(), member: ownMember, matters: false, messageId: id }),
        ),
      ];
    }
  }

  function storing(
    { title, type, content }: FitFile,
    kept: {
      readonly id: string;
      readonly member: number;
      readonly matters: boolean;
      readonly messageId: string | null;
    },
  ): readonly Compilable[] {
    const { member, ...rest } = kept;
    const about = { title, type, member, sha256: sha256Of(content) };
    const document = { ...rest, personKey, origin: 'sender', sender: sender.code, about, content } as const;
    return storingDocument(db, keyring, random, document, now);
  }
}
