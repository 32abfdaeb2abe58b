import { setTimeout as wait } from 'node:timers/promises';
import type { Config, Secrets } from '#src/config/config.ts';
import type { TakenNotice } from '#src/delivery/deliver.ts';
import { openTransports } from '#src/delivery/open-transports.ts';
import { type DeliveryWorker, startDelivery } from '#src/delivery/worker.ts';
import { clocksAgree, openDeliveryClock } from '#src/housekeeping/checks.ts';
import { duties, runHousekeeping } from '#src/housekeeping/housekeeping.ts';
import { countRows } from '#src/housekeeping/row-counts.ts';
import { openWatchedRows } from '#src/housekeeping/watched-rows.ts';
import type { Jobs } from '#src/jobs/jobs.ts';
import { runDuty } from '#src/jobs/run-duty.ts';
import type { NoticeRef } from '#src/operations/events.ts';
import { watchMainThread } from '#src/operations/watchdog.ts';
import type { Every } from '#src/serve/background.ts';
import type { Foundations } from '#src/serve/foundations.ts';
import type { Services } from '#src/services.ts';
import { systemClock } from '#src/time/clock.ts';

export interface WorkerOptions {
  readonly config: Pick<Config, 'mail' | 'shutdownSeconds'>;
  readonly secrets: Pick<Secrets, 'dkimKey'>;
  readonly every: Every;
}

export interface RunningWorker extends Pick<DeliveryWorker, 'away'> {
  close(): Promise<void>;
}

const housekeepingEveryMinutes = 5;
/** Often enough for every scrape to show fresh counts. */
const watchEveryMs = 10_000;
const countRowsEveryMs = 30_000;

/** Starts deliveries, housekeeping, the counts that operators watch, and the tasks of the environment. */
export async function runWorker(
  foundations: Foundations,
  jobs: Jobs,
  { config, secrets, every }: WorkerOptions,
): Promise<RunningWorker> {
  const { environment, services, patientDb, late, traced } = foundations;
  const { publicUrl } = late;
  const watchdog = environment.deliversAlone ? null : watchMainThread();
  const opened = openTransports({ config, secrets, ...environment.transports, publicUrl });
  const transports = traced?.transports(opened) ?? opened;
  const { db, keyring, clock, policy, events } = services;
  const deliveries = await startDelivery(
    {
      ...{ db, keyring, clock, policy, ...transports, publicUrl, senderName: config.mail.fromName },
      isExercise: services.demo?.kind === 'exercise',
    },
    jobs,
    {
      onDelivery: (delivery, notice) => events.noticeSettled(delivery, notice && noticeRef(notice)),
      onError: (error, notice) =>
        events.failed('deliveryFailed', { job: 'deliver-notice', noticeId: notice?.id }, error),
      alone: environment.deliversAlone,
      clockHolds: openDeliveryClock(db, systemClock, () => performance.now()),
    },
  );
  const patient: Services = { ...services, db: patientDb };
  await watchRows(foundations, patient, every);
  const onFailure = (job: string, error: unknown) => events.failed('dutyFailed', { job }, error);
  const runDue = async (): Promise<'done'> => {
    // The check `clock` and its alert tell of it.
    if (!(await clocksAgree(patientDb, systemClock))) return 'done';
    await runHousekeeping(patient, { onlyDue: true, onFailure, ...(traced ? { around: traced.duty } : {}) });
    return 'done';
  };
  await jobs.work('housekeeping', runDue, { batch: 1, workers: 1, everySeconds: 10 });
  await jobs.schedule('housekeeping', housekeepingEveryMinutes);
  environment.startWork({ services, publicUrl, every, runHousekeeping: () => runHousekeeping(services) });
  return {
    away: deliveries.away,
    close: async () => {
      deliveries.stop();
      const patience = wait(config.shutdownSeconds * 1_000, undefined, { ref: false });
      await Promise.all([jobs.stop(config.shutdownSeconds), Promise.race([deliveries.finished(), patience])]);
      transports.close();
      await watchdog?.close();
    },
  };
}

/** Counts rows when that is due, and shows the latest counts, by this worker or another, at each scrape. */
async function watchRows(
  { services, metrics }: Pick<Foundations, 'services' | 'metrics'>,
  patient: Services,
  every: Every,
): Promise<void> {
  const { db, clock, events } = services;
  const watched = openWatchedRows(db, clock, duties);
  metrics.watchRows(watched.rows, () => clock.now());
  metrics.watchDuties(watched.duties);
  every('look-at-rows', watchEveryMs, watched.look);
  const count = async (): Promise<void> => {
    if (!(await clocksAgree(patient.db, systemClock))) return;
    const outcome = await runDuty(patient, countRows, { onlyDue: true });
    if (outcome.kind === 'failed') events.failed('dutyFailed', { job: countRows.name }, outcome.error);
  };
  every('count-rows', countRowsEveryMs, count);
  await count();
  await watched.look();
}

function noticeRef({ person_key: person, id, kind, channel, tries }: TakenNotice): NoticeRef {
  return { id, person, kind, channel, tries };
}
