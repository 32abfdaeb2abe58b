import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readEmail, readTelephones } from '#src/page-parts/contact/form.ts';
import { languages } from '#src/texts/language.ts';
import { Typed } from '#src/web/page.ts';
import { wrongEmails, wrongTelephones } from '../../../scripts/docs/refusals.ts';

const sentence = /^[A-ZÀÉ].+[^.]$/;

for (const language of languages) {
  test(`in ${language}, each mistake in an address has a sentence of its own`, () => {
    const sentences = Object.values(wrongEmails).map(([email]) => {
      const reading = readEmail(
        new Typed(new Map(Object.entries({ email, emailConfirmation: email }))),
        language,
      );
      return reading.ok ? '' : (reading.problems[0]?.text ?? '');
    });
    for (const text of sentences) assert.match(text, sentence);
    assert.deepEqual(sentences, [...new Set(sentences)]);
  });

  test(`in ${language}, each mistake in a telephone number has a sentence of its own`, () => {
    const sentences = Object.values(wrongTelephones).map(
      ([kind, typed]) =>
        readTelephones(new Typed(new Map([[kind, typed]])), language).problems[0]?.text ?? '',
    );
    for (const text of sentences) assert.match(text, sentence);
    assert.deepEqual(sentences, [...new Set(sentences)]);
  });
}
