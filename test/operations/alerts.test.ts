import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { alerts, rulesFile, scrapeJob } from '../../scripts/docs/alerts.ts';
import { type Samples, samplesOfAll } from './samples.ts';

const read = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');

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
    test(`${name} names only existing metrics, labels and values`, () => {
      assert.ok(readExpression(expr).selectors.length > 0);
      assert.deepEqual(unknownIn(expr, samples), []);
      for (const [, label = ''] of summary.matchAll(/\$labels\.(\w+)/g))
        assert.ok(
          label === 'instance' || readExpression(expr).grouped.includes(label),
          `${label} is no label of what is left`,
        );
    });

  test('an unknown metric, label or value is detected', () => {
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

  test('each has a unique name, and is in the shipped file', () => {
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
