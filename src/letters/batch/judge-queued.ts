import type { Kysely } from 'kysely';
import { countLettered } from '#src/archive/on-paper.ts';
import { noticesWithLiveCode } from '#src/codes/store.ts';
import type { Keyring } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';
import { addressLines } from '#src/documents/pdf/address-window.ts';
import { addressKeys, isReturned, returnedAddresses } from '#src/letters/address.ts';
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
  const letters = new Map(
    queued.flatMap(({ content, ...row }) =>
      content === null ? [] : [[row.id, openLetter(keyring, { ...row, content })] as const],
    ),
  );
  const documents = await countLettered(
    trx,
    keys.filter(({ id }) => letters.get(id)?.kind === 'document-letter'),
  );
  return queued.map(({ person_key: personKey, id, kind, created_at: createdAt }) => {
    const letter = { personKey, id, createdAt };
    const notice = letters.get(id);
    if (!notice || (notice.kind === 'document-letter' && !documents.has(id)))
      return { ...letter, addressKey: Buffer.alloc(0), hold: 'no-content' };
    const { envelope } = notice.content;
    const toAnotherAdult = notice.kind === 'document-letter' && notice.content.toAnotherAdult;
    const [addressKey = Buffer.alloc(0)] = addressKeys(keyring, envelope, { toAnotherAdult });
    const isExpired = kind === 'provisional-code-letter' && !alive.has(id);
    const cameBack = isReturned(keyring, returned.get(personKey.toString('hex')) ?? [], envelope, {
      toAnotherAdult,
    });
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
    case 'departure-letter':
    case 'document-letter':
      return notice;
    default:
      throw new Error(`Notice ${row.id} is not a letter`);
  }
}
