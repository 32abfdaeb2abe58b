import { z } from 'zod';
import { type Keyring, type Place, seal, unseal } from '#src/crypto/keyring.ts';
import type { DocumentTable } from '#src/database/tables/deposits.ts';
import { mediaTypes } from '#src/files/media-type.ts';

const aboutSchema = z.object({
  /** What people read: «Relevé de décembre», or the name of the file that they sent. */
  title: z.string().min(1).max(200),
  type: z.enum(mediaTypes),
  /** Whom it is about, among those who were ever insured with the person (`src/rights/members.ts`). */
  member: z.int(),
  /** Of the bytes, in hexadecimal. */
  sha256: z.string(),
});

/** What is sealed of a document besides its bytes. */
export type About = z.infer<typeof aboutSchema>;

/** A document of a person as lists show it. */
export interface KeptDocument extends About {
  readonly personKey: Buffer;
  readonly id: string;
  readonly origin: DocumentTable['origin'];
  /** The code of who deposited it; null: made here. */
  readonly sender: string | null;
  readonly messageId: string | null;
  readonly bytes: number;
  /** Its sender says that the person must not miss it. */
  readonly matters: boolean;
  readonly depositedAt: Date;
  readonly openedAt: Date | null;
  readonly remindedAt: Date | null;
  /** When and why it went on paper; null: it did not. */
  readonly lettered: { readonly at: Date; readonly why: NonNullable<DocumentTable['lettered_for']> } | null;
  /** Why it should go on paper and cannot; null: it need not, or it went. */
  readonly held: DocumentTable['held_because'];
}

function place(personKey: Buffer, id: string): Place {
  return { table: 'document', column: 'sealed', row: [personKey, id] };
}

export function sealAbout(keyring: Keyring, personKey: Buffer, id: string, about: About): Buffer {
  return seal(keyring, place(personKey, id), about);
}

export function openAbout(keyring: Keyring, personKey: Buffer, id: string, sealed: Buffer): About {
  return aboutSchema.parse(unseal(keyring, place(personKey, id), sealed));
}

/** The columns that `openDocument` reads. */
export const documentColumns = [
  'person_key',
  'id',
  'origin',
  'sender',
  'message_id',
  'sealed',
  'bytes',
  'matters',
  'deposited_at',
  'opened_at',
  'reminded_at',
  'lettered_at',
  'lettered_for',
  'held_because',
] as const;

type Row = Omit<Pick<DocumentTable, (typeof documentColumns)[number]>, 'matters'> & {
  readonly matters: boolean;
};

export function openDocument(keyring: Keyring, row: Row): KeptDocument {
  const { person_key: personKey, id, lettered_at: at, lettered_for: why } = row;
  return {
    ...openAbout(keyring, personKey, id, row.sealed),
    personKey,
    id,
    origin: row.origin,
    sender: row.sender,
    messageId: row.message_id,
    bytes: row.bytes,
    matters: row.matters,
    depositedAt: row.deposited_at,
    openedAt: row.opened_at,
    remindedAt: row.reminded_at,
    lettered: at && why ? { at, why } : null,
    held: row.held_because,
  };
}
