import { type Kysely, sql } from 'kysely';
import { pendingMigrations } from '#src/database/migrate.ts';
import type { Database } from '#src/database/tables.ts';
import type { Check } from '#src/operations/health.ts';
import type { HashLane } from '#src/passwords/lane.ts';
import { type Clock, toleratedSkewSeconds } from '#src/time/clock.ts';

/** Every check that a process can have, as metrics name it. */
export const checkNames = [
  'database',
  'clock',
  'migrations',
  'data',
  'passwords',
  'franceconnect',
  'mail',
  'second-mail',
  'sms',
] as const;

/** The database answers; its clock comes with the answer. */
export interface DatabaseProbe {
  readonly answers: Check;
  /** The clocks of this machine and of the database agree well enough, as far as is known. */
  readonly clock: Check;
  /** How far this machine was ahead of the database at the last answer; null before the first. */
  skewSeconds(): number | null;
}

/** `clock`: that of the machine, even in a demo with another date. */
export function openDatabaseProbe(db: Kysely<Database>, clock: Clock): DatabaseProbe {
  let skew: number | null = null;
  return {
    answers: {
      name: 'database',
      async holds() {
        const began = performance.now();
        const at = clock.now().getTime();
        const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db);
        const [row] = rows;
        if (row) skew = skewOf(at, performance.now() - began, new Date(row.now).getTime());
        return row !== undefined;
      },
    },
    clock: { name: 'clock', holds: () => skew === null || Math.abs(skew) <= toleratedSkewSeconds },
    skewSeconds: () => skew,
  };
}

/**
 * Whether the clock of this machine is that of the database, asked now. While it is not, nothing may be deleted for its age,
 * and no duty be recorded at a time to come.
 */
export async function clocksAgree(db: Kysely<Database>, clock: Clock): Promise<boolean> {
  const probe = openDatabaseProbe(db, clock);
  await probe.answers.holds();
  return probe.clock.holds();
}

/** Links last for hours, and what cannot be sent is given up after a day: so much changes nothing for anybody. */
const deliverableSkewSeconds = 300;
const askAgainAfterMs = 60_000;

/**
 * Whether what leaves may be judged by the clock of this machine: by one that is years ahead, each link has expired, and
 * each mail has waited for too long. The database is asked once a minute, and whenever this clock has moved otherwise than
 * the time that passed (`elapsed`, in milliseconds).
 */
export function openDeliveryClock(
  db: Kysely<Database>,
  clock: Clock,
  elapsed: () => number,
): () => Promise<boolean> {
  const probe = openDatabaseProbe(db, clock);
  let trusted: { readonly at: number; readonly ahead: number } | null = null;
  return async () => {
    const at = elapsed();
    const ahead = clock.now().getTime() - at;
    if (trusted && at - trusted.at < askAgainAfterMs && Math.abs(ahead - trusted.ahead) < 1_000) return true;
    await probe.answers.holds();
    const isRight = Math.abs(probe.skewSeconds() ?? 0) <= deliverableSkewSeconds;
    trusted = isRight ? { at, ahead } : null;
    return isRight;
  };
}

/** The answer was made between the question and its arrival: what that time explains is no difference. */
function skewOf(askedAtMs: number, tookMs: number, answeredMs: number): number {
  if (answeredMs < askedAtMs) return (askedAtMs - answeredMs) / 1_000;
  return Math.min(0, askedAtMs + tookMs - answeredMs) / 1_000;
}

/** Once all migrations have run, the database is not queried again. */
export function migrationsCheck(db: Kysely<Database>): Check {
  let current = false;
  return {
    name: 'migrations',
    async holds() {
      current ||= (await pendingMigrations(db)).length === 0;
      return current;
    },
  };
}

/** A full queue of passwords degrades the node; its other pages still work. */
export function passwordsCheck(lane: Pick<HashLane, 'stats'>): Check {
  return { name: 'passwords', degrades: true, holds: () => !lane.stats().full };
}
