import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import { knownOutcomes } from '#src/operations/event-outcomes.ts';
import {
  type KnownDuties,
  type LaneLoad,
  watchBuild,
  watchClock,
  watchDuties,
  watchHealth,
  watchLane,
  watchRows,
} from '#src/operations/gauges.ts';
import type { Health } from '#src/operations/health.ts';
import type { RowCounts } from '#src/operations/row-counts.ts';

/**
 * What is counted. Labels come from closed lists (route patterns, codes): no person and no address ever.
 *
 * A scrape reads what this process knows already, and asks nobody: it costs the database nothing, and works when
 * there is none.
 */
export interface Metrics {
  observeRequest(request: { method: string; route: string; status: number; seconds: number }): void;
  countEvent(event: string, outcome: string): void;
  countStep(step: string, outcome: string): void;
  /** Failures of a kind that spread as an attack does. */
  countSpread(kind: string, spread: string): void;
  /** Alarms that can be raised: shown from zero, so that the first one is seen as an increase. */
  expectSpreads(alarms: readonly { readonly kind: string; readonly spread: string }[]): void;
  /** Requests that do not say whom they come from. */
  countUnnamed(): void;
  /** From now on each scrape reads: which program this is. */
  watchBuild(build: { readonly version: string; readonly role: string }): void;
  /** … how busy the passwords are. */
  watchLane(stats: () => LaneLoad): void;
  /** … how the checks of readiness stood the last time. */
  watchHealth(known: Health['known']): void;
  /** … by how many seconds this machine was ahead of the database. */
  watchClock(skewSeconds: () => number | null): void;
  /** … the last counts of rows, and how old they are. */
  watchRows(known: () => RowCounts | null, now: () => Date): void;
  /** … how each duty stands. */
  watchDuties(known: () => KnownDuties): void;
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
/** Gauges whose names say that they are counters: the library gives the same by kind, under better names. */
const misnamed = ['handles', 'requests', 'resources'].map((what) => `${prefix}nodejs_active_${what}_total`);

export function openMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix });
  for (const name of misnamed) registry.removeSingleMetric(name);
  const requests = new Histogram({
    name: `${prefix}http_request_duration_seconds`,
    help: 'Time to answer a request, by the pattern of its route',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers,
  });
  const events = new Counter({
    name: `${prefix}events_total`,
    help: 'Events that operators watch, as the log names them',
    labelNames: ['event', 'outcome'],
    registers,
  });
  const steps = new Counter({
    name: `${prefix}enrolment_steps_total`,
    help: 'Forms answered: passed, shown again, refused, blocked, busy or stale',
    labelNames: ['step', 'outcome'],
    registers,
  });
  // From zero, so that the first of them is seen as an increase.
  for (const [event, outcomes] of Object.entries(knownOutcomes))
    for (const outcome of outcomes) events.inc({ event, outcome }, 0);

  const spreads = new Counter({
    name: `${prefix}attempts_spread_total`,
    help: 'Alarms: failures about many people from one client, or about one person from many clients',
    labelNames: ['kind', 'spread'],
    registers,
  });
  const unnamed = new Counter({
    name: `${prefix}requests_unnamed_total`,
    help: 'Requests that do not say whom they come from, all counted as one client',
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
    countUnnamed: () => unnamed.inc(),
    watchLane: (stats) => watchLane(registry, stats),
    watchHealth: (known) => watchHealth(registry, known),
    watchClock: (skewSeconds) => watchClock(registry, skewSeconds),
    watchRows: (known, now) => watchRows(registry, known, now),
    watchDuties: (known) => watchDuties(registry, known),
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
