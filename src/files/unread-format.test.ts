import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unreadFormat } from '#src/files/unread-format.ts';

const formats = [
  ['a photo of an iPhone', '\u0000\u0000\u0000\u0018ftypheic\u0000\u0000', 'telephone-photo'],
  ['a photo of another telephone', '\u0000\u0000\u0000\u001cftypavif', 'telephone-photo'],
  ['a film', '\u0000\u0000\u0000\u0018ftypisom', null],
  ['a document of today', 'PK\u0003\u0004\u0014', 'word-processor'],
  ['a document of before 2007', '\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1\u0000', 'word-processor'],
  ['a text with its looks', '{\\rtf1\\ansi', 'word-processor'],
  ['a text', 'Bonjour', null],
  ['one byte', 'P', null],
] as const;

for (const [what, bytes, format] of formats)
  test(`${what} is known by its first bytes`, () =>
    assert.equal(unreadFormat(Buffer.from(bytes, 'latin1')), format));
