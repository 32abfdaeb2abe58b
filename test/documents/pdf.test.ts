import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Block, footer, heading, paragraph } from '#src/documents/block.ts';
import type { PaperDocument } from '#src/documents/paper.ts';
import { writingOfExercise } from '#src/documents/pdf/exercise.ts';
import { writePdf } from '#src/documents/pdf/write.ts';
import { faultsIn, readPdf } from './other-readers.ts';
import { readStructure } from './read-structure.ts';

const createdAt = new Date('2026-03-02T09:00:00Z');
const options = { title: 'Attestation', createdAt };

const everyBlock: readonly Block[] = [
  heading('Vos droits'),
  paragraph('Vous êtes assuré à ce jour.'),
  {
    kind: 'properties',
    caption: 'Bénéficiaire',
    rows: [
      { name: 'Nom', value: 'D’ŒUVRÉ' },
      { name: 'Prénom', value: 'Éloïse' },
    ],
  },
  {
    kind: 'table',
    caption: 'Droits ouverts',
    columns: [
      { heading: 'Du', share: 1 },
      { heading: 'Au', share: 1 },
      { heading: 'Montant', share: 2, align: 'right' },
    ],
    rows: [
      ['01/01/2026', '31/12/2026', '12,50 €'],
      ['01/01/2027', '', '0 €'],
    ],
  },
  {
    kind: 'list',
    style: 'bulleted',
    items: [{ text: 'Gardez ce document.' }, { text: 'Ne le donnez pas.' }],
  },
  {
    kind: 'list',
    style: 'numbered',
    items: [{ text: 'Ouvrez cette page :', address: 'compte.essai.fr/verifier' }, { text: 'Tapez le code.' }],
    qrCode: {
      address: 'https://compte.essai.fr/verifier',
      alt: 'Code QR qui ouvre la page compte.essai.fr/verifier',
    },
  },
  { kind: 'code', code: 'K7M2 P9X QT4' },
  { kind: 'link', label: 'Vérifier', url: 'https://compte.essai.fr/verifier', ifNotWorking: 'Copiez :' },
  { kind: 'address', lines: ['CPAM de la Somme', '80021 AMIENS CEDEX 9'] },
  footer('Vérifiez cette attestation.'),
];

const read = [
  '    H1: Attestation',
  '    H2: Vos droits',
  '    P: Vous êtes assuré à ce jour.',
  '    Table',
  '      Caption: Bénéficiaire',
  '      TR',
  '        TH (Row): Nom',
  '        TD: D’ŒUVRÉ',
  '      TR',
  '        TH (Row): Prénom',
  '        TD: Éloïse',
  '    Table',
  '      Caption: Droits ouverts',
  '      TR',
  '        TH (Column): Du',
  '        TH (Column): Au',
  '        TH (Column): Montant',
  '      TR',
  '        TD: 01/01/2026',
  '        TD: 31/12/2026',
  '        TD: 12,50 €',
  '      TR',
  '        TD: 01/01/2027',
  '        TD',
  '        TD: 0 €',
  '    L',
  '      LI',
  '        Lbl: •',
  '        LBody: Gardez ce document.',
  '      LI',
  '        Lbl: •',
  '        LBody: Ne le donnez pas.',
  '    L',
  '      LI',
  '        Lbl: 1.',
  '        LBody: Ouvrez cette page : compte.essai.fr/verifier',
  '      LI',
  '        Lbl: 2.',
  '        LBody: Tapez le code.',
  '    Figure (Code QR qui ouvre la page compte.essai.fr/verifier)',
  '    P: K7M2 P9X QT4',
  '    P: Vérifier',
  '    P',
  '      Link (Vérifier): https://compte.essai.fr/verifier',
  '    P: CPAM de la Somme',
  '    P: 80021 AMIENS CEDEX 9',
  '    P: Vérifiez cette attestation.',
];

