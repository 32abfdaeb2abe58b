import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatFileSize } from '#src/texts/file-size.ts';

for (const [bytes, french, english] of [
  [0, '1 Ko', '1 kB'],
  [244_600, '245 Ko', '245 kB'],
  [999_600, '1 Mo', '1 MB'],
  [1_234_000, '1,2 Mo', '1.2 MB'],
  [10_485_760, '10,5 Mo', '10.5 MB'],
] as const)
  test(`${bytes} bytes`, () => {
    const spaced = (text: string) => text.replaceAll('\u00a0', ' ');
    assert.equal(spaced(formatFileSize(bytes, 'fr')), french);
    assert.equal(spaced(formatFileSize(bytes, 'en-plain')), english);
  });
