import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readClaims } from '#src/franceconnect/profile.ts';

test('claims are cleaned like what is typed', () => {
  const read = readClaims({
    family_name: ' D\u2019ARC\u00a0\u2010 TE\u02bbURA\u0000 ',
    given_name: 'Ange\u00a0 Toussaint ',
    birthdate: '１９６２-12-18\u200b',
    gender: ' male',
    birthplace: '2a004 ',
    birthcountry: '99100',
    email: ' Ange@Exemple.FR\u200b',
  });
  assert.deepEqual(read, {
    pivot: {
      familyName: "D'ARC - TE'URA",
      givenNames: ['Ange', 'Toussaint'],
      birthDate: '1962-12-18',
      gender: 'male',
      birthPlace: '2a004',
      birthCountry: '99100',
    },
    email: 'Ange@exemple.fr',
  });
});

test('the list of given names counts where there is one; what is no text, or no address, is none', () => {
  const names = readClaims({ given_name: 'Marie Ange', given_name_array: ['Marie-Ange', ' ', 'Lise\u00ad'] });
  assert.deepEqual(names.pivot.givenNames, ['Marie-Ange', 'Lise']);
  const broken = readClaims({
    family_name: 12,
    given_name_array: 'Ange',
    email: 'not an address',
    gender: null,
  });
  assert.deepEqual(broken, {
    pivot: { familyName: '', givenNames: [], birthDate: '', gender: '', birthPlace: '', birthCountry: '' },
    email: null,
  });
  for (const claims of [null, undefined, 'text', []]) assert.equal(readClaims(claims).pivot.familyName, '');
});
