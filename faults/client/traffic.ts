import { setTimeout as wait } from 'node:timers/promises';
import { quantile } from '../../bench/client/tally.ts';
import { type Around, openWalk, Unexpected, type Walk } from '../../bench/client/walk.ts';
import type { Traveller } from '../../bench/setting/people.ts';
import type { Visitors } from './visitors.ts';

/** What became of the requests of a crowd. */
export interface Tallied {
  readonly requests: number;
  readonly perSecond: number;
  /** Without the answer that the journey expects: by what came instead, how many. */
  readonly failed: ReadonlyMap<string, number>;
  readonly failures: number;
  /** In milliseconds, of all. */
  readonly p99: number;
  readonly slowest: number;
}

export interface Traffic {
  /** So far. */
  requests(): number;
  /** No newcomers from now on; over once those under way have ended. */
  stop(): Promise<Tallied>;
}

interface TrafficOptions {
  readonly visitors: Visitors;
  readonly next: () => Traveller;
  /** Newcomers a second, whether or not earlier ones have ended. */
  readonly perSecond: number;
  readonly journey: (walk: Walk, traveller: Traveller) => Promise<unknown>;
}

/** People who arrive at a fixed rate, each of whom walks a journey once and gives up at the first wrong answer. */
export function openTraffic({ visitors, next, perSecond, journey }: TrafficOptions): Traffic {
  const startedAt = performance.now();
  const times: number[] = [];
  const failed = new Map<string, number>();
  const underWay = new Set<Promise<void>>();
  let isOver = false;
  const note = (what: string) => failed.set(what, (failed.get(what) ?? 0) + 1);
  const around: Around = async (step, ask) => {
    const askedAt = performance.now();
    try {
      return await ask();
    } catch (error) {
      note(`${step.name}: ${errorName(error)}`);
      throw error;
    } finally {
      times.push(performance.now() - askedAt);
    }
  };
  const one = async (): Promise<void> => {
    const traveller = next();
    try {
      await journey(openWalk(visitors.browser(traveller), around), traveller);
    } catch (error) {
      if (error instanceof Unexpected) note(error.message);
      else if (times.length === 0) throw error;
    }
  };
  const arriving = (async () => {
    for (let count = 0; !isOver; count += 1) {
      const early = startedAt + (count * 1000) / perSecond - performance.now();
      if (early > 0) await wait(early);
      if (isOver) break;
      const walking = one().finally(() => underWay.delete(walking));
      underWay.add(walking);
    }
  })();
  return {
    requests: () => times.length,
    async stop() {
      isOver = true;
      const seconds = (performance.now() - startedAt) / 1000;
      await arriving;
      await Promise.all(underWay);
      return {
        requests: times.length,
        perSecond: times.length / seconds,
        failed,
        failures: [...failed.values()].reduce((sum, count) => sum + count, 0),
        p99: quantile(times, 0.99),
        slowest: Math.max(0, ...times),
      };
    },
  };
}

/** `3 (2 of POST /connexion: 503, 1 of …)`. */
export function failuresText({ failures, failed }: Tallied): string {
  const kinds = [...failed].slice(0, 5).map(([what, count]) => `${count} of ${what}`);
  return failures === 0 ? '0' : `${failures} (${kinds.join(', ')})`;
}

function errorName(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
