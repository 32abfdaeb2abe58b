import { setTimeout as wait } from 'node:timers/promises';
import { untilSent } from '../../setting/afterwards.ts';
import { countRows } from '../../setting/invariants.ts';
import { openQueueing, type Queueing } from '../../setting/queued-mails.ts';
import { openScene, type Scene } from '../../setting/scene.ts';
import { keepRunning, poisoned } from '../../setting/supervisor.ts';
import type { Fault, Trial } from '../../trial.ts';

const poisonedMails = 15;
const others = 40;
/** Two batches of a worker. */
const held = 20;
/** Of a mail that cannot be written. */
const mostTries = 5;

/** Mails whose content cannot be read, so that each of their jobs throws in any worker; then some that end their worker. */
export const poisonJob: Fault = {
  id: 'R-19',
  atMostSeconds: 600,
  async run(trial) {
    const scene = await openScene(trial, { people: 200 });
    const queueing = await openQueueing(trial, scene);
    const { postgres, mails } = scene;
    await queueing.mails(Array.from({ length: poisonedMails }, (_, n) => `poison${n}@exemple.fr`));
    await postgres.query("update notice set content = 'not sealed by us'::bytea", [], 'compte');
    const worker = await scene.worker();
    await wait(2_000);
    const queuedAt = performance.now();
    await queueing.mails(Array.from({ length: others }, (_, n) => `bon${n}@exemple.fr`));
    while (mails.accepted.length < others && performance.now() - queuedAt < 60_000) await wait(100);
    const seconds = (performance.now() - queuedAt) / 1000;
    trial.measured(
      `seconds until ${others} other mails have left`,
      seconds.toFixed(1),
      mails.accepted.length === others && seconds < 15,
    );
    const open = "notice where state in ('queued', 'deferred')";
    for (let again = 0; again < 60 && (await countRows(postgres, open)) > 0; again += 1) {
      // The next try would come after minutes.
      await postgres.query("update pgboss.job set start_after = now() where state = 'retry'", [], 'compte');
      await wait(1_000);
    }
    const given = await countRows(postgres, "notice where state = 'refused' and reason = 'gave-up-broken'");
    trial.measured(
      'poisoned mails that are dead letters',
      `${given} of ${poisonedMails}`,
      given === poisonedMails,
    );
    const [row] = await postgres.query<{ most: number }>(
      'select max(tries)::integer as most from notice',
      [],
      'compte',
    );
    trial.measured('tries of one of them, at most', String(row?.most), row?.most === mostTries);
    trial.measured('how the worker ended', String(worker.status() ?? 'it runs'), worker.status() === null);
    await worker.stop();
    await tryEnding(trial, scene, queueing);
  },
};

/** What a message does to the process that reads it. */
const ends = {
  'poison-memoire': 'takes all memory',
  'poison-sans-fin': 'never ends',
};

/** Two workers, and messages that end the one that reads them. */
async function tryEnding(trial: Trial, scene: Scene, queueing: Queueing): Promise<void> {
  const { postgres, mails } = scene;
  const workers = [await scene.worker(poisoned), await scene.worker(poisoned)];
  const bad = "notice where state in ('queued', 'deferred') and unended > 0";
  let isHastened = false;
  const supervisor = keepRunning(trial, workers, async () => {
    if (!isHastened) return;
    // What it had begun would otherwise be taken up after a minute and a half.
    await postgres.query(
      `update pgboss.job set started_on = now() - interval '2 minutes'
       where state = 'active' and singleton_key in (select id::text from ${bad} order by tries desc limit 1)`,
      [],
      'compte',
    );
  });
  for (const [word, what] of Object.entries(ends)) {
    trial.say(`a message that ${what}`);
    isHastened = false;
    const endsBefore = supervisor.ends.length;
    await queueing.mails([`${word}@exemple.fr`]);
    const triedBefore = what === 'never ends' ? trial.paced(3, 0) : 0;
    await postgres.query(
      "update notice set unended = unended + $1 where state = 'queued'",
      [triedBefore],
      'compte',
    );
    await wait(2_000);
    const queuedAt = performance.now();
    const addresses = Array.from({ length: others }, (_, n) => `autre${n}-${word.length}@exemple.fr`);
    await queueing.mails(addresses);
    const came = () => {
      const all = new Set(mails.accepted.map(({ to }) => to));
      return addresses.filter((to) => all.has(to)).length;
    };
    const seconds = () => (performance.now() - queuedAt) / 1000;
    // What one worker has begun is held for as long as its lease lasts.
    while (came() < others - held && seconds() < 60) await wait(100);
    trial.measured(
      `beside a message that ${what}: seconds until ${others - held} of ${others} others have left`,
      seconds().toFixed(1),
      came() >= others - held && seconds() < 15,
    );
    isHastened = true;
    while ((await countRows(postgres, bad)) > 0 && !trial.over.aborted) {
      await postgres.query("update pgboss.job set start_after = now() where state = 'retry'", [], 'compte');
      await wait(1_000);
    }
    const ended = supervisor.ends.length - endsBefore;
    const most = mostTries - triedBefore;
    trial.measured(
      `processes that a message that ${what} has ended`,
      `${ended}, at most ${most} (${[...new Set(supervisor.ends.slice(endsBefore))].join(', ')})`,
      ended > 0 && ended <= most,
    );
    const left = await untilSent(trial, scene);
    trial.measured(
      `others that have left in the end`,
      `${came()} of ${others}, ${left} wait`,
      came() === others && left === 0,
    );
  }
  const given = await countRows(
    postgres,
    "notice where state = 'refused' and reason = 'gave-up-broken' and tries > 0 and settled_at is not null",
  );
  trial.measured('dead letters in all', `${given} of ${poisonedMails + 2}`, given === poisonedMails + 2);
  await supervisor.stop();
}
