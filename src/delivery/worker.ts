import { type Delivery, deliverNotice, type TakenNotice } from '#src/delivery/deliver.ts';
import type { Delivering } from '#src/delivery/delivering.ts';
import { requeueLostNotices } from '#src/delivery/lost-notices.ts';
import { isServerDown, openServerBreaker, serverAway } from '#src/delivery/server-away.ts';
import type { HandOver } from '#src/delivery/transport.ts';
import type { JobData, JobOutcome, Jobs } from '#src/jobs/jobs.ts';
import type { Breaker } from '#src/operations/breaker.ts';

/** Where deliveries go: the mail server, that of the second sender, the SMS gateway. */
export type Server = 'mail' | 'second-mail' | 'sms';

export interface DeliveryWorker {
  /** Servers that are known to be away: what is for them waits. */
  away(): readonly Server[];
  stop(): void;
}

const lookForLostEveryMs = 30_000;
const lookWhetherBackEveryMs = 5_000;
const hastenAfterMs = [0, 2_000, 10_000];
/** Longer than any delivery: a job at work for longer belonged to a process that was killed. */
const stuckAfterSeconds = 90;

/**
 * Delivers notices as their jobs come, and finds those whose job was lost. A server that is away is asked once in a
 * while, and whatever waits for it leaves as soon as it answers, the oldest first.
 *
 * `onDelivery` is told of every outcome, for metrics and logs: no personal data in it.
 */
export async function startDelivery(
  given: Delivering,
  jobs: Jobs,
  { onDelivery = () => {}, onError = () => {}, alone = false }: DeliveryOptions = {},
): Promise<DeliveryWorker> {
  const underWay = new Map<string, Promise<Delivery>>();
  const soon = new Set<NodeJS.Timeout>();
  // Nobody waits for the end of a delay that the server's absence caused, not even who was answered a moment before.
  const onRecovery = () => {
    for (const ms of hastenAfterMs) {
      const timer = setTimeout(() => {
        soon.delete(timer);
        jobs.hasten('deliver-notice').catch((error) => onError(error));
      }, ms).unref();
      soon.add(timer);
    }
  };
  const { delivering, breakers } = behindBreakers(given, onRecovery);
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = (data: Data, onTaken: OnTaken): Promise<Delivery> => {
    const delivery = turn.then(() => deliverNotice(delivering, data, onTaken));
    turn = delivery.catch(() => {});
    return delivery;
  };
  const deliverOnce = async (data: Data): Promise<JobOutcome> => {
    let taken: TakenNotice | undefined;
    const onTaken: OnTaken = (notice) => {
      taken = notice;
    };
    // A second job of the same notice follows the first.
    const known = underWay.get(data.id);
    const delivery = known ?? (alone ? inTurn(data, onTaken) : deliverNotice(delivering, data, onTaken));
    if (!known) underWay.set(data.id, delivery);
    try {
      const outcome = await delivery;
      if (!known) onDelivery(outcome, taken);
      if (!known && 'error' in outcome) onError(outcome.error, taken);
      return outcome.state === 'deferred' ? 'again' : 'done';
    } finally {
      if (!known) underWay.delete(data.id);
    }
  };
  await requeueLostNotices(delivering.db, jobs, alone ? 0 : stuckAfterSeconds);
  await jobs.work('deliver-notice', deliverOnce, { batch: 10, workers: 2, everySeconds: 0.5 });
  const timers = [
    setInterval(
      () => requeueLostNotices(delivering.db, jobs, stuckAfterSeconds).catch((error) => onError(error)),
      lookForLostEveryMs,
    ).unref(),
    setInterval(() => {
      if ([...breakers.values()].some(({ wantsTrial }) => wantsTrial))
        jobs.hasten('deliver-notice', 5).catch((error) => onError(error));
    }, lookWhetherBackEveryMs).unref(),
  ];
  return {
    away: () => [...breakers].flatMap(([name, { isOpen }]) => (isOpen ? [name] : [])),
    stop: () => {
      for (const timer of timers) clearInterval(timer);
      for (const timer of soon) clearTimeout(timer);
    },
  };
}

export interface DeliveryOptions {
  /**
   * No other process delivers, and the mail server is near: what is under way at the start belonged to a process
   * that was killed, and mails go out one by one, so that a kill repeats one of them at most.
   */
  readonly alone?: boolean;
  readonly onDelivery?: (delivery: Delivery, notice?: TakenNotice) => void;
  /** `notice`: the one that broke, when it is about one. */
  readonly onError?: (error: unknown, notice?: TakenNotice) => void;
}

type Data = JobData['deliver-notice'];
type OnTaken = (notice: TakenNotice) => void;

/** Each way of sending behind a breaker of its own. */
function behindBreakers(
  given: Delivering,
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
  const { transport, secondTransport, sms } = given;
  return {
    breakers,
    delivering: {
      ...given,
      transport: behindBreaker('mail', transport.send),
      secondTransport: secondTransport && behindBreaker('second-mail', secondTransport.send),
      sms: sms && behindBreaker('sms', sms.send),
    },
  };
}
