import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import { knownOutcomes } from '#src/operations/event-outcomes.ts';
import {
  type DutyReadings,
  type LaneLoad,
  watchBuild,
  watchClock,
  watchDuties,
  watchHealth,
  watchLane,
  watchLog,
  watchRows,
} from '#src/operations/gauges.ts';
import type { Health } from '#src/operations/health.ts';
import type { RowCounts } from '#src/operations/row-counts.ts';

/**
 * The metrics of one process. Labels come from closed lists (route patterns, codes), never from a person or an
 * address. A scrape only reads memory: it sends the database no query, and works without it.
 */
export interface Metrics {
  observeRequest(request: { method: string; route: string; status: number; seconds: number }): void;
  countEvent(event: string, outcome: string): void;
  countStep(step: string, outcome: string): void;
  /** Failures of one kind that spread over many people or clients, as in an attack. */
  countSpread(kind: string, spread: string): void;
  /** The possible alarms start at zero, so that the first one shows as an increase. */
  expectSpreads(alarms: readonly { readonly kind: string; readonly spread: string }[]): void;
  /** Deposits of one kind from one sender that had the same outcome. */
  countDeposits(deposits: {
    readonly sender: string;
    readonly kind: string;
    readonly outcome: string;
    readonly count: number;
  }): void;
  /** A request that a proxy sent without `X-Forwarded-For`. */
  countUnnamed(): void;
  /** From now on, scrapes show which program this is. */
  watchBuild(build: { readonly version: string; readonly role: string }): void;
  /** … how busy the hashing threads are. */
  watchLane(stats: () => LaneLoad): void;
  /** … how many lines of the log could not be written. */
  watchLog(lost: () => number): void;
  /** … the last result of each readiness check. */
  watchHealth(lastResults: Health['lastResults']): void;
  /** … by how many seconds this machine was ahead of the database. */
  watchClock(skewSeconds: () => number | null): void;
  /** … the last counts of rows, and how old they are. */
  watchRows(lastCounts: () => RowCounts | null, now: () => Date): void;
  /** … the state of each duty. */
  watchDuties(readings: () => DutyReadings): void;
  /** What Prometheus reads. */
  text(): Promise<string>;
  /** Every metric with its help and its labels, for documents and tests. */
  describe(): readonly MetricDescription[];
  readonly contentType: string;
}

export interface MetricDescription {
  readonly name: string;
  readonly help: string;
  readonly type: string;
  readonly labels: readonly string[];
}

const prefix = 'compte_';
/** Every 10 ms, as the library would, wakes an idle process a hundred times a second. What it shows includes this time. */
const sampleLoopEveryMs = 1_000;
/** Gauges of the library whose names end like counters; the same values exist by kind under correct names. */
const misnamed = ['handles', 'requests', 'resources'].map((what) => `${prefix}nodejs_active_${what}_total`);

export function openMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix, eventLoopMonitoringPrecision: sampleLoopEveryMs });
  for (const name of misnamed) registry.removeSingleMetric(name);
  const requests = new Histogram({
    name: `${prefix}http_request_duration_seconds`,
    help: 'Time to answer a request, by route pattern',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers,
  });
  const events = new Counter({
    name: `${prefix}events_total`,
    help: 'Events for operators, by their name in the log',
    labelNames: ['event', 'outcome'],
    registers,
  });
  const steps = new Counter({
    name: `${prefix}enrolment_steps_total`,
    help: 'Forms submitted, by outcome: passed, shown again, refused, blocked, busy or stale',
    labelNames: ['step', 'outcome'],
    registers,
  });
  // Counters start at zero, so that the first event shows as an increase.
  for (const [event, outcomes] of Object.entries(knownOutcomes))
    for (const outcome of outcomes) events.inc({ event, outcome }, 0);

  const spreads = new Counter({
    name: `${prefix}attempts_spread_total`,
    help: 'Alarms: one client failing for many people, or many clients failing for one person',
    labelNames: ['kind', 'spread'],
    registers,
  });
  const deposits = new Counter({
    name: `${prefix}deposits_total`,
    help: 'Deposits through the API of senders, by outcome: accepted, repeated or refused; kind `unknown` cannot be read',
    labelNames: ['sender', 'kind', 'outcome'],
    registers,
  });
  const unnamed = new Counter({
    name: `${prefix}requests_unnamed_total`,
    help: 'Requests without X-Forwarded-For where it is expected, all counted as one client',
    registers,
  });

  return {
    observeRequest: ({ method, route, status, seconds }) =>
      requests.observe({ method, route, status }, seconds),
    countEvent: (event, outcome) => events.inc({ event, outcome }),
    countStep: (step, outcome) => steps.inc({ step, outcome }),
    watchBuild: (build) => watchBuild(registry, build),
    countSpread: (kind, spread) => spreads.inc({ kind, spread }),
    expectSpreads: (alarms) => {
      for (const { kind, spread } of alarms) spreads.inc({ kind, spread }, 0);
    },
    countDeposits: ({ count, ...labels }) => deposits.inc(labels, count),
    countUnnamed: () => unnamed.inc(),
    watchLane: (stats) => watchLane(registry, stats),
    watchLog: (lost) => watchLog(registry, lost),
    watchHealth: (lastResults) => watchHealth(registry, lastResults),
    watchClock: (skewSeconds) => watchClock(registry, skewSeconds),
    watchRows: (lastCounts, now) => watchRows(registry, lastCounts, now),
    watchDuties: (readings) => watchDuties(registry, readings),
    text: () => registry.metrics(),
    describe: () =>
      registry.getMetricsAsArray().map(({ name, help, type, ...rest }) => ({
        name,
        help,
        type: String(type),
        labels: 'labelNames' in rest && Array.isArray(rest.labelNames) ? rest.labelNames.map(String) : [],
      })),
    contentType: registry.contentType,
  };
}
