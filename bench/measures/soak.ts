import { Pool } from 'undici';
import { openBrowser } from '../client/browser.ts';
import { openLoop } from '../client/loops.ts';
import { openTally, quantile } from '../client/tally.ts';
import { openWalk } from '../client/walk.ts';
import { travel } from '../client/ways.ts';
import type { Traveller } from '../setting/people.ts';
import { publicHost, type Started } from '../setting/service.ts';
import type { Stage } from '../setting/stage.ts';
import { memory } from '../setting/usage.ts';

/** The memory of a web process that serves half of what it could, for a long time. */
export interface Soak {
  readonly minutes: number;
  readonly perSecond: number;
  readonly journeys: number;
  readonly failed: readonly string[];
  /** Resident megabytes at the end of each minute. */
  readonly residentMb: readonly number[];
  /** The most since the process started, as the kernel counts it (`VmHWM`). */
  readonly peakMb: number;
  readonly pageMs: { readonly p50: number; readonly p99: number };
}

export async function measureSoak(
  stage: Stage,
  { process: web, origin }: Started,
  { perSecond, minutes }: { perSecond: number; minutes: number },
): Promise<Soak> {
  const pool = new Pool(origin, { connections: 64 });
  const tally = openTally();
  const failed: string[] = [];
  let journeys = 0;
  const once = async () => {
    const walkOf = ({ ip }: Traveller) =>
      openWalk(openBrowser(pool, { host: publicHost, ip: () => ip }), tally.around, {
        patientUntil: Number.POSITIVE_INFINITY,
      });
    try {
      await travel('carte', stage, walkOf);
      journeys += 1;
    } catch (error) {
      failed.push(error instanceof Error ? error.message : String(error));
    }
  };
  const residentMb: number[] = [];
  const sampled = setInterval(() => residentMb.push(memory(web.pid).now), 60_000);
  await openLoop(perSecond, minutes * 60, once);
  clearInterval(sampled);
  if (residentMb.length < minutes) residentMb.push(memory(web.pid).now);
  await pool.close();
  const pages = tally.withoutHash();
  return {
    minutes,
    perSecond,
    journeys,
    failed,
    residentMb,
    peakMb: memory(web.pid).peak,
    pageMs: { p50: quantile(pages, 0.5), p99: quantile(pages, 0.99) },
  };
}

/** Whether the mean of the last third is at most a twentieth above that of the third before. */
export function isFlat(residentMb: readonly number[]): boolean {
  const third = Math.floor(residentMb.length / 3);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return third > 0 && mean(residentMb.slice(-third)) <= 1.05 * mean(residentMb.slice(-2 * third, -third));
}
