import { setTimeout as wait } from 'node:timers/promises';
import { request } from 'undici';
import { beforePassword } from '../../bench/client/journey.ts';
import { publicHost } from '../../bench/setting/service.ts';
import { failuresText, openTraffic } from '../client/traffic.ts';
import { openVisitors } from '../client/visitors.ts';
import { type Node, refusedForLoad } from '../setting/node.ts';
import { proxies, startProxy } from '../setting/proxies.ts';
import { oneClientForAll, openScene } from '../setting/scene.ts';
import type { Fault, Trial } from '../trial.ts';

/** Requests of `beforePassword`. */
const requestsEach = 12;
const requestsPerSecond = 100;
const mostStopMs = 15_000;

export const rollingRestart: Fault = {
  id: 'R-14',
  atMostSeconds: 400,
  async run(trial) {
    const rounds = trial.paced(1, 3, 25);
    const secondsEach = proxies.length * rounds * 2 * 15;
    const people = Math.ceil((secondsEach * requestsPerSecond * 2) / requestsEach) + 1000;
    const scene = await openScene(trial, { people, limits: oneClientForAll });
    const nodes = [await scene.web(), await scene.web()] as const;
    for (const proxy of proxies) {
      const visitors = openVisitors(trial, [await startProxy(trial, proxy, nodes)]);
      const traffic = openTraffic({
        visitors,
        next: () => scene.crowd.next(),
        perSecond: requestsPerSecond / requestsEach,
        journey: beforePassword,
      });
      await wait(3_000);
      const busyBefore = refusedForLoad(nodes);
      const stops: Stopped[] = [];
      for (let round = 1; round <= rounds; round += 1)
        for (const node of nodes) {
          trial.say(`${proxy}, round ${round} of ${rounds}`);
          stops.push(await restarted(trial, node));
        }
      const tallied = await traffic.stop();
      await visitors.close();
      const slowest = Math.max(...stops.map(({ ms }) => ms));
      const told = stops.filter(({ saidFirst }) => saidFirst).length;
      const clean = stops.filter(({ status }) => status === 0).length;
      const refused = refusedForLoad(nodes) - busyBefore;
      trial.measured(
        `failed requests behind ${proxy}`,
        `${failuresText(tallied)} of ${tallied.requests}, ${Math.round(tallied.perSecond)} a second`,
        tallied.failures <= refused,
      );
      if (refused > 0)
        trial.measured('of them, asked to come back because this machine was busy otherwise', refused, true);
      trial.measured(
        `restarts behind ${proxy}`,
        `${stops.length}, the slowest stop ${(slowest / 1000).toFixed(1)} s`,
        slowest <= mostStopMs && clean === stops.length,
      );
      trial.measured('of them, not ready before the port closed', told, told === stops.length);
    }
  },
};

interface Stopped {
  readonly ms: number;
  readonly status: number | NodeJS.Signals;
  /** Whether it said that it is not ready while it still took requests. */
  readonly saidFirst: boolean;
}

/** As docs/operations.md has it: restart, wait until ready, three seconds for the checks of the proxy. */
async function restarted(trial: Trial, node: Node): Promise<Stopped> {
  let saidFirst = false;
  const stopping = node.stop();
  const watching = (async () => {
    while (node.status() === null && !trial.over.aborted) {
      const answer = await request(`${node.origin}/readyz`, {
        headers: { host: publicHost },
        reset: true,
      }).catch(() => null);
      await answer?.body.dump();
      if (answer?.statusCode === 503) saidFirst = true;
      await wait(200);
    }
  })();
  const { ms, status } = await stopping;
  await watching;
  await node.start();
  await wait(3_000);
  return { ms, status, saidFirst };
}
