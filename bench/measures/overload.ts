import { setTimeout as wait } from 'node:timers/promises';
import { Pool } from 'undici';
import { paths } from '#src/paths.ts';
import { openBrowser } from '../client/browser.ts';
import { wholeJourney } from '../client/journey.ts';
import { openLoop } from '../client/loops.ts';
import { type Around, openWalk, Unexpected } from '../client/walk.ts';
import { publicHost, type Started } from '../setting/service.ts';
import type { Stage } from '../setting/stage.ts';

/** The outcome of journeys that arrive ten times faster than they can be served. */
export interface Overload {
  readonly perSecond: number;
  readonly seconds: number;
  readonly offered: number;
  readonly finished: number;
  readonly finishedMs: readonly number[];
  /** The response times of journeys refused for load by a page with `Retry-After`. */
  readonly refusedMs: readonly number[];
  /** Each answer to somebody who was let in. */
  readonly answeredMs: readonly number[];
  /** Journeys that got past the identity, and how many of them were refused for load later. */
  readonly letIn: number;
  readonly letInRefused: number;
  readonly reset: number;
  readonly late: number;
  readonly others: readonly string[];
  /** The home page asked for every 200 ms meanwhile. */
  readonly homeMs: readonly number[];
  /** Until the first journey afterwards is complete, its mail included. */
  readonly nextJourneyMs: number;
  readonly peakMb: number;
}

/** Each request is given up after 30 s, each journey at the first refusal. */
export async function measureOverload(
  stage: Stage,
  { process: web, origin }: Started,
  perSecond: number,
  seconds: number,
  peakOf: (pid: number) => number,
): Promise<Overload> {
  const pool = new Pool(origin, { connections: 2_000 });
  const finishedMs: number[] = [];
  const refusedMs: number[] = [];
  const answeredMs: number[] = [];
  const others: string[] = [];
  let [offered, letIn, letInRefused, reset, late] = [0, 0, 0, 0, 0];
  const journey = async (): Promise<number> => {
    const traveller = stage.crowd.next();
    let isIn = false;
    const around: Around = async (_step, ask) => {
      const answer = await ask();
      if (answer.retryAfter === null) answeredMs.push(answer.ms);
      else if (isIn) letInRefused += 1;
      if (!isIn && answer.location === paths.proof) {
        isIn = true;
        letIn += 1;
      }
      return answer;
    };
    const browser = openBrowser(pool, { host: publicHost, ip: () => traveller.ip, timeoutMs: 30_000 });
    const start = performance.now();
    const waited = await wholeJourney(openWalk(browser, around), traveller, stage.mails);
    return performance.now() - start - waited;
  };
  const once = async () => {
    offered += 1;
    try {
      finishedMs.push(await journey());
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      if (error instanceof Unexpected && error.answer.status === 503 && error.answer.retryAfter !== null)
        refusedMs.push(error.answer.ms);
      else if (/ECONNRESET|UND_ERR_SOCKET|EPIPE/.test(code)) reset += 1;
      else if (/TIMEOUT/.test(code)) late += 1;
      else others.push(error instanceof Error ? error.message : String(error));
    }
  };
  const probe = probeHome(origin);
  await openLoop(perSecond, seconds, once);
  const homeMs = await probe.stop();
  const afterwards = performance.now();
  while ((await journey().catch(() => null)) === null) await wait(100);
  const nextJourneyMs = performance.now() - afterwards;
  await pool.close();
  const finished = finishedMs.length;
  return {
    perSecond,
    seconds,
    offered,
    finished,
    finishedMs,
    refusedMs,
    answeredMs,
    letIn,
    letInRefused,
    reset,
    late,
    others,
    homeMs,
    nextJourneyMs,
    peakMb: peakOf(web.pid),
  };
}

function probeHome(origin: string): { stop(): Promise<number[]> } {
  const pool = new Pool(origin, { connections: 64 });
  const requests: Promise<number>[] = [];
  const timer = setInterval(() => {
    const { get } = openBrowser(pool, { host: publicHost, ip: () => '10.254.0.1', timeoutMs: 30_000 });
    requests.push(
      get('/').then(
        ({ ms }) => ms,
        () => 30_000,
      ),
    );
  }, 200);
  return {
    async stop() {
      clearInterval(timer);
      const ms = await Promise.all(requests);
      await pool.close();
      return ms;
    },
  };
}
