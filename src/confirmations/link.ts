import { type Kysely, sql } from 'kysely';
import { type Account, accountColumns, openAccount } from '#src/accounts/account.ts';
import { secretIn } from '#src/confirmations/secret.ts';
import type { Keyring } from '#src/crypto/keyring.ts';
import { secretHash } from '#src/crypto/secret-hash.ts';
import type { Database, EmailConfirmationTable } from '#src/database/tables.ts';

/** A confirmation as found by the secret of its link, with its account. */
export interface FoundLink {
  readonly id: string;
  readonly purpose: EmailConfirmationTable['purpose'];
  readonly deadAt: Date;
  readonly usedAt: Date | null;
  readonly supersededAt: Date | null;
  /** When the newest message to confirm the account left. */
  readonly newestAt: Date;
  readonly address: Buffer | null;
  readonly account: Account;
}

/** `dead`: a fresh link may be asked for; `over`: not any more; `expired`: a change of address, to be asked again. */
export type LinkState =
  | { readonly state: 'ready' | 'used' | 'dead' | 'over' | 'expired' }
  | { readonly state: 'superseded'; readonly newerAt: Date };

/** What a link can still do at an instant. */
export function linkState(link: FoundLink, now: Date): LinkState {
  if (link.usedAt) return { state: 'used' };
  if (link.purpose === 'activation') {
    if (link.account.status === 'active') return { state: 'used' };
    if (link.account.pendingUntil <= now) return { state: 'over' };
  }
  if (link.supersededAt) {
    const newerAt = link.purpose === 'activation' ? link.newestAt : link.supersededAt;
    return { state: 'superseded', newerAt };
  }
  if (link.deadAt <= now) return { state: link.purpose === 'activation' ? 'dead' : 'expired' };
  return { state: 'ready' };
}

/** The confirmation of a link with its account, or null: read only. */
export async function findLink(
  db: Kysely<Database>,
  keyring: Keyring,
  token: string,
): Promise<FoundLink | null> {
  const row = await db
    .selectFrom('email_confirmation as c')
    .innerJoin('account', 'account.person_key', 'c.person_key')
    .select(accountColumns)
    .select(['c.id', 'c.purpose', 'c.dead_at', 'c.used_at', 'c.superseded_at', 'c.address'])
    .select('account.last_sent_at')
    .where('c.token_hash', '=', secretHash(secretIn(token)))
    .where('c.purpose', '<>', 'password-reset')
    .where(sql<boolean>`c.created_at >= account.created_at`)
    .where('account.status', '<>', 'frozen')
    .executeTakeFirst();
  if (!row) return null;
  return {
    id: row.id,
    purpose: row.purpose,
    deadAt: row.dead_at,
    usedAt: row.used_at,
    supersededAt: row.superseded_at,
    newestAt: row.last_sent_at,
    address: row.address,
    account: openAccount(keyring, row),
  };
}
