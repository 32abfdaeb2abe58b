import { type Delivery, deliverNotice, type TakenNotice } from '#src/delivery/deliver.ts';
import type { Delivering } from '#src/delivery/delivering.ts';
import { type LaneOptions, openLanes } from '#src/delivery/lanes.ts';
import { requeueingLostNotices } from '#src/delivery/lost-notices.ts';
import { isServerDown, openServerBreaker, serverAway } from '#src/delivery/server-away.ts';
import type { HandOver } from '#src/delivery/transport.ts';
import type { JobData, JobOutcome, Jobs } from '#src/jobs/jobs.ts';
import type { Breaker } from '#src/operations/breaker.ts';

/** The servers that deliver: the mail server, that of the second sender, the SMS gateway. */
export type Server = 'mail' | 'second-mail' | 'sms';

export interface DeliveryWorker {
  /** Servers that are known to be down: their notices wait. */
  away(): readonly Server[];
  stop(): void;
  /** When the deliveries that are under way have ended, those that no job waits for included. */
  finished(): Promise<void>;
}

const lookForLostEveryMs = 30_000;
const lookWhetherBackEveryMs = 5_000;
const hastenAfterMs = [0, 2_000, 10_000];
/**
 * A delivery that takes longer lets others go on: its job gives way, and finds it settled when it is tried again. So a
 * server that does not answer about some mails does not hold up all others.
 */
const usualGiveWayMs = 5_000;
/**
 * Each delivery records its outcome before the next one begins in its lane: no more mails than there are lanes can be with
 * the server, and go out again, when the process is killed. A delivery that takes longer lets another one begin, so that a
 * slow server gets as many at once as are fetched.
 */
const usualLanes = { lanes: 5, letsOnAfterMs: 100 };
const oneByOne = { lanes: 1, letsOnAfterMs: null };
/** So many deliveries at most are not waited for: the others share what connections are left. */
const mostSlow = 10;
/** Longer than any delivery: a job that has run for longer belonged to a process that was killed. */
const stuckAfterSeconds = 90;

/**
 * Delivers notices as their jobs arrive, and requeues those whose job was lost. A server that is down is retried from
 * time to time; when it answers again, the waiting notices leave at once, the oldest first.
 *
 * `onDelivery` receives every outcome, for metrics and logs, without personal data.
 */
