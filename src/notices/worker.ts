import type { JobOutcome, Jobs } from '#src/jobs.ts';
import { type Delivering, type Delivery, deliverNotice } from '#src/notices/deliver.ts';
import { requeueLostNotices } from '#src/notices/upkeep.ts';

export interface DeliveryWorker {
  stop(): void;
}

const lookForLostEveryMs = 30_000;
/** Longer than any delivery: a job at work for longer belonged to a process that was killed. */
const stuckAfterSeconds = 90;

/**
 * Delivers notices as their jobs come, and finds those whose job was lost.
 *
 * `onDelivery` is told of every outcome, for metrics and logs: no personal data in it.
 */
export async function startDelivery(
  delivering: Delivering,
  jobs: Jobs,
  { onDelivery = () => {}, onError = () => {}, alone = false }: DeliveryOptions = {},
): Promise<DeliveryWorker> {
  const underWay = new Map<string, Promise<Delivery>>();
  let serverAway = false;
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = (data: { personKey: string; id: string }): Promise<Delivery> => {
    const delivery = turn.then(() => deliverNotice(delivering, data));
    turn = delivery.catch(() => {});
    return delivery;
  };
  const deliverOnce = async (data: { personKey: string; id: string }): Promise<JobOutcome> => {
    // A second job of the same notice follows the first.
    const known = underWay.get(data.id);
    const delivery = known ?? (alone ? inTurn(data) : deliverNotice(delivering, data));
    if (!known) underWay.set(data.id, delivery);
    try {
      const outcome = await delivery;
      if (!known) {
        onDelivery(outcome);
        await followServer(outcome);
      }
      return outcome.state === 'deferred' ? 'again' : 'done';
    } finally {
      if (!known) underWay.delete(data.id);
    }
  };
  /** Once the server is back, nobody waits for the end of a delay that its absence caused. */
  const followServer = async (outcome: Delivery): Promise<void> => {
    if (outcome.state === 'deferred') serverAway ||= isAbsence(outcome.reason);
    else if (outcome.state === 'handed-over' && serverAway) {
      serverAway = false;
      await jobs.hasten('deliver-notice');
    }
  };
  await requeueLostNotices(delivering.db, jobs, alone ? 0 : stuckAfterSeconds);
  await jobs.work('deliver-notice', deliverOnce, { batch: 10, workers: 2, everySeconds: 0.5 });
  const timer = setInterval(
    () => requeueLostNotices(delivering.db, jobs, stuckAfterSeconds).catch(onError),
    lookForLostEveryMs,
  ).unref();
  return { stop: () => clearInterval(timer) };
}

export interface DeliveryOptions {
  /**
   * No other process delivers, and the mail server is near: what is under way at the start belonged to a process
   * that was killed, and mails go out one by one, so that a kill repeats one of them at most.
   */
  readonly alone?: boolean;
  readonly onDelivery?: (delivery: Delivery) => void;
  readonly onError?: (error: unknown) => void;
}

function isAbsence(reason: string): boolean {
  return !reason.startsWith('smtp-') || reason === 'smtp-421';
}
