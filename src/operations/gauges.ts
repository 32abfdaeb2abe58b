import { Counter, Gauge, type Registry } from 'prom-client';
import type { Health } from '#src/operations/health.ts';
import { highestCount, type RowCounts } from '#src/operations/row-counts.ts';

const prefix = 'compte_';

/** What a gauge shows at a scrape: one number, or one for each set of labels; empty while the value is unknown. */
type Samples = readonly (readonly [labels: Readonly<Record<string, string>>, value: number])[];

/** `read` answers from memory. When it throws, only this gauge is missing from the scrape. */
function gauge(
  registry: Registry,
  { name, help, labelNames = [] }: { name: string; help: string; labelNames?: readonly string[] },
  read: () => Samples,
): void {
  const instance: Gauge = new Gauge({
    name: prefix + name,
    help,
    labelNames: [...labelNames],
    registers: [registry],
    collect() {
      instance.reset();
      // Without labels, a gauge that was reset shows 0.
      instance.remove({});
      for (const [labels, value] of samplesOf(read)) instance.set(labels, value);
    },
  });
}

/** `read` answers how many there have been since the start. */
function counter(
  registry: Registry,
  { name, help }: { name: string; help: string },
  read: () => number,
): void {
  const instance: Counter = new Counter({
    name: `${prefix}${name}_total`,
    help,
    registers: [registry],
    collect() {
      instance.reset();
      instance.inc(read());
    },
  });
}

function samplesOf(read: () => Samples): Samples {
  try {
    return read();
  } catch {
    return [];
  }
}

export function watchBuild(registry: Registry, { version, role }: { version: string; role: string }): void {
  const labels = { version, node_version: process.versions.node, role };
  const about = {
    name: 'build_info',
    help: 'Always 1; the labels say which program runs',
    labelNames: Object.keys(labels),
  };
  gauge(registry, about, () => [[labels, 1]]);
}

/** How busy the threads are that hash passwords; the last three are counts since the start. */
export interface LaneLoad {
  readonly waiting: number;
  readonly running: number;
  readonly averageMs: number;
  readonly done: number;
  readonly refused: number;
  readonly abandoned: number;
}

export function watchLane(registry: Registry, stats: () => LaneLoad): void {
  const gauges: Record<string, [help: string, read: (stats: LaneLoad) => number]> = {
    waiting: ['Passwords waiting to be hashed', ({ waiting }) => waiting],
    running: ['Passwords being hashed', ({ running }) => running],
    average_seconds: ['Recent average time of one hash', ({ averageMs }) => averageMs / 1_000],
  };
  for (const [name, [help, read]] of Object.entries(gauges))
    gauge(registry, { name: `password_lane_${name}`, help }, () => [[{}, read(stats())]]);
  const counters: Record<string, [help: string, read: (stats: LaneLoad) => number]> = {
    done: ['Passwords hashed', ({ done }) => done],
    refused: ['Passwords refused because too many were waiting', ({ refused }) => refused],
    abandoned: ['Passwords dropped because the client had disconnected', ({ abandoned }) => abandoned],
  };
  for (const [name, [help, read]] of Object.entries(counters))
    counter(registry, { name: `password_lane_${name}`, help }, () => read(stats()));
}

export function watchLog(registry: Registry, lost: () => number): void {
  counter(registry, { name: 'log_lines_lost', help: 'Lines of the log that could not be written' }, lost);
}

export function watchHealth(registry: Registry, lastResults: Health['lastResults']): void {
  const ready = {
    name: 'ready',
    help: '1 when the last round of checks found this process ready',
  };
  gauge(registry, ready, () => [[{}, lastResults().ready ? 1 : 0]]);
  const check = { name: 'check_ok', help: '1 when this check passed the last time', labelNames: ['check'] };
  gauge(registry, check, () =>
    [...lastResults().checks].map(([name, holds]) => [{ check: name }, holds ? 1 : 0]),
  );
}

export function watchClock(registry: Registry, skewSeconds: () => number | null): void {
  const about = {
    name: 'clock_skew_seconds',
    help: 'How far the clock of this machine is ahead of the database',
  };
  gauge(registry, about, () => {
    const skew = skewSeconds();
    return skew === null ? [] : [[{}, skew]];
  });
}

