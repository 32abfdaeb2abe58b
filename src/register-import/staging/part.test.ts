import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FileRecord } from '#src/files/csv.ts';
import { linesOf } from '#src/files/lines.ts';
import { partsOfBytes } from '#src/register-import/staging/part.ts';
import { linesOfPart } from '#src/register-import/staging/read-part.ts';

const line = (length: number, sign = 'x') => sign.repeat(length);
const text = [
  '\ufeffpremière',
  ...Array.from({ length: 30 }, (_, at) => line(40_000 + at)),
  '',
  line(2_000_000),
  'après\r',
  ...Array.from({ length: 30 }, (_, at) => line(30_000 + at, 'é')),
  'without an end',
].join('\n');

async function* inChunks(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

test('parts have the lines of the file, and are the same however it arrives', async () => {
  const bytes = Buffer.from(text);
  const expected: FileRecord[] = [];
  for await (const one of linesOf([bytes], 65_536)) expected.push(one);
  const cuts: string[] = [];
  for (const size of [1_000, 65_536, 1_000_003, bytes.length]) {
    const found: FileRecord[] = [];
    const lengths: number[] = [];
    for await (const part of partsOfBytes(inChunks(bytes, size), 'utf-8')) {
      assert.equal(part.number, lengths.length);
      assert.ok(part.content.kind === 'bytes' && part.content.bytes.length < 600_000);
      lengths.push(part.content.bytes.length);
      for await (const one of linesOfPart(part)) found.push(one);
    }
    assert.deepEqual(found, expected);
    cuts.push(lengths.join());
  }
  assert.equal(new Set(cuts).size, 1, cuts.join('\n'));
});
