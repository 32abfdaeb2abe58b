import { setTimeout as wait } from 'node:timers/promises';
import { seeded } from '#src/fictitious/seeded.ts';
import { untilSent } from '../../setting/afterwards.ts';
import { openQueueing } from '../../setting/queued-mails.ts';
import { openScene } from '../../setting/scene.ts';
import type { Fault } from '../../trial.ts';
import { killLetters } from './letters-killed.ts';

const mailsEach = 40;
const mostMissingSeconds = 120;

/** The worker dies when the mail server has a mail and has not said so yet: nobody else knows that it was sent. */
export const workerKilled: Fault = {
  id: 'R-02',
  atMostSeconds: 600,
  async run(trial) {
    const random = seeded(trial.seed);
    const { below } = random;
    const kills = trial.paced(2, 5, 50);
    const scene = await openScene(trial, { people: 200 });
    const { mails } = scene;
    const queueing = await openQueueing(trial, scene);
    const worker = await scene.worker();
    const queued: string[] = [];
    for (let kill = 1; kill <= kills; kill += 1) {
      const addresses = Array.from({ length: mailsEach }, (_, n) => `mort${kill}-${n}@exemple.fr`);
      queued.push(...addresses);
      let left = 1 + below(mailsEach - 1);
      const died = Promise.withResolvers<void>();
      mails.answer(async () => {
        left -= 1;
        if (left === 0) worker.kill().then(died.resolve, died.reject);
        // It is accepted, but the answer leaves only once nobody is there any more to hear it.
        if (left <= 0) await died.promise;
        return null;
      });
      await queueing.mails(addresses);
      await died.promise;
      mails.answer(async () => null);
      trial.say(`kill ${kill} of ${kills}, ${mails.accepted.length} mails so far`);
      await worker.start();
    }
    const killedAt = performance.now();
    const missing = await untilSent(trial, scene);
    const seconds = (performance.now() - killedAt) / 1000;
    trial.measured('kills between an accepted mail and its commit', `${kills} (--seed ${trial.seed})`, true);
    trial.measured(
      'seconds after the last one until every mail has left',
      `${Math.round(seconds)}, ${missing} are missing`,
      missing === 0 && seconds < mostMissingSeconds,
    );
    await wait(1_000);
    const idsOf = new Map<string, string[]>();
    for (const { to, messageId } of mails.accepted) idsOf.set(to, [...(idsOf.get(to) ?? []), messageId]);
    const never = queued.filter((to) => !idsOf.has(to));
    trial.measured('mails that never came', `${never.length} of ${queued.length}`, never.length === 0);
    const copies = mails.accepted.length - idsOf.size;
    // Five lanes, each with a mail that is not recorded yet.
    trial.measured('copies that came besides', copies, copies <= kills * 5);
    const counts = [...idsOf.values()].map((ids) => ids.length);
    const most = Math.max(0, ...counts);
    trial.measured('times that one mail came, at most', most, most <= kills + 1);
    const changed = [...idsOf.values()].filter((ids) => new Set(ids).size > 1).length;
    trial.measured('copies under another Message-ID', changed, changed === 0);
    trial.say('letters');
    await killLetters(trial, scene, { ...random, queueing });
  },
};
