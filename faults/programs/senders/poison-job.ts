import { setTimeout as wait } from 'node:timers/promises';
import { countRows } from '../../setting/invariants.ts';
import { openQueueing } from '../../setting/queued-mails.ts';
import { openScene } from '../../setting/scene.ts';
import type { Fault } from '../../trial.ts';

const poisoned = 15;
const others = 40;
/** Of a mail that cannot be written. */
const mostTries = 5;

/** Mails whose content cannot be read: each of their jobs throws in any worker. */
export const poisonJob: Fault = {
  id: 'R-19',
  atMostSeconds: 200,
  async run(trial) {
    const scene = await openScene(trial, { people: 200 });
    const queueing = await openQueueing(trial, scene);
    const { postgres, mails } = scene;
    await queueing.mails(Array.from({ length: poisoned }, (_, n) => `poison${n}@exemple.fr`));
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
    trial.measured('poisoned mails that are dead letters', `${given} of ${poisoned}`, given === poisoned);
    const [row] = await postgres.query<{ most: number }>(
      'select max(tries)::integer as most from notice',
      [],
      'compte',
    );
    trial.measured('tries of one of them, at most', String(row?.most), row?.most === mostTries);
    trial.measured('how the worker ended', String(worker.status() ?? 'it runs'), worker.status() === null);
  },
};
