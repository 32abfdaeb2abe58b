import assert from 'node:assert/strict';
import { scrapeJob } from '../../scripts/docs/alerts.ts';
import type { Samples } from './samples.ts';

interface Selector {
  readonly name: string;
  readonly matchers: readonly (readonly [label: string, operator: string, value: string])[];
}

const functions = /^(abs|absent|sum|min|max|count|rate|increase|histogram_quantile|topk)$/;
const words = /^(and|or|unless|by|without|le|\d+\w*)$/;

/** The samples that an expression selects, and the labels that it groups by. Throws at a word it does not know. */
export function readExpression(expr: string): { selectors: Selector[]; grouped: string[] } {
  const grouped: string[] = [];
  const rest = expr.replace(/\b(?:by|without) \(([^)]*)\)/g, (_all, labels: string) => {
    grouped.push(...labels.split(',').map((label) => label.trim()));
    return '';
  });
  const selectors: Selector[] = [];
  for (const [, name = '', body = '', call] of rest.matchAll(
    /([a-zA-Z_:][\w:]*)(?:\{([^}]*)\})?(?:\[[\w$]+\])?(\()?/g,
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
export function unknownIn(expr: string, samples: Samples): string[] {
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
