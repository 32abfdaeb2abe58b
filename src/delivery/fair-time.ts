import type { Kysely } from 'kysely';
import { extendPending } from '#src/accounts/extend-pending.ts';
import { extendCodeOf } from '#src/codes/store.ts';
import { extendConfirmation } from '#src/confirmations/extend.ts';
import { secretHash } from '#src/crypto/secret-hash.ts';
import { allOrNothing } from '#src/database/all-or-nothing.ts';
import type { Database } from '#src/database/tables.ts';
import type { Notice } from '#src/notices/notice.ts';
import { endOfDayAfter } from '#src/time/paris.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/**
 * The new expiry of a link or a code that leaves late: it moves by the delay of the notice, so that the person has the
 * whole lifetime. Nobody could use the link or the code before it left.
 *
 * It does not move for a delay of an hour or less (or a tenth of its lifetime, if that is shorter), nor for one of more
 * than 24 hours, after which a notice is given up. Lifetimes of more than a day end with a civil day of Paris.
 */
export function fairUntil(createdAt: Date, until: Date, now: Date): Date {
  const lifetime = until.getTime() - createdAt.getTime();
  const late = now.getTime() - createdAt.getTime();
  if (late <= Math.min(hourMs, lifetime / 10) || late > dayMs) return until;
  const moved = new Date(until.getTime() + late);
  return lifetime > dayMs ? endOfDayAfter(moved, 0) : moved;
}

/**
 * A late notice before it leaves. `until`: the expiry of its link or code, null for a notice that has none or leaves in
 * time; `ended`: the link or the code was replaced or used.
 */
export type FairTime = { readonly kind: 'alive'; readonly until: Date | null } | { readonly kind: 'ended' };

const asSent: FairTime = { kind: 'alive', until: null };
const ended: FairTime = { kind: 'ended' };

interface LateNotice {
  readonly personKey: Buffer;
  readonly noticeId: string;
  readonly notice: Notice;
  readonly createdAt: Date;
  readonly now: Date;
  /** For how many days after its creation a pending account waits (policy). */
  readonly pendingDays: number;
}

const lateAfterMs = 60_000;

/**
 * Extends the stored link or code of a late notice by the delay (`fairUntil`). Repeating it changes nothing.
 */
export async function giveFairTime(db: Kysely<Database>, late: LateNotice): Promise<FairTime> {
  const { notice, createdAt, now } = late;
  const { content } = notice;
  if (!('until' in content) || !('token' in content || 'code' in content)) return asSent;
  if (now.getTime() - createdAt.getTime() <= lateAfterMs) return asSent;
  const moved = fairUntil(createdAt, new Date(content.until), now);
  return 'token' in content
    ? moveLink(db, late, secretHash(content.token), moved)
    : moveCode(db, late, moved);
}

/**
 * The pending account expires with its link: a day later than planned at most, however many messages were late. A link
 * that is no longer stored moves nothing.
 */
async function moveLink(
  db: Kysely<Database>,
  { personKey, now, pendingDays }: LateNotice,
  hash: Buffer,
  moved: Date,
): Promise<FairTime> {
  const link = await db
    .selectFrom('email_confirmation as c')
    .innerJoin('account', 'account.person_key', 'c.person_key')
    .select(['c.id', 'c.purpose', 'c.dead_at', 'c.used_at', 'c.superseded_at', 'account.created_at'])
    .where('c.person_key', '=', personKey)
    .where('c.token_hash', '=', hash)
    .executeTakeFirst();
  if (!link) return asSent;
  if (link.used_at || link.superseded_at) return ended;
  const latest = link.purpose === 'activation' ? endOfDayAfter(link.created_at, pendingDays + 1) : moved;
  const until = new Date(Math.min(moved.getTime(), latest.getTime()));
  const accountExpired = link.purpose === 'activation' && link.dead_at <= now;
  if (accountExpired || until <= link.dead_at) return { kind: 'alive', until: link.dead_at };
  const extended = await allOrNothing(db, async (trx) => {
    // Locks the account before the link, as a confirmation and a resend do.
    if (link.purpose === 'activation') await extendPending(trx, personKey, until);
    return (await extendConfirmation(trx, personKey, link.id, until)) || null;
  });
  return extended ? { kind: 'alive', until } : ended;
}

async function moveCode(
  db: Kysely<Database>,
  { personKey, noticeId }: LateNotice,
  moved: Date,
): Promise<FairTime> {
  const until = await extendCodeOf(db, personKey, noticeId, moved);
  return until ? { kind: 'alive', until } : ended;
}
