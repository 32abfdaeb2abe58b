import { type Kysely, sql } from 'kysely';
import { noticesWithLiveCode } from '#src/codes/store.ts';
import type { Keyring } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';
import { addressLines } from '#src/documents/pdf/address-window.ts';
import { addressKeys, isReturned } from '#src/letters/address.ts';
import { type LetterHold, queuedLetters } from '#src/notices/letters.ts';
import { type LetterNotice, openNotice } from '#src/notices/notice.ts';

/** A queued letter, and whether it can be printed. */
export interface JudgedLetter {
  readonly personKey: Buffer;
  readonly id: string;
  readonly createdAt: Date;
  readonly addressKey: Buffer;
  /** Why it is withheld; null: it is printed. */
  readonly hold: LetterHold | null;
}

/** The oldest queued letters, each with the reason for withholding it, if any. */
export async function judgeQueued(
  trx: Kysely<Database>,
  keyring: Keyring,
  atMost: number,
  now: Date,
): Promise<readonly JudgedLetter[]> {
  const queued = await queuedLetters(trx, atMost);
  const keys = queued.map(({ person_key: personKey, id }) => ({ personKey, id }));
  const alive = await noticesWithLiveCode(trx, keys, now);
  const returned = await returnedAddresses(
    trx,
    keys.map(({ personKey }) => personKey),
  );
  return queued.map(({ person_key: personKey, id, kind, content, created_at: createdAt }) => {
    const letter = { personKey, id, createdAt };
    if (content === null) return { ...letter, addressKey: Buffer.alloc(0), hold: 'no-content' };
    const { envelope } = openLetter(keyring, { person_key: personKey, id, kind, content }).content;
    const [addressKey = Buffer.alloc(0)] = addressKeys(keyring, envelope);
    const isExpired = kind === 'provisional-code-letter' && !alive.has(id);
    const cameBack = isReturned(keyring, returned.get(personKey.toString('hex')) ?? [], envelope);
    const hold = isExpired
      ? 'expired'
      : cameBack
        ? 'returned-before'
        : addressLines(envelope) === null
          ? 'address-too-long'
          : null;
    return { ...letter, addressKey, hold };
  });
}

/** The addresses from which letters to these people came back, by person key in hexadecimal. */
async function returnedAddresses(
  db: Kysely<Database>,
  personKeys: readonly Buffer[],
): Promise<ReadonlyMap<string, readonly Buffer[]>> {
  const rows = await db
    .selectFrom('letter')
    .select(['person_key', 'address_key'])
    .where(sql<boolean>`person_key = any(${personKeys}::bytea[])`)
    .where('state', '=', 'returned')
    .execute();
  const addresses = new Map<string, Buffer[]>();
  for (const row of rows) {
    const person = row.person_key.toString('hex');
    addresses.set(person, [...(addresses.get(person) ?? []), row.address_key]);
  }
  return addresses;
}

/** Opens the content of a letter; throws for a notice that is not a letter. */
export function openLetter(
  keyring: Keyring,
  row: { person_key: Buffer; id: string; kind: string; content: Buffer },
): LetterNotice {
  const notice = openNotice(keyring, row);
  switch (notice.kind) {
    case 'provisional-code-letter':
    case 'account-created-letter':
    case 'account-frozen-letter':
    case 'document-letter':
      return notice;
    default:
      throw new Error(`Notice ${row.id} is not a letter`);
  }
}
