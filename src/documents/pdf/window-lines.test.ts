import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { windowLines } from '#src/documents/pdf/window-lines.ts';

const always = () => true;

test('an address that fits stays as it is', () => {
  const envelope = 'Madame Éloïse D’ŒUVRÉ-ÇELIK\n12 bis rue de l’Hôtel-de-Ville\n97417 SAINT-DENIS';
  assert.deepEqual(windowLines(envelope, always), envelope.split('\n'));
});

test('empty lines and runs of spaces are no lines', () => {
  assert.deepEqual(windowLines(' A  B \n\n 80000   AMIENS \n', always), ['A B', '80000 AMIENS']);
  assert.equal(windowLines(' \n', always), null);
});

test('a long line is broken between words', () => {
  assert.deepEqual(
    windowLines('Monsieur Maximilien-Alexandre de La Rochefoucauld-Montbel\n80000 AMIENS', always),
    ['Monsieur Maximilien-Alexandre de La', 'Rochefoucauld-Montbel', '80000 AMIENS'],
  );
  assert.deepEqual(
    windowLines('MMMM MMMM\n80000 AMIENS', (line) => line.length < 6 || line.startsWith('8')),
    ['MMMM', 'MMMM', '80000 AMIENS'],
  );
});

test('too many lines share one in the middle; the name and the town stay alone', () => {
  const envelope = [
    'Madame A',
    'Appartement 4',
    'Escalier C',
    'Bât. 2',
    'Résidence',
    '4 rue X',
    'BP 3',
    '80000 Y',
  ];
  assert.deepEqual(windowLines(envelope.join('\n'), always), [
    'Madame A',
    'Appartement 4, Escalier C, Bât. 2,',
    'Résidence, 4 rue X, BP 3',
    '80000 Y',
  ]);
});

test('an address that cannot fit is said to be too long', () => {
  assert.equal(windowLines(`${'A'.repeat(39)}\n80000 AMIENS`, always), null);
  assert.equal(windowLines(Array.from({ length: 8 }, () => 'abcdefghi '.repeat(6)).join('\n'), always), null);
});

test('whatever the address, at most 7 lines of at most 38 characters, and no word is lost', () => {
  const line = fc.stringMatching(/^[A-Z][a-z’ -]{0,59}$/);
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 8 }), (lines) => {
      const placed = windowLines(lines.join('\n'), always);
      if (placed === null) return;
      assert.ok(placed.length <= 7 && placed.every(({ length }) => length <= 38));
      const words = (text: readonly string[]) =>
        text.join(' ').replaceAll(',', '').split(/\s+/).filter(Boolean);
      assert.deepEqual(words(placed), words(lines));
    }),
  );
});
