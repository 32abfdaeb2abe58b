import { setTimeout as wait } from 'node:timers/promises';
import { untilSent } from '../../setting/afterwards.ts';
import { openQueueing } from '../../setting/queued-mails.ts';
import { openScene, roles, type Scene } from '../../setting/scene.ts';
import type { Fault } from '../../trial.ts';

const mailsEach = 100;
const mostSeconds = 60;

/** What workers are told of new mails by, and how it gets lost. */
const losses: Readonly<Record<string, (scene: Scene) => Promise<unknown>>> = {
  'the jobs are deleted': ({ postgres }) => postgres.query('delete from pgboss.job', [], 'compte'),
  'the jobs are marked as done': ({ postgres }) =>
    postgres.query(
      "update pgboss.job set state = 'completed', completed_on = now() where state < 'completed'",
      [],
      'compte',
    ),
  'the connections of the worker are cut': ({ postgres }) =>
    postgres.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where usename = '${roles.service}'`,
    ),
};

export const wakeUpsLost: Fault = {
  id: 'R-24',
  atMostSeconds: 400,
  async run(trial) {
    const scene = await openScene(trial, { people: 200 });
    const queueing = await openQueueing(trial, scene);
    await scene.worker();
    await scene.worker();
    const expected: string[] = [];
    for (const [what, lose] of Object.entries(losses)) {
      const addresses = Array.from({ length: mailsEach }, (_, n) => `perdu${expected.length + n}@exemple.fr`);
      expected.push(...addresses);
      trial.say(what);
      // Some of them leave before, some while, some after.
      const queued = queueing.mails(addresses);
      await Promise.race([queued, wait(20)]);
      await lose(scene);
      await queued;
      await lose(scene);
      const lostAt = performance.now();
      const waiting = await untilSent(trial, scene);
      const seconds = (performance.now() - lostAt) / 1000;
      trial.measured(
        `${what}: seconds until all mails have left`,
        waiting > 0 ? `${waiting} never did` : Math.round(seconds),
        waiting === 0 && seconds < mostSeconds,
      );
    }
    await wait(1_000);
    const came = scene.mails.accepted.map(({ to }) => to);
    const missing = expected.filter((to) => !came.includes(to)).length;
    trial.measured('mails that never came', `${missing} of ${expected.length}`, missing === 0);
    const copies = came.length - new Set(came).size;
    // A connection that is cut after a mail has left and before that is noted: as a worker that is killed.
    trial.measured('mails that came twice', copies, copies <= 10);
  },
};
