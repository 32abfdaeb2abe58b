import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { openPress } from '#src/documents/pdf/thread.ts';
import { printLetters } from '#src/documents/pdf/write.ts';
import { composeLetter } from '#src/letters/compose/compose.ts';
import { languages } from '#src/texts/language.ts';
import { aLetter, context } from '../setting/letters.ts';

const options = { title: 'Votre code', at: context.at };
const letters = languages.map((language) =>
  composeLetter(aLetter('provisional-code-letter', language), context),
);

test('a press prints the same bytes as this thread would, and leaves this thread free', async (t) => {
  const press = openPress();
  t.after(() => press.close());
  let settled = false;
  const printing = press.print(letters, options).finally(() => {
    settled = true;
  });
  await setImmediate();
  assert.equal(settled, false);
  const here = await printLetters(letters, options);
  const there = await printing;
  assert.ok(there.pdf.equals(here.pdf));
  assert.deepEqual(there.letters, here.letters);
  assert.ok((await press.print(letters.slice(0, 1), options)).pdf.length < here.pdf.length, 'another file');
});

test('what cannot be printed is told to whoever waits', async (t) => {
  const press = openPress();
  t.after(() => press.close());
  await assert.rejects(press.print([], options), /There is no letter to print/);
});
