import type { Kysely } from 'kysely';
import { type Account, type AccountRow, accountColumns, openAccount } from '#src/accounts/account.ts';
import { personOfLink, secretIn } from '#src/confirmations/secret.ts';
import type { ConfirmationPurpose } from '#src/confirmations/store.ts';
import type { Keyring } from '#src/crypto/keyring.ts';
import { secretHash } from '#src/crypto/secret-hash.ts';
import { prepared } from '#src/database/prepared.ts';
import type { AccountTable, Database, EmailConfirmationTable } from '#src/database/tables.ts';
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

const linkQuery = `
  select ${accountColumns.join(', ')}, account.last_sent_at,
    c.id, c.purpose, c.dead_at, c.used_at, c.superseded_at, c.address
  from email_confirmation c
  join account on account.person_key = c.person_key
  where c.person_key = $1 and c.token_hash = $2 and c.created_at >= account.created_at`;

type Row = AccountRow &
  Pick<AccountTable, 'last_sent_at'> &
  Pick<EmailConfirmationTable, 'id' | 'purpose' | 'dead_at' | 'used_at' | 'superseded_at' | 'address'>;

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
  const tokenHash = secretHash(secret);
  const among = async (person: Buffer | null) => {
    if (!person) return null;
    const { rows } = await db.executeQuery(prepared<Row>(linkQuery, [person, tokenHash]));
    return rows.find(({ purpose }) => purposes.includes(purpose)) ?? null;
  };
  const row =
    (await among(personOfLink(keyring, secret))) ??
    (await among(await followSignpost(db, 'moved-link', [tokenHash])));
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
