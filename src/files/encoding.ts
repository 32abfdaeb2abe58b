import { isAscii, isUtf8 } from 'node:buffer';

/** How the characters of a text file are written as bytes, as its sender declares it. */
export const encodings = ['utf-8', 'latin-9', 'windows-1252'] as const;
export type Encoding = (typeof encodings)[number];

/** Bytes that are no character: of Latin-9 the C1 controls, where Windows-1252 has its quotes and dashes. */
const unused: Readonly<Record<Exclude<Encoding, 'utf-8'>, RegExp>> = {
  'latin-9': /[\u0080-\u009f]/,
  'windows-1252': /[\u0081\u008d\u008f\u0090\u009d]/,
};

const decoders = {
  'latin-9': new TextDecoder('iso-8859-15'),
  'windows-1252': new TextDecoder('windows-1252'),
};

/**
 * The text of some bytes; null when they are not in that encoding. Most bytes mean something in Latin-9 and in Windows-1252:
 * those that are well-formed UTF-8 beyond ASCII («Ã©») are taken for UTF-8 that was declared wrongly.
 */
export function decode(bytes: Buffer, encoding: Encoding): string | null {
  if (encoding === 'utf-8') return isUtf8(bytes) ? bytes.toString('utf8') : null;
  if (isAscii(bytes)) return bytes.toString('latin1');
  if (isUtf8(bytes) || unused[encoding].test(bytes.toString('latin1'))) return null;
  return decoders[encoding].decode(bytes);
}
