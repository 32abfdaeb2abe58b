import { isUtf8 } from 'node:buffer';
import { repeatedField } from '#src/files/repeated-field.ts';
import { parseJson } from '#src/texts/json.ts';

export type JsonReading =
  | { readonly kind: 'read'; readonly value: unknown }
  /** `not-json`: not UTF-8 either, or nested deeper than anything that is taken. */
  | { readonly kind: 'not-json' | 'repeated-field' };

/** Twice as deep as anything that is taken. */
const mostDepth = 20;
const byteOrderMark = '\ufeff';

/** Reads JSON in UTF-8 in which no object has a field twice: either value could be meant. */
export function readJson(bytes: Buffer): JsonReading {
  if (!isUtf8(bytes)) return { kind: 'not-json' };
  const text = bytes.toString('utf8');
  const plain = text.startsWith(byteOrderMark) ? text.slice(1) : text;
  const value = parseJson(plain);
  if (value === undefined || depthOf(plain) > mostDepth) return { kind: 'not-json' };
  return repeatedField(plain) === null ? { kind: 'read', value } : { kind: 'repeated-field' };
}

/** How deep the arrays and objects of a valid JSON text are nested. */
function depthOf(json: string): number {
  let depth = 0;
  let most = 0;
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/g)) {
    if (token === '[' || token === '{') most = Math.max(most, ++depth);
    else if (token === ']' || token === '}') depth -= 1;
  }
  return most;
}
