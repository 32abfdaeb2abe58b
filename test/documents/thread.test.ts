import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { openPdfThread } from '#src/documents/pdf/thread.ts';
import { writePdf } from '#src/documents/pdf/write.ts';
import { composeLetter } from '#src/letters/compose/compose.ts';
import { languages } from '#src/texts/language.ts';
import { aLetter, context } from '../setting/letters.ts';

const options = { title: 'Votre code', createdAt: context.createdAt };
const letters = languages.map((language) =>
  composeLetter(aLetter('provisional-code-letter', language), context),
);

test('a thread writes the same bytes as this one would, and leaves this one free', async (t) => {
  const thread = openPdfThread();
  t.after(() => thread.close());
  let settled = false;
  const writing = thread.write(letters, options).finally(() => {
    settled = true;
  });
  await setImmediate();
  assert.equal(settled, false);
  const here = await writePdf(letters, options);
  const there = await writing;
  assert.ok(there.pdf.equals(here.pdf));
  assert.deepEqual(there.documents, here.documents);
  assert.ok((await thread.write(letters.slice(0, 1), options)).pdf.length < here.pdf.length, 'another file');
});

test('an order that cannot be written is rejected', async (t) => {
  const thread = openPdfThread();
  t.after(() => thread.close());
  await assert.rejects(thread.write([], options), /There is no document to write/);
});
