-- A register file beside the live register. Nothing of it counts until it is merged, and what a crash of the server takes
-- is read from the file again: unlogged.

create unlogged table register_staged (
  person_key bytea not null,
  key_version integer not null,
  part integer not null,
  line integer not null,
  -- what the line says of the person: how they are (same: as the register has them, by the same line), or that they left
  -- the register or died
  kind text not null check (kind in ('person', 'same', 'left', 'died')),
  deceased boolean not null,
  sealed bytea,
  iban_verifier bytea,
  serial_verifier bytea,
  identity_key bytea,
  row_fingerprint bytea,
  line_fingerprint bytea,
  check ((kind = 'person') = (sealed is not null and identity_key is not null and row_fingerprint is not null))
);

-- The parts of the file that are staged: the same part of the same file is not read twice.

create unlogged table register_part (
  number integer primary key,
  -- of its bytes, and of all that they were judged by
  digest bytea not null,
  report jsonb not null
);

-- Lines about a person of an earlier line, taken out of register_staged.

create unlogged table register_repeated (
  part integer not null,
  line integer primary key,
  earlier integer not null
);

-- Who stages and merges, or was interrupted.

create table register_load (
  single boolean primary key default true check (single),
  id uuid not null,
  started_at timestamptz not null,
  -- host and process
  by text not null
);
