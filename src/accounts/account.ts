import { z } from 'zod';
import { type Keyring, type Place, seal, unseal } from '#src/crypto/keyring.ts';
import type { AccountTable } from '#src/database/tables.ts';
import type { Language } from '#src/texts/language.ts';

/** How the person can be reached, and who they are. Telephones in E.164. Stored encrypted. */
const storedContact = z.object({
  email: z.string(),
  portable: z.string().nullable(),
  fixe: z.string().nullable(),
  /** The 13 characters: to be shown masked, and to derive the person key anew when keys are rotated. */
  nir: z.string(),
  birthDate: z.string(),
  names: z.array(z.string()),
});
export type Contact = z.infer<typeof storedContact>;

/** An account as read for one request. */
export interface Account {
  readonly personKey: Buffer;
  /**
   * `frozen`: disputed with «ce n’est pas moi». Nobody can enter it; a person who proves their identity by a strong
   * means replaces it.
   */
  readonly status: 'pending' | 'active' | 'frozen' | 'disabled';
  readonly contact: Contact;
  /** As stored, which tells it from every other that was ever there. */
  readonly sealedContact: Buffer;
  readonly emailKey: Buffer;
  readonly language: Language;
  readonly caisseCode: string | null;
  readonly createdAt: Date;
  /** While pending: when the confirmation link expires, and when the account does. */
  readonly linkDeadAt: Date;
  readonly pendingUntil: Date;
  /** Why the account was disabled, if the register is the reason. */
  readonly closedFor: AccountTable['closed_for'];
  /** Since when its person has left the register, and until when it stays open nevertheless; null: they are in it. */
  readonly leaving: { readonly since: Date; readonly until: Date } | null;
}

export function contactPlace(personKey: Buffer): Place {
  return { table: 'account', column: 'contact', row: [personKey] };
}

export function openContact(keyring: Keyring, personKey: Buffer, sealed: Buffer): Contact {
  return storedContact.parse(unseal(keyring, contactPlace(personKey), sealed));
}

const decoys = new WeakMap<Keyring, Buffer>();
const decoyKey = Buffer.alloc(32);

/** A fictitious contact, decrypted where a number has no account, so that the response time does not reveal it. */
export function decoyContact(keyring: Keyring): Contact {
  const cached = decoys.get(keyring);
  const sealed = cached ?? seal(keyring, contactPlace(decoyKey), fictitious);
  if (!cached) decoys.set(keyring, sealed);
  return openContact(keyring, decoyKey, sealed);
}

const fictitious: Contact = {
  email: 'personne.nulle@exemple.invalid',
  portable: '+33600000000',
  fixe: null,
  nir: '0000000000000',
  birthDate: '1900-01-01',
  names: ['Personne-Dupersonnage', 'Personne', 'Nulle', 'Aucune'],
};

/** A pending account that has expired is treated as absent: its NIR and its address are available again. */
export function isLive(account: Pick<Account, 'status' | 'pendingUntil'>, now: Date): boolean {
  return account.status !== 'pending' || account.pendingUntil > now;
}

/**
 * Whether an enrolment stops at this account, and its owner is notified. A pending account may have been created by
 * another person, and a frozen one is disputed: someone who proves to be its person replaces it.
 */
export function endsEnrolment({ status }: Pick<Account, 'status'>): boolean {
  return status === 'active' || status === 'disabled';
}

/** The columns of `account` that `openAccount` reads. */
export const accountColumns = [
  'account.person_key',
  'account.status',
  'account.contact',
  'account.email_key',
  'account.language',
  'account.caisse_code',
  'account.created_at',
  'account.link_dead_at',
  'account.pending_until',
  'account.closed_for',
  'account.left_since',
  'account.kept_until',
] as const;

/** What they say. */
export type AccountRow = Pick<
  AccountTable,
  | 'person_key'
  | 'status'
  | 'contact'
  | 'email_key'
  | 'language'
  | 'caisse_code'
  | 'created_at'
  | 'link_dead_at'
  | 'pending_until'
  | 'closed_for'
  | 'left_since'
  | 'kept_until'
>;

/** The account of a row, its contact decrypted at once. */
export function openAccount(keyring: Keyring, row: AccountRow): Account {
  return { ...accountOf(keyring, row) };
}

/** The account of a row. Its contact is decrypted when it is first read. */
export function accountOf(keyring: Keyring, row: AccountRow): Account {
  let contact: Contact | undefined;
  return {
    personKey: row.person_key,
    status: row.status,
    get contact() {
      contact ??= openContact(keyring, row.person_key, row.contact);
      return contact;
    },
    sealedContact: row.contact,
    emailKey: row.email_key,
    language: row.language === 'en' ? 'en' : 'fr',
    caisseCode: row.caisse_code,
    createdAt: row.created_at,
    linkDeadAt: row.link_dead_at,
    pendingUntil: row.pending_until,
    closedFor: row.closed_for,
    leaving: row.left_since && row.kept_until && { since: row.left_since, until: row.kept_until },
  };
}
