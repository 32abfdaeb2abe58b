import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { paths } from '#src/paths.ts';
import { beforePassword, openAccount, signIn, signOut } from '../../bench/client/journey.ts';
import { openWalk, Unexpected, type Walk } from '../../bench/client/walk.ts';
import type { Traveller } from '../../bench/setting/people.ts';
import { openVisitors } from '../client/visitors.ts';
import type { Node } from '../setting/node.ts';
import { startProxy } from '../setting/proxies.ts';
import { oneClientForAll, openScene } from '../setting/scene.ts';
import type { Fault, Trial } from '../trial.ts';

const signedInPeople = 8;
const othersWithAccounts = 4;
const pauseMs = 150;

/** As docs/operations.md has it: a new key that only decrypts, then first in every process, then everything under it. */
const steps: readonly (readonly number[])[] = [
  [1, 2],
  [2, 1],
];

export const keyRotation: Fault = {
  id: 'R-18',
  atMostSeconds: 300,
  async run(trial) {
    const files = keyFiles(trial);
    files.write([1]);
    const scene = await openScene(trial, { people: 3_000, limits: oneClientForAll, env: files.env });
    const nodes = [await scene.web(), await scene.web()] as const;
    const worker = await scene.worker();
    const visitors = openVisitors(trial, [await startProxy(trial, 'HAProxy', nodes)]);
    const walkOf = (traveller: Traveller) => openWalk(visitors.browser(traveller), (_step, ask) => ask());
    const openOne = async (): Promise<readonly [Traveller, Walk]> => {
      const traveller = scene.crowd.next();
      const walk = walkOf(traveller);
      await beforePassword(walk, traveller);
      await openAccount(walk, traveller, scene.mails);
      return [traveller, walk];
    };
    trial.say('people open accounts under the first key');
    const holders: Walk[] = [];
    for (let i = 0; i < signedInPeople; i += 1) {
      const [traveller, walk] = await openOne();
      await signIn(walk, traveller);
      holders.push(walk);
    }
    const others: Traveller[] = [];
    for (let i = 0; i < othersWithAccounts; i += 1) others.push((await openOne())[0]);

    const holding = openLanes(holders.map((walk) => () => walk.see(paths.account)));
    const entering = openLanes(
      others.map((traveller) => async () => {
        const walk = walkOf(traveller);
        await signIn(walk, traveller);
        await signOut(walk);
      }),
    );
    const beginning = openLanes([
      async () => {
        const traveller = scene.crowd.next();
        await beforePassword(walkOf(traveller), traveller);
      },
    ]);
    await wait(2_000);
    for (const keys of steps) {
      trial.say(`keys ${keys.join(', ')}: each process in turn`);
      files.write(keys);
      for (const node of [...nodes, worker]) await restarted(node);
    }
    trial.say('everything is encrypted again');
    const rotated = scene.command('keys', 'rotate');
    await wait(2_000);
    const [seen, entered, begun] = [await holding.stop(), await entering.stop(), await beginning.stop()];
    await visitors.close();
    const left = scene.command('keys', 'rotate', '--dry-run');

    trial.measured('signed out', `${seen.failures.length} of ${seen.done}`, seen.failures.length === 0);
    for (const [what, { done, failures }] of [
      ['sign-ins that failed', entered],
      ['people of the register who were not found', begun],
    ] as const) {
      trial.measured(what, `${failures.length} of ${done}`, failures.length === 0);
      for (const failure of failures.slice(0, 3)) trial.say(failure);
    }
    const busy = seen.busy + entered.busy + begun.busy;
    // How many are asked to come back is what R-14 measures: it depends on what else this machine does.
    if (busy > 0) trial.measured('asked to come back meanwhile (503)', busy, true);
    const [moved, remaining] = [countOf(rotated), countOf(left)];
    trial.measured('values that were encrypted again', moved, moved > 0);
    trial.measured('values that are left under the old key', remaining, remaining === 0);
  },
};

/** The two lists of keys as files, which each process reads when it starts. */
function keyFiles({ folder }: Trial) {
  const lists = { MASTER_KEYS: join(folder, 'master-keys'), PASSWORD_PEPPERS: join(folder, 'peppers') };
  const keys = Object.values(lists).map((path) => {
    const made = [1, 2].map(() => randomBytes(32).toString('base64'));
    return { path, made };
  });
  const env: Record<string, string> = {};
  for (const [name, path] of Object.entries(lists))
    Object.assign(env, { [name]: '', [`${name}_FILE`]: path });
  return {
    env,
    write(numbers: readonly number[]): void {
      for (const { path, made } of keys)
        writeFileSync(path, `${numbers.map((number) => `${number}:${made[number - 1]}`).join(',')}\n`, {
          mode: 0o600,
        });
    },
  };
}

async function restarted(node: Node): Promise<void> {
  await node.stop();
  await node.start();
  // The checks of the proxy take it back.
  await wait(3_000);
}

interface Done {
  readonly done: number;
  readonly failures: readonly string[];
  /** Asked to come back, for load. */
  readonly busy: number;
}

/** Does each of these again and again, a little apart, until they are stopped. */
function openLanes(tasks: readonly (() => Promise<unknown>)[]) {
  const failures: string[] = [];
  let [done, busy, isOver] = [0, 0, false];
  const lane = async (task: () => Promise<unknown>): Promise<void> => {
    while (!isOver) {
      try {
        await task();
        done += 1;
      } catch (error) {
        if (error instanceof Unexpected && error.answer.status === 503) busy += 1;
        else failures.push(error instanceof Error ? error.message : String(error));
      }
      await wait(pauseMs);
    }
  };
  const all = Promise.all(tasks.map(lane));
  return {
    async stop(): Promise<Done> {
      isOver = true;
      await all;
      return { done, failures, busy };
    },
  };
}

/** The sum of what `compte keys rotate` says of each table. */
function countOf(printed: string): number {
  const counts = [...printed.matchAll(/^\w+: (\d+) /gm)].map(([, count]) => Number(count));
  if (counts.length === 0) throw new Error('compte keys rotate said nothing of any table');
  return counts.reduce((sum, count) => sum + count, 0);
}
