import type { JSONColumnType } from 'kysely';

/** The register, and the tables of its files: those that were loaded, and the one that is. */

export interface InsuredTable {
  person_key: Buffer;
  key_version: number;
  sealed: Buffer;
  iban_verifier: Buffer | null;
  serial_verifier: Buffer | null;
  /** Null for who was imported before FranceConnect: a new import fills it. */
  identity_key: Buffer | null;
  /** Of all that is stored; null: written again by the next import. */
  row_fingerprint: Buffer | null;
  /** Of the line it was read from; null: it is read again. */
  line_fingerprint: Buffer | null;
  proof_version: number | null;
  batch: string;
  updated_at: Date;
  /** Since when the person has left the register; null: they are in it. */
  left_since: Date | null;
}

export interface RegisterImportTable {
  id: string;
  at: Date;
  /** An agent’s number, or the user of the operating system. */
  loaded_by: string;
  file_name: string | null;
  kind: 'full' | 'delta';
  /** Of a delta: the date of the register that it goes on. */
  since_from: Date | null;
  since_until: Date | null;
  as_from: Date | null;
  as_until: Date | null;
  sha256: Buffer | null;
  people: number;
  /** Null: it was loaded. */
  refused_for: string | null;
  counts: JSONColumnType<Record<string, number>>;
}

export interface RegisterConcernedTable {
  person_key: Buffer;
  import: string;
  what: 'left' | 'returned' | 'died' | 'lives';
}

export interface RegisterMovedTable {
  person_key: Buffer;
  what: 'left' | 'returned';
}

export interface RegisterStagedTable {
  person_key: Buffer;
  key_version: number;
  part: number;
  line: number;
  kind: 'person' | 'same' | 'left' | 'died' | 'kept';
  deceased: boolean;
  sealed: Buffer | null;
  iban_verifier: Buffer | null;
  serial_verifier: Buffer | null;
  identity_key: Buffer | null;
  row_fingerprint: Buffer | null;
  line_fingerprint: Buffer | null;
}