export async function startDelivery(
  unguarded: Delivering,
  jobs: Jobs,
  {
    onDelivery = () => {},
    onError = () => {},
    alone = false,
    giveWayMs = usualGiveWayMs,
    lanes = alone ? oneByOne : usualLanes,
    clockHolds = async () => true,
  }: DeliveryOptions = {},
): Promise<DeliveryWorker> {
  const underWay = new Map<string, Promise<Delivery>>();
  const hastenings = new Set<NodeJS.Timeout>();
  // Ends the retry delays caused by the outage; repeated for jobs that were deferred a moment before the recovery.
  const onRecovery = () => {
    for (const ms of hastenAfterMs) {
      const timer = setTimeout(() => {
        hastenings.delete(timer);
        jobs.hasten('deliver-notice').catch((error) => onError(error));
      }, ms).unref();
      hastenings.add(timer);
    }
  };
  const { delivering, breakers } = behindBreakers(unguarded, onRecovery);
  const inLane = openLanes(lanes);
  let isHeld = false;
  const isOnTime = async (): Promise<boolean> => {
    const holds = await clockHolds();
    if (holds && isHeld) onRecovery();
    isHeld = !holds;
    return holds;
  };
  const deliverOnce = async (data: Data): Promise<JobOutcome> => {
    if (!(await isOnTime())) return 'again';
    let taken: TakenNotice | undefined;
    const onTaken: OnTaken = (notice) => {
      taken = notice;
    };
    // A second job of the same notice waits for the first.
    const running = underWay.get(data.id);
    const delivery = running ?? inLane(() => deliverNotice(delivering, data, onTaken));
    if (!running) underWay.set(data.id, delivery);
    try {
      const outcome = await delivery;
      if (!running) onDelivery(outcome, taken);
      if (!running && 'error' in outcome) onError(outcome.error, taken);
      return outcome.state === 'deferred' ? 'again' : 'done';
    } finally {
      if (!running) underWay.delete(data.id);
    }
  };
  const slow = new Set<Promise<JobOutcome>>();
  const deliver = (data: Data): Promise<JobOutcome> => {
    const outcome = deliverOnce(data);
    if (alone) return outcome;
    const gaveWay = Promise.withResolvers<JobOutcome>();
    const timer = setTimeout(() => {
      if (slow.size >= mostSlow) return;
      slow.add(outcome);
      gaveWay.resolve('again');
    }, giveWayMs).unref();
    outcome.then(gaveWay.resolve, (error: unknown) => {
      if (slow.has(outcome)) onError(error);
      gaveWay.reject(error);
    });
    const end = () => {
      clearTimeout(timer);
      slow.delete(outcome);
    };
    outcome.then(end, end);
    return gaveWay.promise;
  };
  const requeueLost = requeueingLostNotices(delivering.db, jobs, stuckAfterSeconds);
  await (alone ? requeueingLostNotices(delivering.db, jobs, 0) : requeueLost)();
  const pace = alone ? { workers: 1, everySeconds: 5 } : { workers: 2, everySeconds: 0.5 };
  await jobs.work('deliver-notice', deliver, { batch: 10, ...pace });
  const timers = [
    setInterval(() => requeueLost().catch((error) => onError(error)), lookForLostEveryMs).unref(),
    setInterval(() => {
      if (isHeld || [...breakers.values()].some(({ wantsTrial }) => wantsTrial))
        jobs.hasten('deliver-notice', 5).catch((error) => onError(error));
    }, lookWhetherBackEveryMs).unref(),
  ];
  return {
    away: () => [...breakers].flatMap(([name, { isOpen }]) => (isOpen ? [name] : [])),
    stop: () => {
      for (const timer of timers) clearInterval(timer);
      for (const timer of hastenings) clearTimeout(timer);
    },
    finished: async () => {
      await Promise.allSettled(underWay.values());
    },
  };
}

export interface DeliveryOptions {
  /**
   * No other process delivers or adds jobs, and the mail server is near: jobs that are running at the start belonged to a
   * process that was killed, mails are sent one by one, so that a kill repeats at most one of them, and nobody needs to
   * look for jobs twice a second.
   */
  readonly alone?: boolean;
  /** For tests: after how long a delivery lets others go on. */
  readonly giveWayMs?: number;
  /** For tests: how many deliveries are under way at once. */
  readonly lanes?: LaneOptions;
  /** Whether the clock can be trusted; while it cannot, nothing is sent, given up or withheld. */
  readonly clockHolds?: () => Promise<boolean>;
  readonly onDelivery?: (delivery: Delivery, notice?: TakenNotice) => void;
  /** `notice`: the one that the error is about, if any. */
  readonly onError?: (error: unknown, notice?: TakenNotice) => void;
}

type Data = JobData['deliver-notice'];
type OnTaken = (notice: TakenNotice) => void;

/** Puts a breaker in front of each transport. */
function behindBreakers(
  unguarded: Delivering,
  onRecovery: () => void,
): { delivering: Delivering; breakers: ReadonlyMap<Server, Breaker> } {
  const breakers = new Map<Server, Breaker>();
  const behindBreaker = <Args extends readonly unknown[]>(
    name: Server,
    send: (...args: Args) => Promise<HandOver>,
  ) => {
    const breaker = openServerBreaker(Math.random, { elapsed: () => performance.now(), onRecovery });
    breakers.set(name, breaker);
    return {
      send: async (...args: Args) => (await breaker.run(() => send(...args), isServerDown)) ?? serverAway,
    };
  };
  const { transport, secondTransport, sms } = unguarded;
  return {
    breakers,
    delivering: {
      ...unguarded,
      transport: behindBreaker('mail', transport.send),
      secondTransport: secondTransport && behindBreaker('second-mail', secondTransport.send),
      sms: sms && behindBreaker('sms', sms.send),
    },
  };
}
