import type { Kysely } from 'kysely';
import { extendPending } from '#src/accounts/extend-pending.ts';
import { extendCodeOf } from '#src/codes/store.ts';
import { extendConfirmation } from '#src/confirmations/extend.ts';
import { secretHash } from '#src/crypto/secret-hash.ts';
import type { Database } from '#src/database/tables.ts';
import type { Notice } from '#src/notices/notice.ts';
import { endOfDayAfter } from '#src/time/paris.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/**
 * The last instant of a link or a code that leaves late: it moves by as much as the notice was late, so that the
 * person has the time that was meant, which nobody else could use meanwhile.
 *
 * Not for a delay of an hour or less (of a tenth of its life or less, if that is shorter), nor for one of more than
 * 24 hours, after which a notice is given up. Lives of more than a day end with a civil day of Paris.
 */
export function fairUntil(createdAt: Date, until: Date, now: Date): Date {
  const life = until.getTime() - createdAt.getTime();
  const late = now.getTime() - createdAt.getTime();
  if (late <= Math.min(hourMs, life / 10) || late > dayMs) return until;
  const moved = new Date(until.getTime() + late);
  return life > dayMs ? endOfDayAfter(moved, 0) : moved;
}

/** A late notice before it leaves: until when it is good now; `over`: somebody asked for another one, or used it. */
export type FairTime = { readonly until: Date | null } | 'over';

interface Late {
  readonly personKey: Buffer;
  readonly noticeId: string;
  readonly notice: Notice;
  readonly createdAt: Date;
  readonly now: Date;
  /** Days after its creation during which a pending account waits (policy). */
  readonly pendingDays: number;
}

const lateAfterMs = 60_000;

/**
 * Gives the link or the code of a late notice its time, where it is kept. Repeatable. `until` is null for a notice
 * that opens nothing, or leaves in time.
 */
export async function giveFairTime(db: Kysely<Database>, late: Late): Promise<FairTime> {
  const { notice, createdAt, now } = late;
  const { content } = notice;
  if (!('until' in content) || !('token' in content || 'code' in content)) return { until: null };
  if (now.getTime() - createdAt.getTime() <= lateAfterMs) return { until: null };
  const moved = fairUntil(createdAt, new Date(content.until), now);
  const told =
    'token' in content
      ? await moveLink(db, late, secretHash(content.token), moved)
      : await moveCode(db, late, moved);
  return told === 'over' ? 'over' : { until: told };
}

type Moved = Date | null | 'over';

/**
 * The account waits as long as its link; never more than a day longer than meant, however many messages were late.
 * A link that is not kept (any more) moves nothing.
 */
async function moveLink(
  db: Kysely<Database>,
  { personKey, now, pendingDays }: Late,
  hash: Buffer,
  moved: Date,
): Promise<Moved> {
  const link = await db
    .selectFrom('email_confirmation as c')
    .innerJoin('account', 'account.person_key', 'c.person_key')
    .select(['c.id', 'c.purpose', 'c.dead_at', 'c.used_at', 'c.superseded_at', 'account.created_at'])
    .where('c.person_key', '=', personKey)
    .where('c.token_hash', '=', hash)
    .executeTakeFirst();
  if (!link) return null;
  if (link.used_at || link.superseded_at) return 'over';
  const latest = link.purpose === 'activation' ? endOfDayAfter(link.created_at, pendingDays + 1) : moved;
  const until = new Date(Math.min(moved.getTime(), latest.getTime()));
  const over = link.purpose === 'activation' && link.dead_at <= now;
  if (over || until <= link.dead_at) return link.dead_at;
  await db.transaction().execute(async (trx) => {
    if (!(await extendConfirmation(trx, personKey, link.id, until))) return;
    if (link.purpose === 'activation') await extendPending(trx, personKey, until);
  });
  return until;
}

async function moveCode(db: Kysely<Database>, { personKey, noticeId }: Late, moved: Date): Promise<Moved> {
  return (await extendCodeOf(db, personKey, noticeId, moved)) ?? 'over';
}
