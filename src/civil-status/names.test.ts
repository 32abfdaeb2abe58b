import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { matchName, normalizeName } from '#src/civil-status/names.ts';

test('names are compared in plain capitals', () => {
  const forms = [
    ['venturi', 'VENTURI'],
    ['  Étienne   Façonneur ', 'ETIENNE FACONNEUR'],
    ['E\u0301tienne', 'ETIENNE'],
    ['Cœur', 'COEUR'],
    ['Lætitia', 'LAETITIA'],
    ['Weiß', 'WEISS'],
    ['WEIẞ', 'WEISS'],
    ['Łukasz', 'LUKASZ'],
    ['Ħal Ŧana', 'HAL TANA'],
    ['Te\u02c0ura \u02eeOta', 'TE URA OTA'],
    ['Sørensen', 'SORENSEN'],
    ['Đorđević', 'DORDEVIC'],
    ['Ðuro', 'DURO'],
    ['Þórsson', 'THORSSON'],
    ['Yıldız İnce', 'YILDIZ INCE'],
    ['ﬁllon', 'FILLON'],
    ["D'Arc", 'D ARC'],
    ['D’Arc', 'D ARC'],
    ['D\u02bcArc', 'D ARC'],
    ['D´Arc', 'D ARC'],
    ['D`Arc', 'D ARC'],
    ['Petit-Jean', 'PETIT JEAN'],
    ['Petit\u2010Jean\u2011Le\u2012Gros\u2013Et\u2014La\u2015Suite', 'PETIT JEAN LE GROS ET LA SUITE'],
    ['Petit\u00a0\u202f-\u2009Jean', 'PETIT JEAN'],
    ['Ma\u00adrtin\u200b', 'MARTIN'],
    ['', ''],
    [' -’ ', ''],
  ] as const;
  for (const [name, form] of forms) assert.equal(normalizeName(name), form, name);
});

test('a normalized name stays as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (name) => {
      assert.equal(normalizeName(normalizeName(name)), normalizeName(name));
    }),
    { numRuns: 2000 },
  );
});

test('birth name or usage name, whole', () => {
  const both = { birthName: 'Lefèvre', usageName: 'Ventura' };
  assert.equal(matchName('LEFEVRE', both), 'birth-name');
  assert.equal(matchName('ventura', both), 'usage-name');
  assert.equal(matchName('lefèvres', both), null);
  assert.equal(matchName('lefebvre', both), null);
  assert.equal(matchName('Lefèvre', { birthName: 'Lefèvre', usageName: 'LEFEVRE' }), 'birth-name');
  assert.equal(matchName('ventura', { birthName: 'Lefèvre', usageName: null }), null);
});

test('what fits a registered name and what does not', () => {
  const cases = [
    // double names
    ['Martin', 'Martin-Durand', true],
    ['durand', 'Martin Durand', true],
    ['Martin Durand', 'MARTIN-DURAND', true],
    ['Durand-Martin', 'Martin-Durand', false],
    ['Saint-Jean', 'SAINT JEAN LEROY', true],
    ['Saint Leroy', 'SAINT JEAN LEROY', false],
    ['Mart', 'Martin-Durand', false],
    ['Martin-Durand', 'Martin', false],
    ['Martin Durand Leroy', 'Durand', false],
    // parts of fewer than 3 letters
    ['Li', 'Li-Wu', false],
    ['Wu', 'Li-Martin', false],
    ['Martin', 'Li-Martin', true],
    ['Li Wu', 'Li-Wu', true],
    ['Li', 'Li', true],
    ['N’', 'N’Guyen', false],
    // particles
    ['La Fontaine', 'de La Fontaine', true],
    ['Fontaine', 'DE LA FONTAINE', true],
    ['de la Fontaine', 'Fontaine', true],
    ['Almeida', 'd’Almeida', true],
    ['Dalmeida', 'd’Almeida', true],
    ['Le Gall', 'LEGALL', true],
    ['legall', 'Le Gall', true],
    ['Gall', 'Le Gall', true],
    ['Gall', 'LEGALL', false],
    ['de la Fontaine', 'Martin de la Fontaine', true],
    ['Beethoven', 'van Beethoven', true],
    ['Ahmed', 'Ben Ahmed', true],
    ['Ben', 'Ben Ahmed', false],
    ['van', 'van Beethoven', false],
    ['de la', 'de la Fontaine', false],
    ['dos', 'dos Santos', false],
    ['Santos', 'dos Santos', true],
    ['Silva', 'da Silva dos Santos', true],
    // a particle that is the name itself
    ['Le', 'LE', true],
    ['Ben', 'Ben', true],
    ['Le', 'Ben', false],
    // nothing to compare
    ['', 'Martin', false],
    [' - ', 'Martin', false],
    ['’', '’', false],
    ['12', '34', false],
  ] as const;
  for (const [typed, birthName, fits] of cases) {
    assert.equal(
      matchName(typed, { birthName, usageName: null }),
      fits ? 'birth-name' : null,
      `${typed} / ${birthName}`,
    );
  }
});

const word = fc.stringMatching(/^[A-Z]{3,9}$/);

test('capitals, marks, hyphens and spacing never count', () => {
  fc.assert(
    fc.property(
      fc.array(word, { minLength: 1, maxLength: 3 }),
      fc.constantFrom(' ', '-', '\u2010', '\u2013', '’', "'", '  ', '\u00a0', ' - '),
      fc.constantFrom('', '\u0301', '\u0308', '\u0327'),
      (words, separator, mark) => {
        const birthName = words.join(' ');
        const typed = ` ${words.join(separator).toLowerCase().replace(/[a-z]/g, `$&${mark}`)} `;
        assert.equal(matchName(typed, { birthName, usageName: null }), 'birth-name');
        assert.equal(matchName(birthName, { birthName: typed, usageName: null }), 'birth-name');
      },
    ),
  );
});

test('distinct single names never match', () => {
  fc.assert(
    fc.property(word, word, (typed, birthName) => {
      fc.pre(typed !== birthName);
      assert.equal(matchName(typed, { birthName, usageName: null }), null);
    }),
  );
});
