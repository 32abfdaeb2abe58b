import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { NoticeCounts } from '#src/notices/counts.ts';
import type { HashQueueStats } from '#src/passwords/hash-queue.ts';

/**
 * What is counted. Labels come from closed lists (route patterns, codes): no person and no address ever.
 */
export interface Metrics {
  observeRequest(request: { method: string; route: string; status: number; seconds: number }): void;
  countEvent(event: string, outcome: string): void;
  countStep(step: string, outcome: string): void;
  /** From now on each scrape reads how busy the passwords are. */
  watchLane(stats: () => HashQueueStats): void;
  /** From now on each scrape reads how many notices are in each state, and how long they wait. */
  watchNotices(count: () => Promise<NoticeCounts>): void;
  /** From now on each scrape reads how many seconds ago each duty was last done. */
  watchDuties(ages: () => Promise<ReadonlyMap<string, number>>): void;
  /** What Prometheus reads. */
  text(): Promise<string>;
  readonly contentType: string;
}

const prefix = 'compte_';

export function openMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix });
  const requests = new Histogram({
    name: `${prefix}http_request_duration_seconds`,
    help: 'Time to answer a request',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers,
  });
  const events = new Counter({
    name: `${prefix}events_total`,
    help: 'Business events',
    labelNames: ['event', 'outcome'],
    registers,
  });
  const steps = new Counter({
    name: `${prefix}enrolment_steps_total`,
    help: 'Steps of the enrolment passed or refused',
    labelNames: ['step', 'outcome'],
    registers,
  });

  return {
    observeRequest: ({ method, route, status, seconds }) =>
      requests.observe({ method, route, status }, seconds),
    countEvent: (event, outcome) => events.inc({ event, outcome }),
    countStep: (step, outcome) => steps.inc({ step, outcome }),
    watchLane: (stats) => watchLane(registry, stats),
    watchNotices: (count) => watchNotices(registry, count),
    watchDuties: (ages) => watchDuties(registry, ages),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

function watchLane(registry: Registry, stats: () => HashQueueStats): void {
  const readings: Record<string, [help: string, read: (stats: HashQueueStats) => number]> = {
    waiting: ['Passwords waiting to be hashed', ({ waiting }) => waiting],
    running: ['Passwords being hashed', ({ running }) => running],
    average_milliseconds: ['How long a hash takes of late', ({ averageMs }) => averageMs],
    done: ['Passwords hashed since the start', ({ done }) => done],
    refused: ['Passwords refused because too many were waiting', ({ refused }) => refused],
    abandoned: ['Passwords dropped because whoever asked had left', ({ abandoned }) => abandoned],
  };
  for (const [name, [help, read]] of Object.entries(readings)) {
    const gauge: Gauge = new Gauge({
      name: `${prefix}password_lane_${name}`,
      help,
      registers: [registry],
      collect: () => gauge.set(read(stats())),
    });
  }
}

/** One query for the gauges of one scrape. */
function watchNotices(registry: Registry, count: () => Promise<NoticeCounts>): void {
  let asked: Promise<NoticeCounts> | null = null;
  const counted = () => {
    asked ??= count().finally(() => {
      asked = null;
    });
    return asked;
  };
  const registers = [registry];
  const states: Gauge<'state' | 'channel'> = new Gauge({
    name: `${prefix}notices`,
    help: 'Notices in each state',
    labelNames: ['state', 'channel'],
    registers,
    async collect() {
      const { byState } = await counted();
      states.reset();
      for (const { state, channel, count: number } of byState) states.set({ state, channel }, number);
    },
  });
  const oldest: Gauge<'channel'> = new Gauge({
    name: `${prefix}notices_oldest_waiting_seconds`,
    help: 'How long the oldest notice of a channel has been waiting',
    labelNames: ['channel'],
    registers,
    async collect() {
      const { oldestWaitingSeconds } = await counted();
      oldest.reset();
      for (const { channel, seconds } of oldestWaitingSeconds) oldest.set({ channel }, seconds);
    },
  });
  const dead: Gauge = new Gauge({
    name: `${prefix}notices_dead_letters`,
    help: 'Notices that were given up, and that somebody has to look at',
    registers,
    async collect() {
      dead.set((await counted()).deadLetters);
    },
  });
}

function watchDuties(registry: Registry, ages: () => Promise<ReadonlyMap<string, number>>): void {
  const gauge: Gauge<'job'> = new Gauge({
    name: `${prefix}job_last_success_age_seconds`,
    help: 'How long ago each duty was last done',
    labelNames: ['job'],
    registers: [registry],
    async collect() {
      gauge.reset();
      for (const [job, seconds] of await ages()) gauge.set({ job }, seconds);
    },
  });
}
