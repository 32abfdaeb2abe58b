/** Formats that we do not read, and that people have without knowing it: what to do is not the same for each. */
export type UnreadFormat = 'telephone-photo' | 'word-processor';

/** Photos of telephones in HEIC, HEIF or AVIF: their kind stands after the size of the first box and «ftyp». */
const telephonePhotos = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1', 'avif', 'avis'];

/** Documents of Word or LibreOffice: zip archives, the older compound files, and RTF. */
const wordProcessors: readonly Buffer[] = [
  Buffer.from('PK\u0003\u0004', 'latin1'),
  Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
  Buffer.from('{\\rtf'),
];

/** Which of these formats a file has, by its first bytes; null for any other. */
export function unreadFormat(bytes: Buffer): UnreadFormat | null {
  if (bytes.subarray(4, 8).equals(Buffer.from('ftyp')))
    return telephonePhotos.includes(bytes.toString('latin1', 8, 12)) ? 'telephone-photo' : null;
  return wordProcessors.some((start) => bytes.subarray(0, start.length).equals(start))
    ? 'word-processor'
    : null;
}
