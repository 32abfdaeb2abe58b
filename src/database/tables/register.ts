/** The tables of register files: those that were loaded, and the one that is. */

export interface RegisterImportTable {
  id: string;
  at: Date;
  as_from: Date;
  as_until: Date;
  sha256: Buffer;
  people: number;
}

export interface RegisterStagedTable {
  person_key: Buffer;
  key_version: number;
  part: number;
  line: number;
  kind: 'person' | 'left' | 'died';
  deceased: boolean;
  sealed: Buffer | null;
  iban_verifier: Buffer | null;
  serial_verifier: Buffer | null;
  identity_key: Buffer | null;
  row_fingerprint: Buffer | null;
}
