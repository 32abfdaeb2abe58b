import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogue, languageOf, voiceOf } from '#src/texts/language.ts';

const texts = catalogue({
  fr: {
    title: 'Saisie',
    refused: { why: 'Motif', list: ['un', 'deux'] },
    until: (day: string) => `Au ${day}`,
  },
  en: {
    title: 'Entry',
    refused: { why: 'Reason', list: ['one', 'two'] },
    until: (day: string) => `To ${day}`,
  },
  plain: {
    fr: { title: 'Écrivez', refused: { list: ['un'] }, until: (day) => `Jusqu’au ${day}` },
    en: { refused: { why: 'Why' } },
  },
});

test('plain words replace the texts that they say otherwise, and no others', () => {
  const { title, refused, until } = texts['fr-plain'];
  assert.deepEqual([title, refused, until('9')], ['Écrivez', { why: 'Motif', list: ['un'] }, 'Jusqu’au 9']);
  assert.deepEqual(texts['en-plain'].refused, { why: 'Why', list: ['one', 'two'] });
  assert.equal(texts['en-plain'].title, 'Entry');
});

test('the words of the tutorials stay as they are', () => {
  assert.deepEqual(texts.fr.refused, { why: 'Motif', list: ['un', 'deux'] });
  assert.equal(texts.en.refused.why, 'Reason');
});

test('a catalogue without plain words is the same in both styles', () => {
  const same = catalogue({ fr: 'Oui', en: 'Yes' });
  assert.deepEqual([same['fr-plain'], same['en-plain']], ['Oui', 'Yes']);
});

test('a voice is a language in a style', () => {
  assert.equal(voiceOf('fr', 'tutorial'), 'fr');
  assert.equal(voiceOf('en', 'plain'), 'en-plain');
  assert.deepEqual([languageOf('fr-plain'), languageOf('en-plain'), languageOf('en')], ['fr', 'en', 'en']);
});
