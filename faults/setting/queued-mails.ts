import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { parseNumberedKeys } from '#src/config/secrets/keys.ts';
import { openKeyring } from '#src/crypto/keyring.ts';
import { systemRandom } from '#src/crypto/random.ts';
import { atOnce } from '#src/database/at-once.ts';
import { openDatabase } from '#src/database/open.ts';
import { openJobs } from '#src/jobs/jobs.ts';
import { noticeRow, queueingNotices } from '#src/notices/notice.ts';
import type { Trial } from '../trial.ts';
import { countRows } from './invariants.ts';
import { roles, type Scene } from './scene.ts';

/** Puts mails and SMS into the queue as the service does, without anybody who causes them. */
export interface Queueing {
  /** A mail to each of these addresses, in one write. */
  mails(addresses: readonly string[]): Promise<void>;
  /** An SMS to each of these numbers. */
  sms(numbers: readonly string[]): Promise<void>;
  /** A letter to each of these envelopes. */
  letters(envelopes: readonly string[]): Promise<void>;
}

export async function openQueueing(
  trial: Trial,
  { postgres, env }: Pick<Scene, 'postgres' | 'env'>,
): Promise<Queueing> {
  const keys = parseNumberedKeys(env.MASTER_KEYS ?? '');
  if (!keys.ok) throw new Error('The installation has no keys');
  const keyring = openKeyring(keys.value);
  // Not as the service: a trial may cut all connections of that.
  const { db, close } = await openDatabase({
    ...{ url: postgres.url(roles.owner), dataDir: null, poolSize: 2 },
  });
  trial.atEnd(close);
  const jobs = await openJobs(db, { maintain: false });
  trial.atEnd(() => jobs.stop(1));
  const usual = () => ({
    ...{ keyring, language: 'fr', recipientKey: null, now: new Date() },
    ...{ personKey: randomBytes(32), id: systemRandom.uuid() },
  });
  const queue = async (rows: Parameters<typeof queueingNotices>[2]) => {
    await atOnce(db, await queueingNotices(db, jobs, rows));
  };
  return {
    mails: (addresses) =>
      queue(
        addresses.map((address) =>
          noticeRow({ ...usual(), language: 'fr', kind: 'account-unlocked', content: { address } }),
        ),
      ),
    letters: (envelopes) =>
      queue(
        envelopes.map((envelope) =>
          noticeRow({ ...usual(), language: 'fr', kind: 'account-frozen-letter', content: { envelope } }),
        ),
      ),
    sms: (numbers) =>
      queue(
        numbers.map((number) =>
          noticeRow({ ...usual(), language: 'fr', kind: 'account-frozen-sms', content: { number } }),
        ),
      ),
  };
}

/** Ten numbers for each of these. */
export function tenNumbers(which: number): readonly string[] {
  return Array.from({ length: 10 }, (_, n) => `+3363998${String(1000 + which * 10 + n)}`);
}

/** The milliseconds since then until the mail server has accepted all of these; two minutes at most. */
export async function untilCame(
  trial: Trial,
  { mails }: Scene,
  addresses: readonly string[],
  since: number,
): Promise<number> {
  for (;;) {
    const came = new Set(mails.accepted.map(({ to }) => to));
    const ms = performance.now() - since;
    if (addresses.every((to) => came.has(to)) || ms > 120_000 || trial.over.aborted) return ms;
    await wait(100);
  }
}

/** Until every notice was tried, and no try is under way. */
export async function untilTried(trial: Trial, { postgres }: Scene): Promise<void> {
  for (let seconds = 0; seconds < 120 && !trial.over.aborted; seconds += 1) {
    const untried = await countRows(postgres, "notice where state = 'queued' and channel <> 'letter'");
    if (untried === 0) return;
    await wait(1_000);
  }
}

/** Nobody waits here for the next try, which comes after a minute or more. */
export async function hasten({ postgres }: Scene): Promise<void> {
  await postgres.query("update pgboss.job set start_after = now() where state = 'retry'", [], 'compte');
}
