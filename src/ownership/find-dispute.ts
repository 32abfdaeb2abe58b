import type { Kysely } from 'kysely';
import { isLive } from '#src/accounts/account.ts';
import type { Keyring } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';
import { type DisputeChannel, disputeEnd } from '#src/ownership/rules.ts';
import { disputeKeys, isBoundTo, personOfDispute } from '#src/ownership/secret.ts';
import { followSignpost } from '#src/signposts/signpost.ts';

/** A notice with a «ce n’est pas moi», and the account that it is about. */
export interface FoundDispute {
  readonly personKey: Buffer;
  readonly channel: DisputeChannel;
  readonly noticeKind: string;
  /** When the notice was written: an account created later is another one. */
  readonly noticeAt: Date;
}

/**
 * `frozen`: the account is frozen already, by this notice or another; `over`: the account no longer exists, or has since
 * been taken back by a person who proved their identity; `unknown`: no notice has this secret.
 */
export type DisputeState =
  | { readonly kind: 'ready' | 'frozen' | 'expired' | 'over'; readonly dispute: FoundDispute }
  | { readonly kind: 'unknown' };

/** Looks up the notice of a secret and what the secret can still do; changes nothing. */
export async function findDispute(
  db: Kysely<Database>,
  keyring: Keyring,
  secret: string,
  now: Date,
): Promise<DisputeState> {
  const keys = disputeKeys(keyring, secret);
  const person = personOfDispute(keyring, secret) ?? (await followSignpost(db, 'dispute-code', keys));
  if (!person) return { kind: 'unknown' };
  const row = await db
    .selectFrom('notice as n')
    .leftJoin('account as a', 'a.person_key', 'n.person_key')
    .select(['n.person_key', 'n.id', 'n.kind', 'n.channel', 'n.created_at', 'n.dispute_bound'])
    .select(['a.status', 'a.pending_until', 'a.created_at as opened_at'])
    .where('n.person_key', '=', person)
    .where('n.dispute_key', 'in', keys)
    .executeTakeFirst();
  const { person_key: personKey, id, channel } = row ?? {};
  if (!row?.dispute_bound || !personKey || !id || !channel) return { kind: 'unknown' };
  if (!isBoundTo(keyring, { personKey, id }, secret, row.dispute_bound)) return { kind: 'unknown' };
  const dispute = { personKey, channel, noticeKind: row.kind, noticeAt: row.created_at };
  const { status, pending_until: pendingUntil, opened_at: openedAt } = row;
  if (!status || !pendingUntil || !openedAt || openedAt > row.created_at) return { kind: 'over', dispute };
  if (status === 'frozen' || status === 'disabled') return { kind: 'frozen', dispute };
  if (!isLive({ status, pendingUntil }, now)) return { kind: 'over', dispute };
  return { kind: disputeEnd(channel, row.created_at) < now ? 'expired' : 'ready', dispute };
}
