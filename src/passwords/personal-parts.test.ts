import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { birthDateWritings, containsName, containsNirOrBirthDate } from './personal-parts.ts';

const nir = '162122B010001';
const birthDate = '1962-12-18';

const refused = [
  '18121962',
  '18/12/1962',
  '18-12-62',
  '181262',
  '1812',
  '12/18',
  '121962',
  '12.62',
  '6212',
  '1962',
  '19621218',
  '1962-18-12',
  '621218',
  '12/18/1962',
  '18decembre1962',
  '18 décembre',
  'Décembre 62',
  'DEC1962',
  '18dec62',
  'December18',
  '1 62 12 2B 010 001',
  '162122b01000103',
  '010001',
  '2b0100',
  '１９６２',
];
for (const part of refused) {
  test(`personal: ${part}`, () => {
    assert.equal(containsNirOrBirthDate(`Xk?${part}wZ`, nir, birthDate), true);
  });
}

for (const part of ['18', '12', '62', 'décembre', '1960', '18/11', '2812', '01000', '162', '1621']) {
  test(`not personal: ${part}`, () => {
    assert.equal(containsNirOrBirthDate(`Xk?${part}wZ`, nir, birthDate), false);
  });
}

test('unpadded and first days', () => {
  const caught = (text: string): boolean => containsNirOrBirthDate(text, nir, '1971-03-01');
  for (const text of ['1/3/1971', '1/3/71', '1er mars', '01mars', '1mars71', '3/1/71', 'mars71']) {
    assert.equal(caught(text), true, text);
  }
});

test('an unknown day or month leaves the parts that are known', () => {
  const parts = birthDateWritings('1954-00-00');
  assert.deepEqual([...parts], ['1954']);
  assert.ok(birthDateWritings('1954-06-00').has('juin54'));
  assert.ok(!containsNirOrBirthDate('Xk0006!wZ', nir, '1954-06-00'));
  assert.equal(birthDateWritings('0000-00-00').size, 0);
});

const monthNames =
  'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(' ');

test('any common writing of any birth date is caught wherever it stands', () => {
  const filler = fc.string({ unit: 'grapheme-ascii', maxLength: 12 });
  const separator = fc.constantFrom('', '/', '-', '.', ' ', '_', ', ');
  const date = fc.date({ min: new Date('1900-01-01'), max: new Date('2010-12-31'), noInvalidDate: true });
  const writing = fc.constantFrom(
    ...[
      'd m Y',
      'd m y',
      'm d Y',
      'm d y',
      'Y m d',
      'y m d',
      'Y d m',
      'd m',
      'm d',
      'm Y',
      'Y m',
      'm y',
      'y m',
    ],
    ...['Y', 'D M Y', 'D M y', 'd N Y', 'D N Y', 'D N y', 'd N', 'D N', 'N D', 'N Y', 'N y', 'Y N', 'N d Y'],
  );
  const upper = fc.boolean();
  fc.assert(
    fc.property(
      date,
      writing,
      separator,
      filler,
      filler,
      upper,
      (born, form, between, before, after, loud) => {
        const iso = born.toISOString().slice(0, 10);
        const [year = '', month = '', day = ''] = iso.split('-');
        const parts: Record<string, string> = {
          ...{
            Y: year,
            y: year.slice(2),
            m: month,
            d: day,
            M: String(Number(month)),
            D: String(Number(day)),
          },
          N: monthNames[Number(month) - 1] ?? '',
        };
        const text = form
          .split(' ')
          .map((letter) => parts[letter])
          .join(between);
        const password = before + (loud ? text.toUpperCase() : text) + after;
        assert.equal(containsNirOrBirthDate(password, nir, iso), true, password);
      },
    ),
    { numRuns: 500 },
  );
});

test('a password of random letters never looks personal', () => {
  const letters = fc.stringMatching(/^[b-zB-Z?!-]{8,30}$/);
  fc.assert(
    fc.property(letters, (text) => assert.equal(containsNirOrBirthDate(text, nir, birthDate), false)),
  );
});

test('names and the name part of the address', () => {
  const names = ['LE GOFF-DUVAL', 'Léa', 'Éloïse'];
  const caught = (text: string): boolean => containsName(text, names, 'petit.chat29@exemple.fr');
  for (const text of [
    'Duval!29x',
    'xEloise29',
    'ÉLOÏSE 2!',
    'Goff.73kz',
    'Lea-73kzT',
    'PetitChat7',
    'chat!73kz',
  ]) {
    assert.equal(caught(text), true, text);
  }
  for (const text of ['Plea73kz!', 'Lexique73!', 'Exemple73!', '']) assert.equal(caught(text), false, text);
  assert.equal(containsName('Xk73!wZpQ', [], null), false);
});

test('letters that Unicode does not take apart are those that a keyboard has', () => {
  for (const [name, password] of [
    ['Weiß', 'Mon.Weiss.2026'],
    ['Łukasz', 'lukasz!Bleu77'],
    ['Ħamrun', 'hamrun!Bleu77'],
    ['Sørensen', 'Sorensen.Vert8'],
    ['Đorđević', 'Dordevic-9-lune'],
    ['Yıldız', 'YILDIZ.rouge.3'],
    ['Te’ura', 'teura.Lagon4'],
  ] as const)
    assert.equal(containsName(password, [name], null), true, name);
});
