import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressLines } from '#src/documents/pdf/address-window.ts';
import { qrDrawing } from '#src/documents/pdf/qr.ts';
import { writePdf } from '#src/documents/pdf/write.ts';
import { composeCanary, composeLetter } from '#src/letters/compose/compose.ts';
import { languages } from '#src/texts/language.ts';
import { faultsIn, readPdf } from '../documents/other-readers.ts';
import { aLetter, context, documents } from '../setting/letters.ts';

const kinds = [
  'provisional-code-letter',
  'account-created-letter',
  'account-frozen-letter',
  'departure-letter',
  'document-letter',
] as const;
const options = { title: 'Votre code', createdAt: context.createdAt };
const all = kinds.flatMap((kind) =>
  languages.map((language) => composeLetter(aLetter(kind, language), context)),
);
const canary = composeCanary(
  { id: '4f2a91c4-0000-4000-8000-000000000001', number: 7, to: ['Essai', '80000 AMIENS'] },
  context,
);
test('every letter is one sheet, and the printer’s file has them one after the other', async () => {
  const { documents } = await writePdf([...all, canary], options);
  assert.deepEqual(
    documents.map(({ firstPage, pages }) => [firstPage, pages]),
    [
      [1, 1],
      [2, 1],
      [3, 1],
      [4, 1],
      [5, 1],
      [6, 1],
      [7, 1],
      [8, 1],
      [9, 1],
      [10, 1],
      [11, 1],
    ],
  );
});

test('a cover lists twenty documents in the order of the envelope, on as many sheets as it takes', async () => {
  const enclosed = Array.from({ length: 10 }, () => documents).flat();
  const letter = composeLetter({ ...aLetter('document-letter'), enclosed }, context);
  const { documents: written, pdf } = await writePdf([letter], options);
  assert.equal(written[0]?.pages, 2);
  assert.deepEqual(faultsIn(pdf), []);
  const { text } = await readPdf(pdf);
  assert.match(text.replaceAll(/\s+/g, ' '), /vous trouverez 20 documents.* 20 Votre notification/);
});

test('the same letter gives the same bytes, another day others', async () => {
  const [first, again, later] = await Promise.all([
    writePdf(all, options),
    writePdf(all, options),
    writePdf(all, { ...options, createdAt: new Date('2026-03-03T09:00:00Z') }),
  ]);
  assert.ok(first.pdf.equals(again.pdf));
  assert.ok(!first.pdf.equals(later.pdf));
});