/** Shows zero as well, for each state and channel, so that alerts resolve. */
export function watchRows(registry: Registry, lastCounts: () => RowCounts | null, now: () => Date): void {
  const channels = ['email', 'sms', 'letter'];
  const age = (since: Date) => Math.max(0, (now().getTime() - since.getTime()) / 1_000);
  const of = (read: (counts: RowCounts) => Samples) => () => {
    const counts = lastCounts();
    return counts === null ? [] : read(counts);
  };
  const each = (
    states: readonly string[],
    rows: readonly { state: string; channel: string; count: number }[],
  ): Samples =>
    states.flatMap((state) =>
      channels.map((channel): [Record<string, string>, number] => [
        { state, channel },
        rows.find((row) => row.state === state && row.channel === channel)?.count ?? 0,
      ]),
    );
  gauge(
    registry,
    { name: 'row_counts_age_seconds', help: 'Age of the row counts that this process shows' },
    of(({ countedAt }) => [[{}, age(countedAt)]]),
  );
  gauge(
    registry,
    {
      name: 'notices_waiting',
      help: `Notices waiting to be sent, counted up to ${highestCount} for each state and channel`,
      labelNames: ['state', 'channel'],
    },
    of(({ notices }) => each(['queued', 'deferred'], notices.waiting)),
  );
  gauge(
    registry,
    {
      name: 'notices_oldest_waiting_seconds',
      help: 'Waiting time of the oldest of these notices',
      labelNames: ['state', 'channel'],
    },
    of(({ notices }) => {
      const ages = notices.waiting.map(({ since, ...row }) => ({ ...row, count: age(new Date(since)) }));
      return each(['queued', 'deferred'], ages);
    }),
  );
  gauge(
    registry,
    {
      name: 'notices_failed_last_day',
      help: `Notices refused, bounced or withheld within 24 hours, counted up to ${highestCount}`,
      labelNames: ['state', 'channel'],
    },
    of(({ notices }) => each(['refused', 'bounced', 'withheld'], notices.failed)),
  );
  gauge(
    registry,
    { name: 'notices_dead_letters', help: 'Notices given up that an operator can still queue again' },
    of(({ notices }) => [[{}, notices.deadLetters]]),
  );
  gauge(
    registry,
    {
      name: 'letters_oldest_unanswered_batch_seconds',
      help: 'Time since the export of the oldest batch that the printer has not reported on',
    },
    of(({ unansweredBatchSince: since }) => [[{}, since === null ? 0 : age(new Date(since))]]),
  );
  gauge(
    registry,
    {
      name: 'avis_oldest_overdue_seconds',
      help: 'How long the mail of deposits that waits longest is overdue',
    },
    of(({ avisOverdueSince: since }) => [[{}, since === null ? 0 : age(new Date(since))]]),
  );
  gauge(
    registry,
    {
      name: 'documents_held',
      help: `Documents that should go on paper and cannot, counted up to ${highestCount}`,
      labelNames: ['because'],
    },
    of(({ documentsHeld }) =>
      Object.entries(documentsHeld).map(([because, count]): [Record<string, string>, number] => [
        { because },
        count,
      ]),
    ),
  );
}

/** The state of the duties: seconds since each last succeeded (absent when it never has), and whether it is on time. */
export interface DutyReadings {
  readonly ages: ReadonlyMap<string, number>;
  readonly healthy: ReadonlyMap<string, boolean>;
}

export function watchDuties(registry: Registry, readings: () => DutyReadings): void {
  const age = {
    name: 'job_last_success_age_seconds',
    help: 'Time since each duty last succeeded',
    labelNames: ['duty'],
  };
  gauge(registry, age, () => [...readings().ages].map(([duty, seconds]) => [{ duty }, seconds]));
  const healthy = {
    name: 'job_ok',
    help: '1 when the last run of a duty succeeded and the next is not overdue, as in compte jobs',
    labelNames: ['duty'],
  };
  gauge(registry, healthy, () => [...readings().healthy].map(([duty, ok]) => [{ duty }, ok ? 1 : 0]));
}
