import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadCommonPasswords } from './common.ts';
import { type PasswordContext, type PasswordProblem, passwordProblems } from './rules.ts';

const common = await loadCommonPasswords();
const specials = '?!$£€@&(-+_)=*%/<>,.;:';
const mixed: PasswordContext = {
  policy: { word: 'mot de passe', minimum: 8, maximum: 50, composition: 'mixed', specials },
  nir: '2550814168025',
  birthDate: '1955-08-23',
  names: ['MARTIN', 'Camille'],
};
const digits: PasswordContext = {
  ...mixed,
  policy: { word: 'code personnel', minimum: 8, maximum: 13, composition: 'digits', specials: '' },
};
const free: PasswordContext = {
  ...mixed,
  policy: { word: 'mot de passe', minimum: 12, maximum: 128, composition: 'free', specials: '' },
};

const cases: [context: PasswordContext, password: string, expected: PasswordProblem[]][] = [
  [mixed, 'Brouette.Lune8', []],
  [mixed, 'BrouetteVermillon-', []],
  [mixed, 'xR€7£kzPq', []],
  [mixed, '', ['length-short', 'latin-letters', 'digit-or-special']],
  [mixed, 'xRz7kPq', ['length-short']],
  [mixed, `xRz7kPq${'m7'.repeat(22)}`, ['length-long']],
  [mixed, `xRz7kPq${'m7'.repeat(21)}t`, []],
  [mixed, 'brouette.lune8', ['latin-letters']],
  [mixed, 'BROUETTE.LUNE8', ['latin-letters']],
  [mixed, 'BrouetteBleue', ['digit-or-special']],
  [mixed, 'BrouetteBleue#', ['digit-or-special', 'characters']],
  [mixed, 'Brouétte.Lune8', ['characters']],
  [mixed, 'Brouette Lune8', ['characters']],
  [mixed, 'BrouetteLune.٣', ['characters']],
  [mixed, 'ÉÀéà.888', ['latin-letters', 'characters']],
  [mixed, 'xRz!23081955', ['personal']],
  [mixed, 'xRz!255081', ['personal']],
  [mixed, 'xRz7camille', ['names']],
  [mixed, 'Azerty123!', ['common']],
  [mixed, 'Nathalie.8', ['common']],
  [mixed, 'Camille1955', ['personal', 'names', 'common']],
  [digits, '58306192', []],
  [digits, '5830619', ['length-short']],
  [digits, '58306192740385', ['length-long']],
  [digits, '5830619a', ['characters']],
  [digits, '58308619', []],
  [digits, '23081955', ['personal']],
  [digits, '12345678', ['common']],
  [free, 'quatre loutres boivent', []],
  [free, '狐が月を見ている夜の森で', []],
  [free, 'été été été!', []],
  [free, 'é'.normalize('NFD').repeat(11), ['length-short', 'common']],
  [free, '🦦🌙🍵🧭🪁🎻🦔🌲', ['length-short']],
  [free, 'brouette\u0007vermillon', ['characters']],
  [free, 'motdepassemotdepasse', ['common']],
  [free, 'quatre loutres 1955', ['personal']],
];

for (const [context, password, expected] of cases) {
  test(`${context.policy.composition} ${JSON.stringify(password)}: ${expected.join(', ') || 'accepted'}`, () => {
    assert.deepEqual(passwordProblems(password, context, common), expected);
  });
}

test('the name part of the address counts once it is known', () => {
  assert.deepEqual(passwordProblems('xR7.glycine', { ...mixed, email: 'glycine@exemple.fr' }, common), [
    'names',
  ]);
  assert.deepEqual(passwordProblems('xR7.glycine', { ...mixed, email: null }, common), []);
});
