import { randomBytes } from 'node:crypto';
import { parseNumberedKeys } from '#src/config/secrets/keys.ts';
import { openKeyring } from '#src/crypto/keyring.ts';
import { systemRandom } from '#src/crypto/random.ts';
import { atOnce } from '#src/database/at-once.ts';
import { openDatabase } from '#src/database/open.ts';
import { openJobs } from '#src/jobs/jobs.ts';
import { noticeRow, queueingNotices } from '#src/notices/notice.ts';
import type { Trial } from '../trial.ts';
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
  const { db, close } = await openDatabase({
    ...{ url: postgres.url(roles.service), dataDir: null, poolSize: 2 },
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
