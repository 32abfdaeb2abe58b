import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { seeded } from '#src/fictitious/seeded.ts';
import { paths } from '#src/paths.ts';
import { openOpenings } from '../../client/openings.ts';
import { openVisitors } from '../../client/visitors.ts';
import { measureAfterwards } from '../../setting/afterwards.ts';
import { oneClientForAll, openScene } from '../../setting/scene.ts';
import { keepRunning, poisoned } from '../../setting/supervisor.ts';
import type { Fault, Trial } from '../../trial.ts';

/** What the engine may take is limited by our first line; what the system gives, by whoever runs the process. */
const kinds = ['heap', 'system'] as const;
const systemLimit = 400_000_000;
const moments = [paths.proof, paths.password, paths.contact, paths.link, paths.signIn] as const;
const mostRestartMs = 5_000;

/** A leak that nobody has found yet: processes run out of memory while they serve, and are started again. */
export const memoryRunsOut: Fault = {
  id: 'R-26',
  atMostSeconds: 500,
  async run(trial) {
    const { below, pick } = seeded(trial.seed);
    const rounds = trial.paced(4, 10, 100);
    const scene = await openScene(trial, { people: 1_000 + 100 * rounds, limits: oneClientForAll });
    const limit = memoryGroup(trial);
    if (!limit) trial.say('memory cannot be limited by the system here: only that of JavaScript is');
    for (const kind of limit ? kinds : kinds.slice(0, 1)) {
      const env = { ...poisoned, LEAK: kind };
      const nodes = [await scene.web(env), await scene.web(env)];
      const worker = await scene.worker(env);
      const all = [...nodes, worker];
      const limitAll = () => {
        if (kind === 'system') for (const node of all) limit?.(node.pid());
      };
      limitAll();
      const supervisor = keepRunning(trial, all);
      const visitors = openVisitors(
        trial,
        nodes.map(({ origin }) => ({ origin, certificate: null })),
      );
      const openings = openOpenings({ visitors, scene, lanes: 4 });
      for (let round = 1; round <= rounds / 2 && !openings.isOver(); round += 1) {
        const victim = pick(all);
        const name = victim === worker ? 'the worker' : 'a web process';
        await openings.posted(pick(moments));
        await wait(below(60));
        trial.say(`${kind}, ${round} of ${rounds / 2}: ${name}; ${openings.opened().length} accounts`);
        const before = supervisor.startMs.length;
        process.kill(victim.pid(), 'SIGUSR2');
        while (supervisor.startMs.length === before && !trial.over.aborted) await wait(50);
        limitAll();
      }
      const { opened, interrupted, wrong } = await openings.stop();
      await supervisor.stop();
      const ends = [...new Set(supervisor.ends)].join(', ');
      const slowest = Math.max(0, ...supervisor.startMs);
      trial.measured(
        `${kind}: processes that ran out of memory, and how they ended (--seed ${trial.seed})`,
        `${supervisor.ends.length}, ${ends}`,
        supervisor.ends.length === Math.floor(rounds / 2),
      );
      trial.measured(
        `${kind}: seconds from the start of the next one until it is ready, at most`,
        (slowest / 1000).toFixed(1),
        slowest < mostRestartMs,
      );
      trial.measured(`${kind}: requests that were interrupted, and sent again`, interrupted, true);
      trial.measured(
        `${kind}: acknowledged steps lost, or wrong answers`,
        wrong.join('; ') || 0,
        wrong.length === 0,
      );
      // Five connections to the mail server, each with a mail under way.
      await measureAfterwards(trial, scene, { opened, mostCopies: rounds * 5, others: true });
      for (const node of all) await node.stop();
    }
  },
};

/** Limits the memory of a process to that of a group of its own, without swapping; null where nobody may make one. */
function memoryGroup(trial: Trial): ((pid: number) => void) | null {
  const isFirstVersion = existsSync('/sys/fs/cgroup/memory');
  const group = join(
    isFirstVersion ? '/sys/fs/cgroup/memory' : '/sys/fs/cgroup',
    `${basename(trial.folder)}`,
  );
  const made: string[] = [];
  const limitOne = (pid: number): void => {
    const own = `${group}-${pid}`;
    if (existsSync(own)) return;
    mkdirSync(own);
    made.push(own);
    writeFileSync(join(own, isFirstVersion ? 'memory.limit_in_bytes' : 'memory.max'), String(systemLimit));
    writeFileSync(join(own, 'cgroup.procs'), String(pid));
  };
  trial.atEnd(() => {
    for (const own of made) rmdirSync(own);
  });
  try {
    const own = `${group}-try`;
    mkdirSync(own);
    const canLimit = existsSync(join(own, isFirstVersion ? 'memory.limit_in_bytes' : 'memory.max'));
    rmdirSync(own);
    return canLimit ? limitOne : null;
  } catch {
    return null;
  }
}
