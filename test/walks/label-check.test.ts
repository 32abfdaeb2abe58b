import assert from 'node:assert/strict';
import { test } from 'node:test';
import { labelFaults } from './label-check.ts';

test('apostrophes, quotes, ellipses and spaces may be typeset otherwise', () => {
  const page = 'Oui, j’accepte\u00a0*\n vos attestations… Mon nom\u00a0:\u00a0* «\u00a0répondre\u00a0»';
  assert.deepEqual(
    labelFaults(page, ["Oui, j'accepte *", 'vos attestations...', 'Mon nom : *', '"répondre"']),
    [],
  );
});

test('capitals, accents and words may not, and the order counts', () => {
  const page = 'RETOUR CONTINUER';
  assert.deepEqual(labelFaults(page, ['Retour', 'CONTINUER', 'RETOUR']), [
    'missing: Retour',
    'out of order: RETOUR',
  ]);
});