test('the file is tagged, says its language and title, embeds its fonts, runs nothing', async () => {
  const { pdf } = await writePdf(all, options);
  const text = pdf.toString('latin1');
  const holds = (pattern: RegExp) => assert.match(text, pattern);
  holds(/\/Marked true/);
  holds(/\/Lang \(fr-FR\)/);
  holds(/\/Lang \(en-GB\)/);
  holds(/\/DisplayDocTitle true/);
  holds(/pdfaid:part>3</);
  holds(/pdfaid:conformance>A</);
  holds(/\/OutputIntents/);
  for (const element of ['Document', 'Sect', 'H1', 'H2', 'P', 'L', 'LI', 'Lbl', 'LBody', 'Figure'])
    holds(new RegExp(`/S /${element}\\b`));
  holds(/\/Alt \(/);
  const fonts = text.match(/\/Type \/FontDescriptor/g) ?? [];
  const embedded = text.match(/\/FontFile[23] /g) ?? [];
  assert.ok(fonts.length >= 3);
  assert.equal(embedded.length, fonts.length);
  for (const [, name = ''] of text.matchAll(/\/BaseFont \/(\S+)/g)) assert.match(name, /^[A-Z]{6}\+DejaVu/);
  assert.doesNotMatch(text, /\/(JavaScript|JS|AA|OpenAction|Launch|EmbeddedFile)\b/);
});

test('a long letter goes on to a second sheet, and nothing is lost', async () => {
  const [letter] = all;
  assert.ok(letter);
  const body = letter.blocks.filter(({ kind }) => kind !== 'footer');
  const long = { ...letter, blocks: [...body, ...letter.blocks] };
  const { documents, pdf } = await writePdf([long, canary], options);
  assert.deepEqual(
    documents.map(({ firstPage, pages }) => [firstPage, pages]),
    [
      [1, 2],
      [3, 1],
    ],
  );
  const { text } = await readPdf(pdf);
  assert.equal(text.match(/K7M2\nP9X\nQT4/g)?.length, 2);
});

test('long lines of an address are broken for the window, an impossible one is refused', () => {
  assert.deepEqual(addressLines('Camille VENTURI\n4 rue des Inventions\n75018 PARIS'), [
    'Camille VENTURI',
    '4 rue des Inventions',
    '75018 PARIS',
  ]);
  const wide = addressLines('WILHELMINE WAWRZYNIAK-MOMMSEN WWWWWWW\n4 RUE X\n80000 AMIENS');
  assert.equal(wide?.length, 4);
  assert.equal(addressLines(`${'W'.repeat(60)}\n80000 AMIENS`), null);
});

test('the drawing leaves its quiet margin and says the address', () => {
  const { size, dark } = qrDrawing(`${context.publicUrl}/code-provisoire`);
  assert.ok(dark.length > 50);
  for (const { x, y, width } of dark) {
    assert.ok(x >= 4 && x + width <= size - 4);
    assert.ok(y >= 4 && y < size - 4);
  }
});

test('its text can be taken out: the code, the address of the page', async () => {
  const { pdf } = await writePdf(all.slice(0, 1), options);
  const { text } = await readPdf(pdf);
  assert.match(text, /K7M2\nP9X\nQT4/);
  assert.match(text, /compte\.essai\.fr\/code-provisoire/);
  assert.match(text, /D’ŒUVRÉ/);
});

test('the window shows the address and nothing else', async () => {
  const points = (millimetres: number) => (millimetres * 72) / 25.4;
  for (const letter of [...all, canary]) {
    const to = Array.from({ length: 7 }, (_, index) => `Ligne ${index} ${'m'.repeat(20)}`);
    const full = { ...letter, frame: { kind: 'window-envelope', to } } as const;
    const { pages } = await readPdf((await writePdf([full], options)).pdf);
    const seen = pages
      .flatMap(({ texts }) => texts)
      .filter(
        ({ left, right, top, bottom }) =>
          right > points(100) && left < points(195) && bottom > points(45) && top < points(90),
      );
    assert.deepEqual(
      seen.map(({ text }) => text),
      to,
    );
    for (const { text, left, right, top, bottom } of seen) {
      assert.ok(left >= points(100) && right <= points(195), `${text} ${left} ${right}`);
      assert.ok(top >= points(45) && bottom <= points(90), `${text} ${top} ${bottom}`);
    }
  }
});

test('other readers find no fault, and read the same', async () => {
  const { pdf } = await writePdf([...all, canary], options);
  assert.deepEqual(faultsIn(pdf), []);
  const { tagged, hasScripts, pages } = await readPdf(pdf);
  assert.ok(tagged);
  assert.ok(!hasScripts);
  for (const { width, height } of pages) assert.deepEqual([width, height].map(Math.round), [595, 842]);
  const structure = pages.flatMap((page) => page.structure);
  assert.ok(structure.includes('H1: Votre code pour ouvrir votre compte ameli'), structure.join('\n'));
  const name = structure.indexOf('P: Éloïse D’ŒUVRÉ');
  assert.match(structure[name + 1] ?? '', /^P: 12 bis rue/);
});

test('the other reader finds the fault of a damaged file', async () => {
  const { pdf } = await writePdf(all.slice(0, 1), options);
  pdf.fill(' ', 3_000, 3_200);
  assert.match(faultsIn(pdf).join('\n'), /inflate/);
});

test('no letter has a text below 12 points', async () => {
  const { pdf } = await writePdf([...all, canary], options);
  const sizes = (await readPdf(pdf)).pages.flatMap(({ texts }) => texts.map(({ size }) => size));
  assert.ok(sizes.length > 100);
  assert.ok(Math.min(...sizes) >= 12, `${Math.min(...sizes)}`);
});
