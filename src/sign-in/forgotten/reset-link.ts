import type { Kysely } from 'kysely';
import { type Account, isLive } from '#src/accounts/account.ts';
import { findLink } from '#src/confirmations/link.ts';
import type { Keyring } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';

export type ResetLink =
  | { readonly kind: 'ready'; readonly id: string; readonly account: Account }
  | { readonly kind: 'unknown' | 'used' | 'superseded' | 'expired' };

/** What the link of a mail can still do; changes nothing. */
export async function findResetLink(
  db: Kysely<Database>,
  keyring: Keyring,
  token: string,
  now: Date,
): Promise<ResetLink> {
  const link = await findLink(db, keyring, token, ['password-reset']);
  if (!link) return { kind: 'unknown' };
  const { id, account, usedAt, supersededAt, deadAt } = link;
  if (account.status === 'disabled' || account.status === 'frozen') return { kind: 'unknown' };
  if (usedAt) return { kind: 'used' };
  if (supersededAt) return { kind: 'superseded' };
  if (deadAt <= now || !isLive(account, now)) return { kind: 'expired' };
  return { kind: 'ready', id, account };
}
