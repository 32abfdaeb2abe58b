import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { duties } from '#src/housekeeping.ts';
import { smsReportPath } from '#src/notices/sms/report-route.ts';
import { checkNames } from '#src/operations/checks.ts';
import { knownOutcomes } from '#src/operations/event-outcomes.ts';
import { stepOutcomes } from '#src/operations/events.ts';
import { openMetrics } from '#src/operations/metrics.ts';
import { paths } from '#src/paths.ts';
import { alerts, rulesFile, scrapeJob } from '../../scripts/docs/alerts.ts';

const read = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');

/** Of each sample that a process can show: its labels, and the values that they can have. */
type Samples = ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>>;

/** Everything that a process counts, counted once; what the processes show then is what there is. */
async function samplesOfAll(): Promise<Samples> {
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
  metrics.watchBuild({ version: '0.1.0', role });
  metrics.watchLane(() => ({
    waiting: 0,
    running: 0,
    averageMs: 0,
    full: false,
    crowded: false,
    done: 0,
    refused: 0,
    abandoned: 0,
  }));
  metrics.watchHealth(() => ({ ready: true, checks: new Map(checkNames.map((name) => [name, true])) }));
  metrics.watchClock(() => 0);
  const notices = { waiting: [], failed: [], deadLetters: 0 };
  metrics.watchRows(() => ({ countedAt: now(), notices, unansweredBatchSince: null }), now);
  metrics.watchDuties(() => ({
    ages: new Map(duties.map(({ name }) => [name, 0])),
    well: new Map(duties.map(({ name }) => [name, true])),
  }));
  return metrics.text();
}

interface Selector {
  readonly name: string;
  readonly matchers: readonly (readonly [label: string, operator: string, value: string])[];
}

const functions = /^(abs|absent|sum|min|max|count|rate|increase|histogram_quantile)$/;
const words = /^(and|or|unless|by|without|le|\d+\w*)$/;

/** The samples that an expression selects, and the labels that it groups by. Throws at a word it does not know. */
function readExpression(expr: string): { selectors: Selector[]; grouped: string[] } {
  const grouped: string[] = [];
  const rest = expr.replace(/\b(?:by|without) \(([^)]*)\)/g, (_all, labels: string) => {
    grouped.push(...labels.split(',').map((label) => label.trim()));
    return '';
  });
  const selectors: Selector[] = [];
  for (const [, name = '', body = '', call] of rest.matchAll(
    /([a-zA-Z_:][\w:]*)(?:\{([^}]*)\})?(?:\[\w+\])?(\()?/g,
  )) {
    if (call !== undefined || functions.test(name)) {
      assert.match(name, functions, `${name} in ${expr}`);
      continue;
    }
    if (words.test(name) || /^\d/.test(name)) continue;
    const matchers = [...body.matchAll(/(\w+)(=~|!~|!=|=)"([^"]*)"/g)].map(
      ([, label = '', operator = '', value = '']) => [label, operator, value] as const,
    );
    selectors.push({ name, matchers });
  }
  return { selectors, grouped };
}

/** What an expression names that no process shows. */
function unknownIn(expr: string, samples: Samples): string[] {
  const { selectors, grouped } = readExpression(expr);
  const unknown: string[] = [];
  for (const { name, matchers } of selectors) {
    // Prometheus' own, of each target.
    if (name === 'up') {
      if (matchers.some(([label, , value]) => label !== 'job' || value !== scrapeJob)) unknown.push(name);
      continue;
    }
    const labels = samples.get(name);
    if (!labels) unknown.push(name);
    for (const [label, operator, value] of matchers)
      for (const one of operator.endsWith('~') ? value.split('|') : [value])
        if (labels && !labels.get(label)?.has(one)) unknown.push(`${name}{${label}="${one}"}`);
  }
  for (const label of grouped)
    if (!selectors.some(({ name }) => samples.get(name)?.has(label))) unknown.push(`by (${label})`);
  return unknown;
}

const samples = await samplesOfAll();

describe('alerts', () => {
  for (const { name, expr, summary } of alerts)
    test(`${name} names only what there is`, () => {
      assert.ok(readExpression(expr).selectors.length > 0);
      assert.deepEqual(unknownIn(expr, samples), []);
      for (const [, label = ''] of summary.matchAll(/\$labels\.(\w+)/g))
        assert.ok(
          label === 'instance' || readExpression(expr).grouped.includes(label),
          `${label} is no label of what is left`,
        );
    });

  test('a metric, a label or a value that is not there is seen', () => {
    for (const expr of [
      'compte_nothing > 0',
      'sum(rate(compte_events_total{event="nothing"}[5m])) > 0',
      'sum by (nobody) (compte_notices_waiting) > 0',
      'compte_check_ok{check=~"mail|nothing"} == 0',
      'compte_check_ok{cheque="mail"} == 0',
      'up{job="another"} == 0',
    ])
      assert.equal(unknownIn(expr, samples).length, 1, expr);
    assert.throws(() => unknownIn('frobnicate(compte_ready) > 0', samples));
  });

  test('each has one name, and the file that is shipped holds it', () => {
    assert.equal(new Set(alerts.map(({ name }) => name)).size, alerts.length);
    const shipped = read('deploy/prometheus-rules.yml');
    assert.equal(shipped, rulesFile());
    const named = [...shipped.matchAll(/^ +- alert: (\w+)$/gm)].map(([, name]) => name);
    assert.deepEqual(
      named,
      alerts.map(({ name }) => name),
    );
    assert.match(read('deploy/prometheus.yml'), new RegExp(`job_name: ${scrapeJob}$`, 'm'));
  });
});

describe('docs/operations.md', () => {
  const operations = read('docs/operations.md');
  const rows = operations.split('\n').filter((line) => line.startsWith('| '));

  test('every alert says what it means and what to do', () => {
    for (const { name } of alerts) {
      const row = rows.find((line) => line.startsWith(`| \`${name}\``)) ?? '';
      const [, means = '', act = ''] = row.split(' | ');
      assert.ok(means.length > 20 && act.length > 20, name);
    }
  });

  test('it names no metric that there is not', () => {
    const families = [...samples.keys()].map((name) => name.replace(/_(bucket|sum|count)$/, ''));
    for (const [name] of operations.matchAll(/\bcompte_[a-z_]+[a-z]\b(?!…)/g))
      if (!/^compte_(owner|service|process|nodejs)$/.test(name))
        assert.ok(samples.has(name) || families.includes(name), name);
  });

  test('every event that is logged is explained, and every check', () => {
    const sources = [
      'src/operations/events.ts',
      'src/serve.ts',
      'src/cli/serve.ts',
      'src/operations/shutdown.ts',
    ];
    const others = ['src/operations/crash.ts', 'src/app.ts'];
    const events = [...sources, ...others].flatMap((file) =>
      [...read(file).matchAll(/event: '(\w+)'/g)].map(([, name = '']) => name),
    );
    assert.ok(events.length > 12);
    for (const name of [...events, ...Object.keys(knownOutcomes), 'dutyFailed'])
      assert.ok(
        rows.some((row) => row.split(' | ')[0]?.includes(`\`${name}\``)),
        name,
      );
    for (const name of checkNames)
      assert.ok(
        rows.some((row) => row.split(' | ')[0]?.includes(`\`${name}\``)),
        name,
      );
  });
});
