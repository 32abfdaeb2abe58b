import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPhrase } from '#src/correspondence/phrase.ts';

const cases = [
  ['le chat dort sur le piano', null],
  ["L'été 1954 à Saint-Malo", null],
  ['Été', null],
  ['anticonstitutionnellement', null],
  ["aujourd'hui", null],
  ['', null],
  ['ab', 'short'],
  ['a'.repeat(61), 'long'],
  ['2 69 05 49 588 157 80', 'number'],
  ['FR76 3000 6000 0112 3456 7890 189', 'number'],
  ['née le 12/03/1954', 'number'],
  ['Autre.Lune.99', 'password'],
  ['azerty12!', 'password'],
  ['voir evil.example', 'characters'],
  ['ouvrez http://x', 'characters'],
  ['écrivez à a@b', 'characters'],
  ['<b>bonjour</b>', 'password'],
  ['un <b> bon jour', 'characters'],
] as const;

for (const [typed, expected] of cases)
  test(`the phrase «${typed}» is ${expected ?? 'accepted'}`, () => {
    const reading = readPhrase(typed);
    assert.equal(reading.ok ? null : reading.reason, expected);
    if (reading.ok) assert.equal(reading.phrase, typed === '' ? null : typed);
  });
