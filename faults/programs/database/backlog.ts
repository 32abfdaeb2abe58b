import { setTimeout as wait } from 'node:timers/promises';
import { beforePassword } from '../../../bench/client/journey.ts';
import { quantile } from '../../../bench/client/tally.ts';
import { openWalk } from '../../../bench/client/walk.ts';
import { openVisitors, type Visitors } from '../../client/visitors.ts';
import { openDatabaseLink } from '../../setting/database-link.ts';
import { openQueueing, type Queueing } from '../../setting/queued-mails.ts';
import { oneClientForAll, openScene, roles, type Scene } from '../../setting/scene.ts';
import type { Fault, Trial } from '../../trial.ts';

const mostClaimMs = 50;
/** What pages may take longer, and what this machine adds to any of them. */
const mostSlower = 1.1;
const noiseMs = 5;
/** What the mail server takes. At full speed a worker needs the cores of this machine, however short its queue is. */
const mailsPerSecond = 50;
const mailsAtOnce = 500;

export const backlog: Fault = {
  id: 'R-20',
  atMostSeconds: 600,
  async run(trial) {
    const waiting = trial.paced(100_000, 1_000_000);
    const scene = await openScene(trial, { people: 4_000, limits: oneClientForAll });
    const link = await openDatabaseLink(trial, scene.postgres);
    const web = await scene.web();
    const visitors = openVisitors(trial, [{ origin: web.origin, certificate: null }]);
    const queueing = await openQueueing(trial, scene);
    const worker = await scene.worker({ DATABASE_URL: link.url(roles.service) });
    scene.mails.answer(pacing(mailsPerSecond));
    const watching = { trial, scene, visitors, queueing };
    const claims: number[] = [];
    let slowest = { ms: 0, statement: '' };
    link.watch((statement, ms) => {
      if (/for update of j skip locked/i.test(statement)) claims.push(ms);
      else if (ms > slowest.ms) slowest = { ms, statement };
    });
    await look(watching, 'warming up');
    claims.length = 0;
    const before = await look(watching, 'a short queue');
    const ofShort = claims.splice(0);

    trial.say(`${waiting} mails wait behind those that are sent`);
    await worker.stop();
    slowest = { ms: 0, statement: '' };
    await makeWait(scene, waiting);
    // More than can leave before the end.
    await queueMany(queueing, mailsPerSecond * trial.paced(60, 240));
    await worker.start();
    // The database has not counted them yet: it believes that nothing waits.
    await wait(trial.paced(2_000, 10_000));
    await scene.postgres.query('vacuum analyze', [], 'compte');
    const meanwhile = await look(watching, 'a long queue');
    // Those that look for lost jobs come twice a minute.
    await wait(trial.paced(5_000, 35_000));
    const p99 = quantile(claims, 0.99);
    trial.measured(
      `p99 of ${ofShort.length} times that jobs were taken of a short queue, in ms`,
      quantile(ofShort, 0.99).toFixed(1),
      true,
    );
    trial.measured(
      `p99 of ${claims.length} times that jobs were taken, of ${waiting} that wait, in ms`,
      p99.toFixed(1),
      claims.length >= 20 && p99 < mostClaimMs,
    );
    trial.measured(
      'the slowest other statement of the workers, in ms',
      `${Math.round(slowest.ms)} (${slowest.statement.trim().replaceAll(/\s+/g, ' ').slice(0, 60)})`,
      slowest.ms < 2_500,
    );
    for (const share of [0.5, 0.99]) {
      const [first, second] = [quantile(before.pages, share), quantile(meanwhile.pages, share)];
      trial.measured(
        `p${share * 100} of pages in ms, with a short queue and a long one`,
        `${first.toFixed(1)} and ${second.toFixed(1)}`,
        second <= first * mostSlower + noiseMs * (share === 0.5 ? 1 : 4),
      );
    }
    trial.measured(
      'mails that left meanwhile, a second',
      `${before.mailsPerSecond.toFixed(1)} and ${meanwhile.mailsPerSecond.toFixed(1)}`,
      meanwhile.mailsPerSecond > before.mailsPerSecond * 0.9,
    );
    const failures = worker.logged('backgroundFailed').length + worker.logged('deliveryFailed').length;
    trial.measured('failures that the worker reports', failures, failures === 0);
  },
};

interface Watching {
  readonly trial: Trial;
  readonly scene: Scene;
  readonly visitors: Visitors;
  readonly queueing: Queueing;
}

interface Look {
  readonly pages: readonly number[];
  readonly mailsPerSecond: number;
}

/** The milliseconds of pages while people come one after the other, and mails leave at the head of the queue. */
async function look({ trial, scene, visitors, queueing }: Watching, when: string): Promise<Look> {
  trial.say(when);
  const pages: number[] = [];
  const seconds = trial.paced(4, 20);
  const { accepted } = scene.mails;
  await queueMany(queueing, mailsPerSecond * seconds);
  const [startedAt, sentBefore] = [performance.now(), accepted.length];
  while (performance.now() - startedAt < seconds * 1_000 && !trial.over.aborted) {
    const traveller = scene.crowd.next();
    const walk = openWalk(visitors.browser(traveller), async (_step, ask) => {
      const answer = await ask();
      pages.push(answer.ms);
      return answer;
    });
    await beforePassword(walk, traveller);
  }
  const sent = accepted.length - sentBefore;
  return { pages, mailsPerSecond: (sent * 1_000) / (performance.now() - startedAt) };
}

async function queueMany(queueing: Queueing, count: number): Promise<void> {
  for (let first = 0; first < count; first += mailsAtOnce) {
    const some = Math.min(mailsAtOnce, count - first);
    await queueing.mails(Array.from({ length: some }, (_, n) => `tete${first + n}@exemple.fr`));
  }
}

/** Accepts so many a second, one after the other. */
function pacing(perSecond: number): () => Promise<null> {
  let nextAt = 0;
  return async () => {
    nextAt = Math.max(nextAt, performance.now()) + 1_000 / perSecond;
    await wait(nextAt - performance.now());
    return null;
  };
}

/**
 * Notices with their jobs, that are due and come after all others. They cannot be read: a worker that comes to the first of
 * them has sent everything else, and reports it.
 */
async function makeWait({ postgres }: Scene, count: number): Promise<void> {
  await postgres.query(
    `with made as (
      insert into notice (person_key, id, kind, channel, language, content, state, created_at)
      select sha256(n::text::bytea), gen_random_uuid(), 'account-unlocked', 'email', 'fr', '\\x00', 'queued',
        date_trunc('second', now())
      from generate_series(1, ${count}) n
      returning person_key, id)
    insert into pgboss.job (name, data, singleton_key, created_on, policy, retry_limit, retry_delay, retry_backoff, retry_delay_max,
      expire_seconds, deletion_seconds)
    select 'deliver-notice', jsonb_build_object('personKey', encode(person_key, 'hex'), 'id', id), id::text,
      now() + interval '1 day', policy, retry_limit, retry_delay, retry_backoff, retry_delay_max, expire_seconds,
      deletion_seconds
    from made, (select * from pgboss.queue where name = 'deliver-notice') queue`,
    [],
    'compte',
  );
}
