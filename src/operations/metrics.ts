import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
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
  /** From now on each scrape reads how many notices are in each state. */
  watchNotices(count: () => Promise<ReadonlyMap<string, number>>): void;
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

function watchNotices(registry: Registry, count: () => Promise<ReadonlyMap<string, number>>): void {
  const gauge: Gauge<'state'> = new Gauge({
    name: `${prefix}notices`,
    help: 'Notices in each state',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      gauge.reset();
      for (const [state, number] of await count()) gauge.set({ state }, number);
    },
  });
}
