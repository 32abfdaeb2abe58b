import { Pool } from 'undici';
import { type Beside, betterAuthJourney, floorRound } from '../client/beside.ts';
import { closedLoop } from '../client/loops.ts';
import { quantile } from '../client/tally.ts';
import { startFloor, startPeer } from '../setting/peers.ts';
import type { Started } from '../setting/service.ts';
import type { Stage } from '../setting/stage.ts';
import { cpuTime, memory, threadTimes } from '../setting/usage.ts';
import { cheapestHash } from './steady.ts';
import { measureThroughput } from './throughput.ts';

/** One window of load on one of the three. */
export interface Window {
  readonly perSecond: number;
  readonly requests: number;
  /** Milliseconds of CPU for one journey, and for one request besides hashing. */
  readonly cpuMs: number;
  readonly restMs: number;
  /** Requests that compute no hash. */
  readonly p50: number;
  readonly p99: number;
}

/** What is measured in turns, on the same core with the same database server. */
export const sides = ['ours', 'peer', 'floor'] as const;
export type Side = (typeof sides)[number];

/** The windows of each, and what each needs besides. */
export type BesideResults = Readonly<
  Record<Side, { readonly windows: readonly Window[]; readonly startMs: number; readonly peakMb: number }>
>;

interface Subject {
  readonly web: Started;
  readonly load: (seconds: number) => Promise<Window>;
}

const clients = 16;

/** All three are warmed up first; then their windows alternate, so that other work on the machine disturbs them alike. */
export async function measureBeside(
  stage: Stage,
  { rounds, seconds, warmSeconds }: { rounds: number; seconds: number; warmSeconds: number },
): Promise<BesideResults> {
  const started: Started[] = [];
  const keep = (web: Started) => {
    started.push(web);
    return web;
  };
  try {
    const ours = keep(await stage.web({ env: cheapestHash }));
    const peer = keep(await startPeer(stage, cheapestHash));
    const floor = keep(await startFloor(stage));
    const subjects: Readonly<Record<Side, Subject>> = {
      ours: { web: ours, load: (time) => ourWindow(stage, ours, time) },
      peer: { web: peer, load: (time) => window(peer, betterAuthJourney(stage.mails), time) },
      floor: { web: floor, load: (time) => window(floor, floorRound, time) },
    };
    for (const side of sides) await subjects[side].load(warmSeconds);
    const windows: Record<Side, Window[]> = { ours: [], peer: [], floor: [] };
    for (let round = 0; round < rounds; round++)
      for (const side of sides) windows[side].push(await subjects[side].load(seconds));
    const resultOf = (side: Side) => {
      const { web } = subjects[side];
      return {
        windows: windows[side],
        startMs: web.firstPageMs,
        peakMb: memory(web.process.pid).peak,
      };
    };
    return { ours: resultOf('ours'), peer: resultOf('peer'), floor: resultOf('floor') };
  } finally {
    for (const { process } of started) await process.stop();
  }
}

async function ourWindow(stage: Stage, web: Started, seconds: number): Promise<Window> {
  const { perSecond, cpuMs, requests, tally } = await measureThroughput(
    stage,
    web,
    'carte',
    clients,
    seconds,
  );
  const pages = tally.withoutHash();
  return {
    perSecond,
    requests,
    cpuMs: cpuMs.total,
    restMs: cpuMs.rest / requests,
    p50: quantile(pages, 0.5),
    p99: quantile(pages, 0.99),
  };
}

let visitors = 0;

async function window({ process: web, origin }: Started, visit: Beside, seconds: number): Promise<Window> {
  const pool = new Pool(origin, { connections: clients });
  const plainMs: number[] = [];
  let [journeys, requests] = [0, 0];
  const cpu = () => ({
    total: cpuTime(web.pid).total,
    hashing: threadTimes(web.pid).get('libuv-worker') ?? 0,
  });
  const before = cpu();
  const elapsed = await closedLoop(clients, seconds, async () => {
    visitors += 1;
    const done = await visit(pool, visitors);
    journeys += 1;
    requests += done.requests;
    plainMs.push(...done.plainMs);
  });
  const after = cpu();
  await pool.close();
  const total = after.total - before.total;
  return {
    perSecond: journeys / elapsed,
    requests: requests / journeys,
    cpuMs: total / journeys,
    restMs: (total - (after.hashing - before.hashing)) / requests,
    p50: quantile(plainMs, 0.5),
    p99: quantile(plainMs, 0.99),
  };
}
