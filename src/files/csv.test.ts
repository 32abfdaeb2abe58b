import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cellsOf, type FileRecord, recordsOf } from '#src/files/csv.ts';
import type { Encoding } from '#src/files/encoding.ts';
import { linesOf } from '#src/files/lines.ts';

async function records(content: string | Buffer, encoding?: Encoding): Promise<FileRecord[]> {
  return Array.fromAsync(recordsOf(linesOf([Buffer.from(content)], 1000, encoding), 1000));
}

const shown = (found: readonly FileRecord[]) =>
  found.map((record) => [record.number, 'text' in record ? record.text : `! ${record.problem}`]);

test('a record is a line, or several when a quoted cell holds line ends; its number is that of the first', async () => {
  assert.deepEqual(shown(await records('\ufeffa;b\r\n"1\r\n2";c\n\n"d ""e"" f";g\nh;"i\n\nj"')), [
    [1, 'a;b'],
    [2, '"1\n2";c'],
    [4, ''],
    [5, '"d ""e"" f";g'],
    [6, 'h;"i\n\nj"'],
  ]);
});

test('a quote that is never closed ends the reading at once, however long the file is', async () => {
  const swallowed = `a;b\n"c;d\n${'e;f\n'.repeat(100_000)}`;
  assert.deepEqual(shown(await records(swallowed)), [
    [1, 'a;b'],
    [2, '! unclosed-quote'],
  ]);
  assert.deepEqual(shown(await records(`"${'long\n'.repeat(40)}${'x'.repeat(900)}`)), [
    [1, '! unclosed-quote'],
  ]);
  assert.deepEqual(
    (await records('a;"b')).map(({ ended }) => ended),
    [false],
    'the file was cut there',
  );
  assert.deepEqual(shown(await records('"a\nb\u0000\n"')), [[1, '! unclosed-quote']]);
});

test('cells are separated by what the heading says; a stray quote makes no cells', () => {
  assert.deepEqual(cellsOf('a;"b;c";"d ""e"""', ';'), ['a', 'b;c', 'd "e"']);
  assert.deepEqual(cellsOf('a,"b\nc",', ','), ['a', 'b\nc', '']);
  assert.deepEqual(cellsOf('a;b', ','), ['a;b']);
  for (const stray of ['a"b";c', '"a"b;c', '"a";b"c"']) assert.equal(cellsOf(stray, ';'), null, stray);
});

test('Latin-9 and Windows-1252 are read as they were declared, and nothing else passes for them', async () => {
  const texts = async (content: Buffer, encoding: Encoding) =>
    (await records(content, encoding)).map((record) => ('text' in record ? record.text : record.problem));
  const latin9 = Buffer.from([0x4c, 0xc9, 0xbd, 0x20, 0xa4, 0x0a]);
  const windows = Buffer.from([0x4c, 0x92, 0xc9, 0x9c, 0x80, 0x0a]);
  assert.deepEqual(await texts(latin9, 'latin-9'), ['LÉœ €']);
  assert.deepEqual(await texts(windows, 'windows-1252'), ['L’Éœ€']);
  assert.deepEqual(await texts(windows, 'latin-9'), ['encoding'], 'its apostrophe is a control there');
  assert.deepEqual(await texts(Buffer.from([0x81, 0xe9]), 'windows-1252'), ['encoding']);
  for (const declared of ['latin-9', 'windows-1252'] as const) {
    assert.deepEqual(await texts(Buffer.from('Élodie'), declared), ['encoding'], 'it is UTF-8');
    assert.deepEqual(await texts(Buffer.from('Elodie'), declared), ['Elodie']);
  }
  assert.deepEqual(await texts(latin9, 'utf-8'), ['encoding']);
});
