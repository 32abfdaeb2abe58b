import { Pool } from 'undici';
import { openBrowser } from '../client/browser.ts';
import { closedLoop } from '../client/loops.ts';
import { openTally, type Tally } from '../client/tally.ts';
import { type Around, openWalk, Unexpected } from '../client/walk.ts';
import { travel, type Way } from '../client/ways.ts';
import type { Traveller } from '../setting/people.ts';
import { publicHost, type Started } from '../setting/service.ts';
import type { Stage } from '../setting/stage.ts';
import { cpuTime, forgetPeak, memory } from '../setting/usage.ts';

/** Complete journeys of a fixed number of clients, each running one after the other. */
export interface Throughput {
  readonly clients: number;
  readonly journeys: number;
  readonly perSecond: number;
  /** Milliseconds of the web process for one journey. */
  readonly cpuMs: { readonly total: number; readonly hashing: number; readonly rest: number };
  readonly requests: number;
  readonly statements: number;
  /** Requests with a password that were refused for load and retried. */
  readonly postponed: number;
  /** For what is sent, codes and mails together. */
  readonly mailWaitMs: readonly number[];
  readonly peakMb: number;
  readonly tally: Tally;
  readonly errors: readonly string[];
}

export async function measureThroughput(
  stage: Stage,
  { process: web, origin }: Started,
  way: Way,
  clients: number,
  seconds: number,
): Promise<Throughput> {
  const pool = new Pool(origin, { connections: clients });
  const tally = openTally();
  let postponed = 0;
  const around: Around = async (step, ask) => {
    const answer = await tally.around(step, ask);
    if (answer.retryAfter !== null) postponed += 1;
    return answer;
  };
  const mailWaitMs: number[] = [];
  const errors: string[] = [];
  const patientUntil = performance.now() + seconds * 1000;
  const once = async () => {
    const walkOf = ({ ip }: Traveller) =>
      openWalk(openBrowser(pool, { host: publicHost, ip: () => ip }), around, { patientUntil });
    try {
      mailWaitMs.push(await travel(way, stage, walkOf));
    } catch (error) {
      // A newcomer who still waits outside when the time is over was postponed: that is no failure.
      const isOver = performance.now() >= patientUntil;
      if (isOver && error instanceof Unexpected && error.answer.retryAfter !== null) return;
      errors.push(error instanceof Error ? error.message : String(error));
    }
  };
  forgetPeak(web.pid);
  const [cpuBefore, statementsBefore] = [cpuTime(web.pid), await stage.postgres.statements('web')];
  const elapsed = await closedLoop(clients, seconds, once);
  const [cpu, statements] = [cpuTime(web.pid), await stage.postgres.statements('web')];
  await pool.close();
  const journeys = mailWaitMs.length;
  const each = (value: number) => value / Math.max(1, journeys);
  const total = each(cpu.total - cpuBefore.total);
  const hashing = each(cpu.hashing - cpuBefore.hashing);
  return {
    clients,
    journeys,
    perSecond: journeys / elapsed,
    cpuMs: { total, hashing, rest: total - hashing },
    requests: each(tally.steps().reduce((sum, { ms }) => sum + ms.length, 0)),
    statements: each(statements - statementsBefore),
    postponed,
    mailWaitMs,
    peakMb: memory(web.pid).peak,
    tally,
    errors,
  };
}
