import { smsReportPath } from '#src/delivery/sms/report-route.ts';
import { checkNames } from '#src/housekeeping/checks.ts';
import { duties } from '#src/housekeeping/housekeeping.ts';
import { alarmsOf, limitRules } from '#src/limits/rules.ts';
import { knownOutcomes } from '#src/operations/event-outcomes.ts';
import { stepOutcomes } from '#src/operations/events.ts';
import { openMetrics } from '#src/operations/metrics.ts';
import { paths } from '#src/paths.ts';
import { loadPolicy } from '#src/policy/load.ts';
import { idleLane } from '../../scripts/docs/metrics.ts';

/** Of each sample that a process can show: its labels, and the values that they can have. */
export type Samples = ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>>;

/** Everything that a process counts, counted once; what the processes show then is what there is. */
export async function samplesOfAll(): Promise<Samples> {
  const samples = new Map<string, Map<string, Set<string>>>();
  for (const role of ['web', 'worker', 'start'])
    for (const [, name = '', labels = ''] of (await everything(role)).matchAll(/^(\w+)(?:\{(.*)\})? /gm)) {
      const known = samples.get(name) ?? new Map<string, Set<string>>();
      samples.set(name, known);
      for (const [, label = '', value = ''] of labels.matchAll(/(\w+)="([^"]*)"/g))
        known.set(label, (known.get(label) ?? new Set()).add(value));
    }
  return samples;
}

async function everything(role: string): Promise<string> {
  const metrics = openMetrics();
  const now = () => new Date('2026-11-21T13:00:00Z');
  for (const route of [...Object.values(paths), smsReportPath])
    for (const status of [200, 303, 401, 429, 500, 503])
      metrics.observeRequest({ method: 'GET', route, status, seconds: 1 });
  for (const [event, outcomes] of Object.entries(knownOutcomes))
    for (const outcome of outcomes) metrics.countEvent(event, outcome);
  for (const { name } of duties) metrics.countEvent('dutyFailed', name);
  for (const path of Object.values(paths))
    for (const outcome of stepOutcomes) metrics.countStep(path, outcome);
  metrics.expectSpreads(alarmsOf(limitRules(loadPolicy('ameli-2025'))));
  metrics.countUnnamed();
  for (const outcome of ['accepted', 'repeated', 'refused'])
    metrics.countDeposits({ sender: 'caisse-631', kind: 'payment', outcome, count: 1 });
  metrics.watchBuild({ version: '0.1.0', role });
  metrics.watchLane(() => idleLane);
  metrics.watchLog(() => 0);
  metrics.watchHealth(() => ({ ready: true, checks: new Map(checkNames.map((name) => [name, true])) }));
  metrics.watchClock(() => 0);
  const notices = { waiting: [], failed: [], deadLetters: 0 };
  const documentsHeld = { 'no-address': 0, deceased: 0, 'other-adult': 0 };
  const rows = { notices, unansweredBatchSince: null, avisOverdueSince: null, documentsHeld };
  metrics.watchRows(() => ({ countedAt: now(), ...rows }), now);
  metrics.watchDuties(() => ({
    ages: new Map(duties.map(({ name }) => [name, 0])),
    healthy: new Map(duties.map(({ name }) => [name, true])),
  }));
  return metrics.text();
}