const attestation: PaperDocument = {
  id: 'attestation',
  language: 'fr',
  title: 'Attestation',
  sender: ['Compte ameli', 'Votre caisse : Somme'],
  date: 'Le 2 mars 2026',
  frame: { kind: 'plain' },
  blocks: everyBlock,
};
const letter: PaperDocument = {
  ...attestation,
  id: 'letter',
  language: 'en',
  frame: { kind: 'window-envelope', to: ['Éloïse D’ŒUVRÉ', '80000 AMIENS'] },
};

test('every kind of block is read in its order, under its tag, in both frames', async () => {
  const { pdf } = await writePdf([attestation, letter], options);
  const sender = ['    P: Compte ameli', '    P: Votre caisse : Somme'];
  const to = ['    P: Éloïse D’ŒUVRÉ', '    P: 80000 AMIENS'];
  const date = '    P: Le 2 mars 2026';
  assert.deepEqual(
    readStructure(pdf).map((line) => line.replaceAll('\u00a0', ' ')),
    [
      'Document',
      '  Sect (fr-FR)',
      ...sender,
      date,
      ...read,
      '  Sect (en-GB)',
      ...sender,
      ...to,
      date,
      ...read,
    ],
  );
});

test('papers of an exercise say so on each page and in their title, and are read once', async () => {
  const long = { ...attestation, blocks: [...everyBlock, ...everyBlock, ...everyBlock] };
  const { pdf } = await writingOfExercise(writePdf)([long, letter], options);
  const { pages } = await readPdf(pdf);
  assert.ok(pages.length > 3);
  for (const { texts } of pages) {
    const said = texts.map(({ text }) => text).join(' ');
    assert.match(said, /Exercice\s: aucune vraie donnée\./);
  }
  assert.ok(pdf.includes(`>Exercice – ${options.title}<`));
  assert.deepEqual(faultsIn(pdf), []);
  const bands = readStructure(pdf).filter((line) => line.includes('aucune vraie donnée'));
  assert.deepEqual(bands, [
    '    P: Exercice\u00a0: aucune vraie donnée.',
    '    P: Exercice\u00a0: aucune vraie donnée.',
  ]);
});

test('a file says its language and its title, and is declared PDF/A', async () => {
  const { pdf } = await writePdf([attestation], options);
  const text = pdf.toString('latin1');
  for (const pattern of [
    /\/Marked true/,
    /\/Lang \(fr-FR\)/,
    /\/DisplayDocTitle true/,
    /<dc:title>[\s\S]*Attestation/,
    /pdfaid:part>3</,
    /pdfaid:conformance>A</,
    /\/OutputIntents/,
    /\/Subtype \/Link/,
  ])
    assert.match(text, pattern);
  assert.doesNotMatch(text, /\/(JavaScript|JS|AA|OpenAction|Launch|EmbeddedFile)\b/);
});

test('a table goes on over pages: its headings are drawn on each and read once', async () => {
  const rows = Array.from({ length: 80 }, (_, index) => [`Acte ${index + 1}`, `${index} €`]);
  const table: Block = {
    kind: 'table',
    caption: 'Paiements',
    columns: [
      { heading: 'Acte', share: 3 },
      { heading: 'Montant', share: 1, align: 'right' },
    ],
    rows,
  };
  const statement = { ...attestation, blocks: [table, footer('Fin du relevé')] };
  const { pdf, documents } = await writePdf([statement], options);
  assert.deepEqual(documents, [{ id: 'attestation', firstPage: 1, pages: 3 }]);
  const lines = readStructure(pdf).map((line) => line.trim());
  assert.equal(lines.filter((line) => line.startsWith('TH')).length, 2);
  assert.deepEqual(
    lines.filter((line) => line.startsWith('TD: Acte')),
    rows.map(([act]) => `TD: ${act}`),
  );
  assert.equal(lines.at(-1), 'P: Fin du relevé');
});

test('other readers find no fault with any block, and read them', async () => {
  const { pdf } = await writePdf([attestation, letter], options);
  assert.deepEqual(faultsIn(pdf), []);
  const { pages } = await readPdf(pdf);
  const lines = pages.flatMap(({ structure }) => structure);
  assert.ok(lines.includes('Caption: Bénéficiaire'), lines.join('\n'));
});
