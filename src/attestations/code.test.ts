import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newAttestationCode, readAttestationCode } from '#src/attestations/code.ts';
import { initialsOf } from '#src/attestations/initials.ts';
import { systemRandom } from '#src/crypto/random.ts';
import { groupCode } from '#src/texts/written-code.ts';

test('a code is read as people copy it, and nothing else is one', () => {
  const code = newAttestationCode(systemRandom);
  assert.match(groupCode(code), /^\w{4} \w{4} \w{4} \w{3} \w{3}$/);
  assert.equal(readAttestationCode(groupCode(code)), code);
  assert.equal(readAttestationCode(` ${groupCode(code).toLowerCase().replaceAll(' ', '-')}\n`), code);
  assert.equal(readAttestationCode('oil0-1o1l-kkkk-mmm-nnn'), '01101011KKKKMMMNNN');
  for (const typed of [
    '',
    'K7M2',
    `${code}0`,
    code.slice(1),
    `${code.slice(1)}U`,
    `${code.slice(1)}é`,
    ':token',
  ])
    assert.equal(readAttestationCode(typed), null, typed);
});

for (const [givenNames, name, initials] of [
  [['Ange', 'Marie'], 'Venturi', 'A.\u00a0V.'],
  [['Éloïse'], 'D’ŒUVRÉ', 'É.\u00a0D.'],
  [['anne-Laure'], 'le Goff', 'A.\u00a0L.'],
  [['X'], 'TRAORÉ', 'T.'],
] as const)
  test(`initials of ${givenNames[0]} ${name}`, () => {
    assert.equal(initialsOf({ givenNames: [...givenNames], usageName: null, birthName: name }), initials);
  });
