import { type Kysely, sql } from 'kysely';
import { type Account, accountColumns, openAccount } from '#src/accounts/account.ts';
import { personOfLink, secretIn } from '#src/confirmations/secret.ts';
import type { ConfirmationPurpose } from '#src/confirmations/store.ts';
import type { Keyring } from '#src/crypto/keyring.ts';
import { secretHash } from '#src/crypto/secret-hash.ts';
import type { Database } from '#src/database/tables.ts';
import { followSignpost } from '#src/signposts/signpost.ts';

/** A confirmation found by the token of its link, with its account. */
export interface FoundLink {
  readonly id: string;
  readonly purpose: ConfirmationPurpose;
  readonly deadAt: Date;
  readonly usedAt: Date | null;
  readonly supersededAt: Date | null;
  /** When the latest mail to confirm the account was sent. */
  readonly newestAt: Date;
  readonly address: Buffer | null;
  readonly account: Account;
}

/** `dead`: a new link can be requested; `over`: no more links; `expired`: the change of address must be made again. */
export type LinkState =
  | { readonly kind: 'ready' | 'used' | 'dead' | 'over' | 'expired' }
  | { readonly kind: 'superseded'; readonly newerAt: Date };

/** Whether a link still confirms, and why not. */
export function linkState(link: FoundLink, now: Date): LinkState {
  if (link.usedAt) return { kind: 'used' };
  if (link.purpose === 'activation') {
    if (link.account.status === 'active') return { kind: 'used' };
    if (link.account.pendingUntil <= now) return { kind: 'over' };
  }
  if (link.supersededAt) {
    const newerAt = link.purpose === 'activation' ? link.newestAt : link.supersededAt;
    return { kind: 'superseded', newerAt };
  }
  if (link.deadAt <= now) return { kind: link.purpose === 'activation' ? 'dead' : 'expired' };
  return { kind: 'ready' };
}

/**
 * The confirmation of a link with its account, or null; changes nothing. Looked up by the person key sealed in the link,
 * and if that finds none, by a signpost: retiring a master key gives people new keys.
 */
export async function findLink(
  db: Kysely<Database>,
  keyring: Keyring,
  token: string,
  purposes: readonly ConfirmationPurpose[],
): Promise<FoundLink | null> {
  const secret = secretIn(token);
  const links = db
    .selectFrom('email_confirmation as c')
    .innerJoin('account', 'account.person_key', 'c.person_key')
    .select(accountColumns)
    .select(['c.id', 'c.purpose', 'c.dead_at', 'c.used_at', 'c.superseded_at', 'c.address'])
    .select('account.last_sent_at')
    .where('c.token_hash', '=', secretHash(secret))
    .where('c.purpose', 'in', purposes)
    .where(sql<boolean>`c.created_at >= account.created_at`);
  const personKey = personOfLink(keyring, secret);
  const among = (person: Buffer | null) =>
    person ? links.where('c.person_key', '=', person).executeTakeFirst() : undefined;
  const row =
    (await among(personKey)) ?? (await among(await followSignpost(db, 'moved-link', [secretHash(secret)])));
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
