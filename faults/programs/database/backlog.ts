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
    await scene.worker({ DATABASE_URL: link.url(roles.service) });
    const watching = { trial, scene, visitors, queueing };
    await look(watching, 'warming up');
    const before = await look(watching, 'an empty queue');

    trial.say(`${waiting} mails wait behind those that are sent`);
    await makeWait(scene, waiting);
    const claims: number[] = [];
    let slowest = { ms: 0, statement: '' };
    link.watch((statement, ms) => {
      if (/for update of j skip locked/i.test(statement)) claims.push(ms);
      else if (ms > slowest.ms) slowest = { ms, statement };
    });
    const worker = await scene.worker({ DATABASE_URL: link.url(roles.service) });
    const meanwhile = await look(watching, 'a long queue');
    // Those that look for lost jobs come twice a minute.
    await wait(trial.paced(5_000, 35_000));
    const p99 = quantile(claims, 0.99);
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
        `p${share * 100} of pages in ms, with an empty queue and a long one`,
        `${first.toFixed(1)} and ${second.toFixed(1)}`,
        second <= first * mostSlower + noiseMs * (share === 0.5 ? 1 : 4),
      );
    }
    trial.measured(
      'mails that left meanwhile, a second',
      `${before.mailsPerSecond.toFixed(1)} and ${meanwhile.mailsPerSecond.toFixed(1)}`,
      meanwhile.mailsPerSecond > before.mailsPerSecond / 2,
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
  await queueing.mails(Array.from({ length: mailsAtOnce }, (_, n) => `tete${n}@exemple.fr`));
  const [startedAt, sentBefore] = [performance.now(), accepted.length];
  let leftAt = startedAt;
  while (performance.now() - startedAt < seconds * 1_000 && !trial.over.aborted) {
    const traveller = scene.crowd.next();
    const walk = openWalk(visitors.browser(traveller), async (_step, ask) => {
      const answer = await ask();
      pages.push(answer.ms);
      return answer;
    });
    await beforePassword(walk, traveller);
    if (accepted.length - sentBefore < mailsAtOnce) leftAt = performance.now();
  }
  const sent = Math.min(mailsAtOnce, accepted.length - sentBefore);
  return { pages, mailsPerSecond: (sent * 1_000) / Math.max(1_000, leftAt - startedAt) };
}

/** Notices with their jobs, that are due and come after all others: more would be sent than can be told apart. */
async function makeWait({ postgres }: Scene, count: number): Promise<void> {
  await postgres.query(
    `with made as (
      insert into notice (person_key, id, kind, channel, language, content, state, created_at)
      select sha256(n::text::bytea), gen_random_uuid(), 'account-unlocked', 'email', 'fr', '\\x00', 'queued', now()
      from generate_series(1, ${count}) n
      returning person_key, id)
    insert into pgboss.job (name, data, created_on, policy, retry_limit, retry_delay, retry_backoff, retry_delay_max,
      expire_seconds, deletion_seconds)
    select 'deliver-notice', jsonb_build_object('personKey', encode(person_key, 'hex'), 'id', id),
      now() + interval '1 day', policy, retry_limit, retry_delay, retry_backoff, retry_delay_max, expire_seconds,
      deletion_seconds
    from made, (select * from pgboss.queue where name = 'deliver-notice') queue`,
    [],
    'compte',
  );
  await postgres.query('vacuum analyze', [], 'compte');
}
