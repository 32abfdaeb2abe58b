import { type Kysely, sql } from 'kysely';
import { type Account, accountColumns, isLive, openAccount } from '#src/accounts/account.ts';
import { secretIn } from '#src/confirmations/secret.ts';
import type { Keyring } from '#src/crypto/keyring.ts';
import { secretHash } from '#src/crypto/secret-hash.ts';
import type { Database } from '#src/database/tables.ts';

export type ResetLink =
  | { readonly state: 'ready'; readonly id: string; readonly account: Account }
  | { readonly state: 'unknown' | 'used' | 'superseded' | 'expired' };

/** What the link of a mail can still do: read only. Mail programs add punctuation to its end. */
export async function findResetLink(
  db: Kysely<Database>,
  keyring: Keyring,
  token: string,
  now: Date,
): Promise<ResetLink> {
  const row = await db
    .selectFrom('email_confirmation as c')
    .innerJoin('account', 'account.person_key', 'c.person_key')
    .select(accountColumns)
    .select(['c.id', 'c.dead_at', 'c.used_at', 'c.superseded_at'])
    .where('c.token_hash', '=', secretHash(secretIn(token)))
    .where('c.purpose', '=', 'password-reset')
    .where(sql<boolean>`c.created_at >= account.created_at`)
    .executeTakeFirst();
  if (!row || row.status === 'disabled' || row.status === 'frozen') return { state: 'unknown' };
  if (row.used_at) return { state: 'used' };
  if (row.superseded_at) return { state: 'superseded' };
  const account = openAccount(keyring, row);
  if (row.dead_at <= now || !isLive(account, now)) return { state: 'expired' };
  return { state: 'ready', id: row.id, account };
}
