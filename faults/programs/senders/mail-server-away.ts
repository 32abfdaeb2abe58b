import { setTimeout as wait } from 'node:timers/promises';
import { untilSent } from '../../setting/afterwards.ts';
import { countRows } from '../../setting/invariants.ts';
import { openQueueing } from '../../setting/queued-mails.ts';
import { openScene } from '../../setting/scene.ts';
import type { Fault } from '../../trial.ts';

const groups = 10;
const mostSeconds = 600;
/** Of those that leave in the first half of the time, so many are of the older half. */
const leastInOrder = 0.9;

export const mailServerAway: Fault = {
  id: 'R-05',
  atMostSeconds: 900,
  async run(trial) {
    const count = trial.paced(500, 5_000);
    const scene = await openScene(trial, { people: 200 });
    const { mails } = scene;
    const queueing = await openQueueing(trial, scene);
    await scene.worker();
    await mails.stop();
    for (let group = 0; group < groups; group += 1) {
      const addresses = Array.from({ length: count / groups }, (_, n) => `age${group}-${n}@exemple.fr`);
      await queueing.mails(addresses);
      await wait(trial.paced(500, 2_000, 60_000));
    }
    trial.say('the mail server is away, and every mail was tried');
    const tried = await countRows(scene.postgres, "notice where state = 'deferred'");
    trial.measured(`mails that were tried meanwhile, of ${count}`, tried, tried > 0);
    const refused = await countRows(scene.postgres, "notice where state in ('refused', 'withheld')");
    trial.measured('mails that were given up', refused, refused === 0);
    await mails.start();
    const backAt = performance.now();
    let waiting = await untilSent(trial, scene);
    while (waiting > 0 && performance.now() - backAt < mostSeconds * 1_000)
      waiting = await untilSent(trial, scene);
    const seconds = Math.round((performance.now() - backAt) / 1000);
    trial.measured(
      'seconds until all of them have left',
      `${seconds}, ${waiting} are missing`,
      waiting === 0 && seconds < mostSeconds,
    );
    const came = mails.accepted.map(({ to }) => Number(/^age(\d+)/.exec(to)?.[1]));
    trial.measured(
      `mails that came, of ${count}`,
      came.length,
      new Set(mails.accepted.map(({ to }) => to)).size === count,
    );
    const first = came.slice(0, count / 2);
    const inOrder = first.filter((group) => group < groups / 2).length / first.length;
    trial.measured(
      'of the first half that left, those of the older half',
      `${Math.round(inOrder * 100)} %`,
      inOrder >= leastInOrder,
    );
  },
};
