import { setTimeout as wait } from 'node:timers/promises';
import { seeded } from '#src/fictitious/seeded.ts';
import { paths } from '#src/paths.ts';
import { openOpenings } from '../../client/openings.ts';
import { openVisitors } from '../../client/visitors.ts';
import { measureAfterwards } from '../../setting/afterwards.ts';
import { oneClientForAll, openScene } from '../../setting/scene.ts';
import type { Fault } from '../../trial.ts';

/** What somebody has just sent when the process is killed. */
const moments = [
  paths.identity,
  paths.proof,
  paths.terms,
  paths.password,
  paths.contact,
  paths.link,
  paths.signIn,
] as const;
const mostRestartMs = 5_000;
/** Longer than most requests take: a kill comes before, while and after it is worked on. */
const longestPauseMs = 60;

export const killed: Fault = {
  id: 'R-01',
  atMostSeconds: 600,
  async run(trial) {
    const { below, pick } = seeded(trial.seed);
    const kills = trial.paced(5, 21, 210);
    const scene = await openScene(trial, { people: 1_000 + 100 * kills, limits: oneClientForAll });
    const nodes = [await scene.web(), await scene.web()];
    const processes = { 'web process': nodes, worker: [await scene.worker()] };
    const visitors = openVisitors(
      trial,
      nodes.map(({ origin }) => ({ origin, certificate: null })),
    );
    const openings = openOpenings({ visitors, scene, lanes: 5 });
    const restartMs: Record<string, number[]> = { 'web process': [], worker: [], PostgreSQL: [] };
    for (let kill = 1; kill <= kills && !openings.isOver(); kill += 1) {
      const moment = moments[(kill - 1) % moments.length] ?? paths.identity;
      const victim = pick(['web process', 'web process', 'web process', 'worker', 'PostgreSQL'] as const);
      await openings.posted(moment);
      await wait(below(longestPauseMs));
      trial.say(`kill ${kill} of ${kills}: ${victim}, after ${moment}; ${openings.opened().length} accounts`);
      if (victim === 'PostgreSQL') {
        await scene.postgres.kill();
        const killedAt = performance.now();
        await scene.postgres.start();
        restartMs.PostgreSQL?.push(performance.now() - killedAt);
      } else {
        const node = pick(processes[victim]);
        await node.kill();
        restartMs[victim]?.push(await node.start());
      }
    }
    const { opened, interrupted, wrong } = await openings.stop();
    trial.measured('kills', `${kills} (--seed ${trial.seed})`, true);
    trial.measured('requests that were interrupted, and sent again', interrupted, interrupted > 0);
    for (const [what, times] of Object.entries(restartMs)) {
      const slowest = Math.max(0, ...times);
      const figure = `${(slowest / 1000).toFixed(1)} s, the slowest of ${times.length}`;
      // What a server on a slow disk takes to recover is not ours.
      const isOurs = what !== 'PostgreSQL';
      trial.measured(`from its start until a ${what} is ready`, figure, !isOurs || slowest < mostRestartMs);
    }
    trial.measured('acknowledged steps lost, or wrong answers', wrong.join('; ') || 0, wrong.length === 0);
    await measureAfterwards(trial, scene, { opened, mostCopies: kills });
  },
};
