import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HtmlValidate } from 'html-validate/node';
import { markup } from '#src/delivery/messages/markup.ts';
import { plainText } from '#src/delivery/messages/plain-text.ts';
import { withoutConfirm } from '#src/delivery/messages/without-confirm.ts';
import { type Block, footer, heading, paragraph } from '#src/documents/block.ts';

const everyBlock: readonly Block[] = [
  heading('Confirm & read'),
  paragraph(`${'long '.repeat(20)}end`),
  { kind: 'code', code: '1234 5678' },
  { kind: 'link', label: 'Confirm', url: 'https://compte.essai.fr/confirm/1', ifNotWorking: 'Copy this:' },
  {
    kind: 'list',
    style: 'numbered',
    items: [{ text: 'Open this page:', address: 'compte.essai.fr/confirm' }, { text: 'Confirm.' }],
    qrCode: { address: 'https://compte.essai.fr', alt: 'QR code' },
  },
  { kind: 'list', style: 'bulleted', items: [{ text: `${'word '.repeat(20)}end` }] },
  { kind: 'properties', caption: 'Person', rows: [{ name: 'Name', value: '<D’Œuvré>' }] },
  {
    kind: 'table',
    caption: 'Payments',
    columns: [
      { heading: 'Date', share: 1 },
      { heading: 'Amount', share: 1, align: 'right' },
    ],
    rows: [
      ['1 March', '12 €'],
      ['2 March', '7 €'],
    ],
  },
  { kind: 'address', lines: ['CPAM de la Somme', '80021 AMIENS CEDEX 9'] },
  footer('Do not reply.'),
];

test('every kind of block is written as text, in lines of 76 characters at most', () => {
  assert.equal(
    plainText(everyBlock),
    `Confirm & read

${'long '.repeat(15).trim()}
${'long '.repeat(5)}end

    1234 5678

Confirm
https://compte.essai.fr/confirm/1

1.  Open this page:
    compte.essai.fr/confirm
2.  Confirm.

-   ${'word '.repeat(14).trim()}
    ${'word '.repeat(6)}end

Person
Name
    <D’Œuvré>

Payments

Date
    1 March
Amount
    12 €

Date
    2 March
Amount
    7 €

    CPAM de la Somme
    80021 AMIENS CEDEX 9

Do not reply.
`,
  );
});

test('every kind of block is written as valid HTML that loads nothing', async () => {
  const html = markup('en', { subject: 'Everything', blocks: everyBlock });
  const validator = new HtmlValidate({
    extends: ['html-validate:standard'],
    rules: { 'no-inline-style': 'off' },
  });
  const { results } = await validator.validateString(html);
  assert.deepEqual(
    results.flatMap(({ messages }) => messages.map(({ message }) => message)),
    [],
  );
  for (const part of [
    /<h2 [^>]*>Confirm &amp; read<\/h2>/,
    /<ol><li>Open this page:<br><strong>compte\.essai\.fr\/confirm<\/strong><\/li><li>Confirm\.<\/li><\/ol>/,
    /<caption [^>]*>Person<\/caption><tbody><tr><th scope="row"[^>]*>Name<\/th><td [^>]*>&lt;D’Œuvré&gt;<\/td>/,
    /<th scope="col"[^>]*>Amount<\/th><\/tr><tr><td [^>]*>1 March<\/td>/,
    /<p>CPAM de la Somme<br>80021 AMIENS CEDEX 9<\/p>/,
    /<p>Do not reply\.<\/p>/,
  ])
    assert.match(html, part);
  assert.doesNotMatch(html, /QR code|<img|src=/);
});

test('only words are replaced: codes, links and addresses stay', () => {
  const { blocks } = withoutConfirm({ subject: 'Confirm', blocks: everyBlock }, 'en');
  const changed = plainText(blocks);
  assert.match(changed, /^Validate & read/);
  assert.match(changed, /\nValidate\nhttps:\/\/compte\.essai\.fr\/confirm\/1\n/);
  assert.match(changed, /\n {4}compte\.essai\.fr\/confirm\n2\. {2}Validate\.\n/);
});
