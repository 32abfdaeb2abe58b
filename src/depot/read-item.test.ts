import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readItem } from '#src/depot/read-item.ts';

const message = {
  kind: 'message',
  id: 'M-1',
  nir: '1 62 12 2B 010 001',
  message: { subject: 'Votre demande', text: 'Bonjour,\n\nc’est fait.', thread: null, attachments: [] },
};
const document = {
  kind: 'document',
  id: 'D-1',
  nir: '162122B010001',
  document: { title: 'Relevé', rank: 1, matters: true, file: 'releve.pdf' },
};

/** `field: code` of what is refused. */
function refusalOf(text: string): string | null {
  const read = readItem(text);
  return read.kind === 'refused' ? `${read.field}: ${read.code}` : null;
}

/** The message with something else in its place. */
function but(changed: object): string {
  return JSON.stringify({ ...message, ...changed });
}

function butMessage(changed: object): string {
  return but({ message: { ...message.message, ...changed } });
}

test('a deposit is read with the number in its 13 characters', () => {
  const read = readItem(JSON.stringify(message));
  assert.equal(read.kind === 'read' && read.item.nir, '162122B010001');
  assert.equal(refusalOf(JSON.stringify(document)), null);
});

const cases = [
  ['nothing', '', 'line: not-json'],
  ['half of an object', JSON.stringify(message).slice(0, 40), 'line: not-json'],
  ['a list', '[]', 'line: invalid'],
  ['a number', '7', 'line: invalid'],
  ['deeper than anything', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'line: invalid'],
  ['a field twice', JSON.stringify(message).replace('{', '{"id":"M-2",'), 'id: repeated-field'],
  [
    'a field twice within',
    butMessage({}).replace('"subject"', '"text":"","subject"'),
    'text: repeated-field',
  ],
  ['another field', but({ amount: 3 }), 'amount: unknown-field'],
  ['two kinds at once', but({ document: document.document }), 'document: unknown-field'],
  ['a field that is a secret', but({ '162122B010001': 3 }), 'line: unknown-field'],
  ['no id', but({ id: undefined }), 'id: missing'],
  ['an id with a space', but({ id: 'M 1' }), 'id: invalid'],
  ['a kind that there is not', but({ kind: 'gift' }), 'kind: invalid'],
  ['no kind', but({ kind: undefined }), 'kind: missing'],
  ['a number with a wrong key', but({ nir: '162122B01000199' }), 'nir: nir'],
  ['a number that is none', but({ nir: '162122B01000O' }), 'nir: nir'],
  ['no text', butMessage({ text: '' }), 'message.text: invalid'],
  ['a letter that was lost', butMessage({ text: 'd\ufffdj\ufffd vu' }), 'message.text: characters'],
  ['half of a pair', butMessage({ text: 'a\ud800' }), 'message.text: characters'],
  ['a bell', butMessage({ subject: 'Bonjour\u0007' }), 'message.subject: characters'],
  ['read from right to left', butMessage({ subject: 'Relevé\u202efdp' }), 'message.subject: characters'],
  ['a subject of two lines', butMessage({ subject: 'Bonjour\nBcc: x' }), 'message.subject: characters'],
  ['a folder', JSON.stringify(document).replace('releve.pdf', '../releve.pdf'), 'document.file: invalid'],
  ['a hidden file', JSON.stringify(document).replace('releve.pdf', '.htaccess'), 'document.file: invalid'],
  ['a rank of nobody', JSON.stringify(document).replace('"rank":1', '"rank":20'), 'document.rank: invalid'],
] as const;

for (const [why, text, refusal] of cases)
  test(`refused: ${why}`, () => {
    assert.equal(refusalOf(text), refusal);
  });
