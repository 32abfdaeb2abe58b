import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { clean, cleanCode, cleanPassword } from '#src/texts/clean.ts';

test('what was meant is read, whatever keyboard or file it came from', () => {
  const cases = [
    ["TE'URA", ['TE\u02bbURA', 'TE’URA', 'TE‘URA', 'TE´URA', 'TE`URA', 'TE′URA', 'TE＇URA', 'TE\ua78cURA']],
    [
      'Petit-Jean',
      ['Petit\u2010Jean', 'Petit\u2011Jean', 'Petit–Jean', 'Petit−Jean', 'Petit－Jean', 'Petit\u2043Jean'],
    ],
    [
      'Le Gall',
      [
        ' Le\u00a0Gall ',
        'Le\u202fGall',
        'Le \t\r\n Gall',
        'Le\u3000Gall',
        '\ufeffLe Gall',
        'Le\u2800Gall',
        'Le\u0085Gall',
      ],
    ],
    [
      'Martin',
      [
        'Mar\u00adtin',
        'Mar\u200btin',
        '\u202eMartin\u202c',
        'Mart\u0000in',
        'Martin\u3164',
        'Mar\u034ftin',
        'Martin\ufe0f',
        'Mar\u2060tin',
        'Martin \u200e',
      ],
    ],
    ['Étienne', ['E\u0301tienne', 'E\u200d\u0301tienne']],
    ['AB12', ['ＡＢ１２']],
    ['ß ı İ ﬁ ٣', ['ß ı İ ﬁ ٣']],
  ] as const;
  for (const [meant, forms] of cases)
    for (const form of forms) assert.equal(clean(form), meant, JSON.stringify(form));
});

test('cleaning twice changes nothing, and leaves nothing unseen', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const once = clean(text);
      assert.equal(clean(once), once);
      assert.ok(!/[\p{Cc}\p{Cf}\u00a0]|^\s|\s$|\s\s/u.test(once));
      assert.equal(cleanCode(cleanCode(text)), cleanCode(text));
    }),
    { numRuns: 3000 },
  );
});

test('a code loses what separates its groups, and only a to z become capitals', () => {
  assert.equal(cleanCode(' 1 62.12-2b\u2011010 001 '), '162122B010001');
  for (const [typed, read] of [
    ['ß12345', 'ß12345'],
    ['ı2345', 'ı2345'],
    ['ﬁ12345', 'ﬁ12345'],
    ['１２３', '123'],
  ] as const)
    assert.equal(cleanCode(typed), read);
});

test('a password loses what pasting adds at its ends, and nothing between', () => {
  for (const [start, end] of [
    ['', ' '],
    ['\u00a0', '\r\n'],
    ['\ufeff\t', '\u202f\u200b'],
    ['  ', '\u2060\u3000'],
  ])
    assert.equal(cleanPassword(`${start}une lune  à deux${end}`), 'une lune  à deux');
  assert.equal(cleanPassword('E\u0301toile 9'), 'Étoile 9');
  assert.equal(cleanPassword(' \u00a0\n'), '');
  const long = `a${' '.repeat(60_000)}b`;
  assert.equal(cleanPassword(long), long, 'in a time that grows with its length only');
});
