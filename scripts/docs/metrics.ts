import type { LaneLoad } from '#src/operations/gauges.ts';
import { openMetrics } from '#src/operations/metrics.ts';
import { table } from './markdown.ts';

/** The load of a process that is not hashing. */
export const idleLane: LaneLoad = {
  waiting: 0,
  running: 0,
  averageMs: 0,
  done: 0,
  refused: 0,
  abandoned: 0,
};

/** Every metric that a process can export, except those about Node.js and the process, which a library adds. */
export function metricsTable(): string {
  const metrics = openMetrics();
  metrics.watchBuild({ version: '', role: '' });
  metrics.watchLane(() => idleLane);
  metrics.watchLog(() => 0);
  metrics.watchHealth(() => ({ ready: false, checks: new Map() }));
  metrics.watchClock(() => null);
  metrics.watchRows(
    () => null,
    () => new Date(0),
  );
  metrics.watchDuties(() => ({ ages: new Map(), healthy: new Map() }));
  const ours = metrics
    .describe()
    .filter(({ name }) => !/^compte_(process|nodejs)_/.test(name))
    .toSorted((a, b) => a.name.localeCompare(b.name));
  return table(
    ['Metric', 'Type', 'Labels', 'Meaning'],
    ours.map(({ name, type, labels, help }) => [
      `\`${name}\``,
      type,
      labels.map((label) => `\`${label}\``).join(', '),
      help,
    ]),
  );
}
