import assert from 'node:assert/strict';
import { test } from 'node:test';
import { paragraph } from '#src/documents/block.ts';
import type { PaperDocument } from '#src/documents/paper.ts';
import { openPdfPress } from '#src/documents/pdf/press.ts';

const statement: PaperDocument = {
  id: 'statement',
  language: 'fr',
  title: 'Relevé',
  sender: ['Compte ameli'],
  date: 'Le 2 mars 2026',
  frame: { kind: 'plain' },
  blocks: [paragraph('Rien à déclarer.')],
};
const options = { title: 'Relevé', createdAt: new Date('2026-03-02T09:00:00Z') };
const camille = Buffer.from('camille');

test('a person has two documents written at once, and everybody eight', async (t) => {
  const press = openPdfPress();
  t.after(() => press.close());
  const ask = (who: Buffer) => press.write(statement, options, who);
  const asked = [ask(camille), ask(camille), ask(camille)];
  for (const who of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) asked.push(ask(Buffer.from(who)));
  const written = (await Promise.all(asked)).map((pdf) => pdf?.subarray(0, 5).toString() ?? null);
  const pdf = '%PDF-';
  assert.deepEqual(written, [pdf, pdf, null, pdf, pdf, pdf, pdf, pdf, pdf, null]);
  assert.ok(await ask(camille), 'once written, another one');
});

test('after a document that cannot be written comes one that can', async (t) => {
  const press = openPdfPress();
  t.after(() => press.close());
  const broken = {
    ...statement,
    blocks: [{ kind: 'table', caption: 'x', columns: [], rows: [[]] }],
  } as const;
  const unwritable = { ...options, createdAt: new Date(Number.NaN) };
  await assert.rejects(press.write(broken, unwritable, camille));
  assert.ok(await press.write(statement, options, camille));
});
