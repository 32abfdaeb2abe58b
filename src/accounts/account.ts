import { z } from 'zod';
import { type Keyring, type Place, seal, unseal } from '#src/crypto/keyring.ts';
import type { AccountTable } from '#src/database/tables.ts';
import type { Language } from '#src/texts/language.ts';

/** How the person can be reached. Telephones in E.164. Kept sealed. */
export const contactSchema = z.object({
  email: z.string(),
  portable: z.string().nullable(),
  fixe: z.string().nullable(),
  /** The 13 characters, so that the account can be shown masked, and re-keyed. */
  nir: z.string(),
  birthDate: z.string(),
  names: z.array(z.string()),
});
export type Contact = z.infer<typeof contactSchema>;

/** An account as opened for one request. */
export interface Account {
  readonly personKey: Buffer;
  /** `frozen`: somebody said «ce n’est pas moi». Nothing opens it; whoever proves who they are by a strong means takes it. */
  readonly status: 'pending' | 'active' | 'frozen' | 'disabled';
  readonly contact: Contact;
  readonly emailKey: Buffer;
  readonly language: Language;
  readonly caisseCode: string | null;
  readonly createdAt: Date;
  /** While pending: when the link dies, and when the whole account does. */
  readonly linkDeadAt: Date;
  readonly pendingUntil: Date;
  /** Why it is disabled, where the register says so. */
  readonly closedFor: 'deceased' | null;
}

export function contactPlace(personKey: Buffer): Place {
  return { table: 'account', column: 'contact', row: [personKey] };
}

export function openContact(keyring: Keyring, personKey: Buffer, sealed: Buffer): Contact {
  return contactSchema.parse(unseal(keyring, contactPlace(personKey), sealed));
}

const decoys = new WeakMap<Keyring, Buffer>();
const decoyKey = Buffer.alloc(32);

/** The contact of nobody, opened like anybody’s where a number has no account: the time does not tell that. */
export function decoyContact(keyring: Keyring): Contact {
  const known = decoys.get(keyring);
  const sealed = known ?? seal(keyring, contactPlace(decoyKey), nobody);
  if (!known) decoys.set(keyring, sealed);
  return openContact(keyring, decoyKey, sealed);
}

const nobody: Contact = {
  email: 'personne.nulle@exemple.invalid',
  portable: '+33600000000',
  fixe: null,
  nir: '0000000000000',
  birthDate: '1900-01-01',
  names: ['Personne-Dupersonnage', 'Personne', 'Nulle', 'Aucune'],
};

/** A pending account past its last day counts for nothing: its NIR and its address are free again. */
export function isLive(account: Pick<Account, 'status' | 'pendingUntil'>, now: Date): boolean {
  return account.status !== 'pending' || account.pendingUntil > now;
}

/**
 * Whether somebody who proves to be its person ends at this account, and its owner is written to. One that waits to be
 * confirmed may be somebody else’s, and a frozen one is said to be: the person replaces them.
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
] as const;

type AccountRow = Pick<
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
>;

/** The account of a row, its contact opened at once. */
export function openAccount(keyring: Keyring, row: AccountRow): Account {
  return { ...accountOf(keyring, row) };
}

/** The account of a row. Its contact is opened when it is first read. */
export function accountOf(keyring: Keyring, row: AccountRow): Account {
  let contact: Contact | undefined;
  return {
    personKey: row.person_key,
    status: row.status,
    get contact() {
      contact ??= openContact(keyring, row.person_key, row.contact);
      return contact;
    },
    emailKey: row.email_key,
    language: row.language === 'en' ? 'en' : 'fr',
    caisseCode: row.caisse_code,
    createdAt: row.created_at,
    linkDeadAt: row.link_dead_at,
    pendingUntil: row.pending_until,
    closedFor: row.closed_for,
  };
}
