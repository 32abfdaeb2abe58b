import type { Generated, JSONColumnType } from 'kysely';

/** The tables of what senders deposit and people write to them, as migration 0009 leaves them. */

export interface SenderTable {
  code: string;
  name: string;
  scopes: string[];
  /** A JSON Web Key Set of public keys. */
  keys: JSONColumnType<object>;
  created_at: Date;
  disabled_at: Date | null;
}

export interface DepositTable {
  person_key: Buffer;
  /** Of sender, kind and the sender’s own id. */
  reference_hash: Buffer;
  /** Keyed; null once its key is retired. */
  content_key: Buffer | null;
  kind: 'payment' | 'rights' | 'message' | 'document';
  sender: string;
  /** Of what it became. */
  id: string;
  at: Date;
}

export interface PaymentTable {
  person_key: Buffer;
  id: string;
  /** `yyyy-mm-dd` */
  paid_on: string;
  /** What a list shows. */
  summary: Buffer;
  detail: Buffer;
  deposited_at: Date;
}

export interface MessageTable {
  person_key: Buffer;
  id: string;
  /** The first message of the thread. */
  thread_id: string;
  direction: 'received' | 'sent';
  sender: string;
  sealed: Buffer;
  /** Of a sent message; null of a received one. */
  state: 'waiting' | 'taken' | 'answered' | null;
  answer_by: Date | null;
  at: Date;
  opened_at: Date | null;
}

export interface DocumentTable {
  person_key: Buffer;
  id: string;
  origin: 'sender' | 'person' | 'service';
  /** Null: made here. */
  sender: string | null;
  /** The message that it is attached to. */
  message_id: string | null;
  sealed: Buffer;
  bytes: number;
  matters: Generated<boolean>;
  deposited_at: Date;
  /** Of an attachment of a message that is not sent yet: until when it is kept. */
  draft_until: Date | null;
  /** The thread that this message will belong to; null for a new one. */
  draft_thread: string | null;
  opened_at: Date | null;
  reminded_at: Date | null;
  /** The letter by which it goes on paper. */
  letter_id: string | null;
  lettered_at: Date | null;
  lettered_for: 'choice' | 'unread' | 'bounced' | 'no-account' | 'another-adult' | 'left' | null;
  /** When it was judged whether it goes on paper at once, or when a letter was last held. */
  judged_at: Date | null;
  /** It should go on paper, and cannot. */
  held_for: 'choice' | 'unread' | 'bounced' | 'no-account' | 'another-adult' | 'left' | null;
  held_because: 'no-address' | 'deceased' | 'other-adult' | null;
}

export interface DocumentPartTable {
  person_key: Buffer;
  id: string;
  document_id: string;
  place: number;
  content: Buffer;
}

export interface CorrespondenceTable {
  person_key: Buffer;
  paper: boolean;
  /** Documents deposited from then on go on paper. */
  paper_since: Date | null;
  /** `never`: unsubscribed by the link of such a mail; paper instead. */
  frequency: 'at-once' | 'daily' | 'weekly' | 'never';
  /** The phrase by which the person recognises our mails. */
  sealed: Buffer | null;
  changed_at: Date;
}

export interface AttestationTable {
  person_key: Buffer;
  id: string;
  kind: 'rights' | 'european-certificate' | 'european-card';
  /** Of whom, among those ever insured with the person. */
  member: number;
  /** The initials. */
  sealed: Buffer;
  issued_at: Date;
  valid_until: Date;
  replaced_at: Date | null;
}
