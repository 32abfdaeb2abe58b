import type { StoredRow } from '#src/register/stored-row.ts';

/** A line of the file as it is staged. */
export interface StagedRow {
  readonly personKey: Buffer;
  readonly keyVersion: number;
  readonly line: number;
  readonly kind: 'person' | 'same' | 'left' | 'died' | 'kept';
  readonly deceased: boolean;
  /** Null where the person left or died, and the file says nothing else. */
  readonly row: StoredRow | null;
  /** By which the same line is known again (`lineFingerprint`). */
  readonly lineFingerprint: Buffer | null;
}

/** The columns of `register_staged`, in the order of `copiedRows`. */
export const stagedColumns = [
  'person_key',
  'key_version',
  'part',
  'line',
  'kind',
  'deceased',
  'sealed',
  'iban_verifier',
  'serial_verifier',
  'identity_key',
  'row_fingerprint',
  'line_fingerprint',
] as const;

const signature = Buffer.from('PGCOPY\n\u00ff\r\n\u0000\0\0\0\0\0\0\0\0', 'latin1');
const trailer = Buffer.from([0xff, 0xff]);
/** The columns of a row that always have the same length: how many there are, then each with its length. */
const fixedBytes = 2 + 12 * 4 + 4 + 4 + 4 + 1;

/** Rows in PostgreSQL’s binary form of COPY, whole. */
export function copiedRows(part: number, rows: readonly StagedRow[]): Uint8Array<ArrayBuffer> {
  const size = rows.reduce((sum, row) => sum + sizeOf(row), signature.length + trailer.length);
  const bytes = Buffer.from(new ArrayBuffer(size));
  let at = signature.copy(bytes);

  function put(value: Buffer | string | null): void {
    const length = value === null ? -1 : value.length;
    at = bytes.writeInt32BE(length, at);
    if (typeof value === 'string') at += bytes.write(value, at, 'latin1');
    else if (value) at += value.copy(bytes, at);
  }

  for (const { personKey, keyVersion, line, kind, deceased, row, lineFingerprint } of rows) {
    at = bytes.writeInt16BE(stagedColumns.length, at);
    put(personKey);
    at = bytes.writeInt32BE(4, at);
    at = bytes.writeInt32BE(keyVersion, at);
    at = bytes.writeInt32BE(4, at);
    at = bytes.writeInt32BE(part, at);
    at = bytes.writeInt32BE(4, at);
    at = bytes.writeInt32BE(line, at);
    put(kind);
    at = bytes.writeInt32BE(1, at);
    at = bytes.writeInt8(deceased ? 1 : 0, at);
    put(row?.sealed ?? null);
    put(row?.iban ?? null);
    put(row?.serial ?? null);
    put(row?.identity ?? null);
    put(row?.fingerprint ?? null);
    put(lineFingerprint);
  }
  trailer.copy(bytes, at);
  return new Uint8Array(bytes.buffer);
}

function sizeOf({ personKey, kind, row, lineFingerprint }: StagedRow): number {
  const stored = row
    ? row.sealed.length +
      (row.iban?.length ?? 0) +
      (row.serial?.length ?? 0) +
      row.identity.length +
      row.fingerprint.length
    : 0;
  return fixedBytes + personKey.length + kind.length + stored + (lineFingerprint?.length ?? 0);
}
