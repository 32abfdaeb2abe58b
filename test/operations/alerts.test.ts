import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { alertCases } from '../../scripts/docs/alert-cases.ts';
import { alerts, rulesFile, scrapeJob } from '../../scripts/docs/alerts.ts';
import { sections } from '../../scripts/docs/dashboard.ts';
import { readExpression, unknownIn } from './expressions.ts';
import { samplesOfAll } from './samples.ts';

const read = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');

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

  test('each fires in a test of Prometheus, by samples that exist', () => {
    assert.deepEqual(Object.keys(alertCases).sort(), alerts.map(({ name }) => name).sort());
    for (const [name, { series }] of Object.entries(alertCases))
      for (const selector of Object.keys(series))
        assert.ok(
          samples.has(selector.split('{')[0] ?? '') || selector.startsWith('up{'),
          `${name}: ${selector}`,
        );
  });
});

test('the dashboard shows only what there is', () => {
  const panels = sections.flatMap((section) => section.panels);
  assert.ok(panels.length > 20);
  for (const { title, lines } of panels)
    for (const [legend, expr] of Object.entries(lines)) {
      assert.deepEqual(unknownIn(expr, samples), [], title);
      const labels = new Set([...readExpression(expr).grouped, 'instance']);
      const own = readExpression(expr).selectors.flatMap(({ name }) => [
        ...(samples.get(name)?.keys() ?? []),
      ]);
      for (const [, label = ''] of legend.matchAll(/\{\{(\w+)\}\}/g))
        assert.ok(labels.has(label) || (labels.size === 1 && own.includes(label)), `${title}: ${label}`);
    }
});
