/** Either a value or what is wrong with it, in words that never contain it. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: string };

const keyBytes = 32;

/** 32 bytes in base64 or base64url. Random bytes have some 30 different values; a typed phrase does not. */
function parseKey(base64: string): Parsed<Buffer> {
  const trimmed = base64.trim();
  if (!/^[\w+/-]+={0,2}$/.test(trimmed)) return { ok: false, problem: 'is not base64' };
  const bytes = Buffer.from(trimmed, 'base64');
  if (bytes.length < keyBytes)
    return { ok: false, problem: `is too short: ${bytes.length} bytes instead of ${keyBytes}` };
  if (bytes.length > keyBytes)
    return { ok: false, problem: `is too long: ${bytes.length} bytes instead of ${keyBytes}` };
  const printable = bytes.every((byte) => byte >= 0x20 && byte < 0x7f);
  if (printable || new Set(bytes).size < 16)
    return { ok: false, problem: 'is weak: it does not look random' };
  return { ok: true, value: bytes };
}

/** `2:base64,1:base64`: numbered keys, every number and every key once. The first writes, the others only open. */
export function parseNumberedKeys(list: string): Parsed<ReadonlyMap<number, Buffer>> {
  const keys = new Map<number, Buffer>();
  for (const [index, entry] of list.split(',').entries()) {
    const [, number, base64] = /^\s*(\d{1,9}):(.*)$/s.exec(entry) ?? [];
    if (number === undefined || base64 === undefined) {
      return { ok: false, problem: `entry ${index + 1} must be written as number:base64` };
    }
    const version = Number(number);
    if (version === 0) return { ok: false, problem: 'key numbers start at 1' };
    if (keys.has(version)) return { ok: false, problem: `the number ${version} is used twice` };
    const key = parseKey(base64);
    if (!key.ok) return { ok: false, problem: `key ${version} ${key.problem}` };
    if ([...keys.values()].some((other) => other.equals(key.value))) {
      return { ok: false, problem: `key ${version} repeats another one` };
    }
    keys.set(version, key.value);
  }
  return { ok: true, value: keys };
}

/** The list in the format of the environment variable. */
export function writeNumberedKeys(keys: ReadonlyMap<number, Buffer>): string {
  return [...keys].map(([version, key]) => `${version}:${key.toString('base64')}`).join(',');
}
