import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatAmount, formatEuros, formatPercent } from '#src/texts/money.ts';

test('amounts: with their cents among others, without those that are none in a sentence', () => {
  const written = [1900, 1950, 123_450, 0, -200, 5].map((cents) => [
    formatAmount(cents, 'fr'),
    formatEuros(cents, 'fr'),
    formatAmount(cents, 'en'),
    formatEuros(cents, 'en-plain'),
  ]);
  assert.deepEqual(
    written.map((texts) => texts.map((text) => text.replaceAll('\u00a0', '_'))),
    [
      ['19,00_€', '19_€', '€19.00', '€19'],
      ['19,50_€', '19,50_€', '€19.50', '€19.50'],
      ['1_234,50_€', '1_234,50_€', '€1,234.50', '€1,234.50'],
      ['0,00_€', '0_€', '€0.00', '€0'],
      ['−2,00_€', '−2_€', '−€2.00', '−€2'],
      ['0,05_€', '0,05_€', '€0.05', '€0.05'],
    ],
  );
});

test('rates', () => {
  assert.deepEqual(
    [formatPercent(70, 'fr'), formatPercent(12.5, 'fr-plain'), formatPercent(12.5, 'en')],
    ['70\u00a0%', '12,5\u00a0%', '12.5%'],
  );
});
