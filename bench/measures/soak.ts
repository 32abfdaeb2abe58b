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
  /** Resident megabytes in each minute, looked at every second: the least is what remains between two passwords. */
  readonly residentMb: readonly { readonly least: number; readonly most: number }[];
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
  const seconds: number[] = [];
  const looked = setInterval(() => seconds.push(memory(web.pid).now), 1_000);
  await openLoop(perSecond, minutes * 60, once);
  clearInterval(looked);
  const residentMb = Array.from({ length: minutes }, (_, minute) => {
    const looks = seconds.slice(minute * 60, (minute + 1) * 60);
    return { least: Math.min(...looks), most: Math.max(...looks) };
  });
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

/** Whether the least of a minute is, on average over the last third, at most a twentieth above that of the third before. */
export function isFlat(residentMb: Soak['residentMb']): boolean {
  const third = Math.floor(residentMb.length / 3);
  const mean = (minutes: Soak['residentMb']) =>
    minutes.reduce((sum, { least }) => sum + least, 0) / minutes.length;
  return third > 0 && mean(residentMb.slice(-third)) <= 1.05 * mean(residentMb.slice(-2 * third, -third));
}
