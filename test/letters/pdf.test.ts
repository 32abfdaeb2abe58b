import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressLines } from '#src/documents/pdf/address-window.ts';
import { qrDrawing } from '#src/documents/pdf/qr.ts';
import { writePdf } from '#src/documents/pdf/write.ts';
import { composeCanary, composeLetter } from '#src/letters/compose/compose.ts';
import { languages } from '#src/texts/language.ts';
import { installed, toolOn } from '../documents/pdf-tools.ts';
import { aLetter, context } from '../setting/letters.ts';

const kinds = ['provisional-code-letter', 'account-created-letter', 'account-frozen-letter'] as const;
const options = { title: 'Votre code', createdAt: context.createdAt };
const all = kinds.flatMap((kind) =>
  languages.map((language) => composeLetter(aLetter(kind, language), context)),
);
const canary = composeCanary(
  { id: '4f2a91c4-0000-4000-8000-000000000001', number: 7, to: ['Essai', '80000 AMIENS'] },
  context,
);
const withoutPoppler = installed('pdfinfo') && installed('pdftotext') ? false : 'poppler-utils is missing';
const withoutQpdf = installed('qpdf') ? false : 'qpdf is missing';

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
    ],
  );
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
  if (withoutPoppler) return;
  const text = toolOn(pdf, 'pdftotext', ['-layout'], ['-']);
  assert.equal(text.match(/K7M2 P9X QT4/g)?.length, 2);
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

test('its text can be taken out: the code, the address of the page', { skip: withoutPoppler }, async () => {
  const { pdf } = await writePdf(all.slice(0, 1), options);
  const text = toolOn(pdf, 'pdftotext', ['-layout'], ['-']);
  assert.match(text, /K7M2 P9X QT4/);
  assert.match(text, /compte\.essai\.fr\/code-provisoire/);
  assert.match(text, /D’ŒUVRÉ/);
});

test('the window shows the address and nothing else', { skip: withoutPoppler }, async () => {
  for (const letter of [...all, canary]) {
    const full = {
      ...letter,
      to: Array.from({ length: 7 }, (_, index) => `Ligne ${index} ${'m'.repeat(20)}`),
    };
    const { pdf } = await writePdf([full], options);
    const boxes = toolOn(pdf, 'pdftotext', ['-bbox'], ['-']);
    const words = [...boxes.matchAll(/<word xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.*?)</g)];
    const millimetres = (points: string | undefined) => (Number(points) * 25.4) / 72;
    const seen = words.filter(
      ([, x0, y0, x1, y1]) =>
        millimetres(x1) > 100 && millimetres(x0) < 195 && millimetres(y1) > 45 && millimetres(y0) < 90,
    );
    assert.equal(seen.length, full.to.join(' ').split(' ').length);
    for (const [, x0, y0, x1, y1, text] of seen) {
      assert.match(text ?? '', /^(Ligne|\d|m{20})$/);
      assert.ok(millimetres(x0) >= 100 && millimetres(x1) <= 195, `${text} ${x0} ${x1}`);
      assert.ok(millimetres(y0) >= 45 && millimetres(y1) <= 90, `${text} ${y0} ${y1}`);
    }
  }
});

test('poppler and qpdf find no fault', { skip: withoutPoppler || withoutQpdf }, async () => {
  const { pdf } = await writePdf([...all, canary], options);
  assert.match(toolOn(pdf, 'qpdf', ['--check']), /No syntax or stream encoding errors/);
  const said = toolOn(pdf, 'pdfinfo', []);
  assert.match(said, /Tagged: +yes/);
  assert.match(said, /JavaScript: +no/);
  assert.match(said, /\(A4\)/);
  const structure = toolOn(pdf, 'pdfinfo', ['-struct-text']);
  assert.match(structure, /H1 \(block\)\s+"Votre code pour ouvrir votre compte ameli"/);
  assert.match(structure, /"Éloïse D’ŒUVRÉ"\s+P \(block\)\s+"12 bis rue/);
});

test('no letter has a text below 12 points', { skip: withoutPoppler }, async () => {
  const { pdf } = await writePdf([...all, canary], options);
  const marked = toolOn(pdf, 'pdftotext', ['-bbox-layout'], ['-']);
  const heights = [...marked.matchAll(/<word xMin=".+?" yMin="(.+?)" xMax=".+?" yMax="(.+?)">/g)].map(
    ([, top, bottom]) => Number(bottom) - Number(top),
  );
  assert.ok(heights.length > 100);
  assert.ok(Math.min(...heights) >= 12, `${Math.min(...heights)}`);
});
