import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import fc from 'fast-check';
import { isCommon, loadCommonPasswords, sortedList } from './common.ts';

const list = await loadCommonPasswords();

const refused = [
  'Motdepasse2026!',
  'Ameli2025!',
  'Azerty123!',
  'AZERTYUIOP1',
  'Azertyuiop?2',
  'Qsdfghjklm2024!',
  'P@ssw0rd',
  'P@55w0rd2026',
  'M0td3p@sse!',
  'Pa$$word1',
  '!Password1!',
  '2024Soleil!',
  'Doudou75',
  'Loulou13!',
  'Marseille13',
  'Chouchou1!',
  'Nathalie1975',
  'Éléphant',
  'Abcdefgh1',
  'Abcd1234',
  '1234Abcd',
  'aaaaAAAA1',
  'Aa1Aa1Aa1',
  'MonCompteAmeli2026',
  'CarteVitale1!',
  'AssuranceMaladie25',
  'SecuriteSociale!1',
  'FranceConnect2026',
  'CompteAmeliCompteAmeli',
  '4m3l1_2025',
  '12345678',
  '87654321',
  '00000000',
  '11223344',
  '121212121212',
  '0123456789',
  '1qaz2wsx!Q',
];
for (const password of refused) {
  test(`common: ${password}`, () => assert.equal(isCommon(password, list), true));
}

const accepted = [
  'Tr7-vgKp2!mZ',
  'Brouette.Vermillon8',
  'Tournesol!42',
  'quatre loutres boivent du tilleul',
  'Soleil47382910',
  '58306192',
  '4917263508',
  'Ab7!',
  'été',
  '',
];
for (const password of accepted) {
  test(`not common: «${password}»`, () => assert.equal(isCommon(password, list), false));
}

test('the list holds more than 100,000 distinct entries, sorted, and finds every one of them', async () => {
  const file = await readFile(new URL('common-passwords.txt', import.meta.url), 'utf8');
  const entries = file.slice(file.indexOf('\n\n') + 2, -1).split('\n');
  assert.ok(entries.length > 100_000);
  assert.equal(new Set(entries).size, entries.length);
  assert.deepEqual(
    entries.filter((entry) => !list.has(entry)),
    [],
  );
});

test('a sorted list answers like a set', () => {
  const word = fc.stringMatching(/^[a-c]{1,3}$/);
  fc.assert(
    fc.property(fc.uniqueArray(word), word, (words, sought) => {
      const found = sortedList(`${words.toSorted().join('\n')}\n`)(sought);
      assert.equal(found, words.includes(sought));
    }),
  );
});

test('the list is read once', () => {
  assert.equal(loadCommonPasswords(), loadCommonPasswords());
});
