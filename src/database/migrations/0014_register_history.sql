-- Who leaves the register by a file and who comes back, and the history of its imports, refused ones included.

alter table register_import
  -- who loaded it: an agent's number, or the user of the operating system
  add column loaded_by text not null default '-',
  add column file_name text,
  add column kind text not null default 'full' check (kind in ('full', 'delta')),
  -- of a delta: the date of the register that it goes on
  add column since_from timestamptz,
  add column since_until timestamptz,
  -- why it was refused; null: it was loaded
  add column refused_for text,
  add column counts jsonb not null default '{}',
  alter column as_from drop not null,
  alter column as_until drop not null,
  alter column sha256 drop not null,
  add constraint register_import_loaded
    check (refused_for is not null or (as_from is not null and as_until is not null and sha256 is not null)),
  add constraint register_import_since check ((since_from is null) = (since_until is null));

-- The accounts of those who left, came back, died, or live after all.

create table register_concerned (
  person_key bytea not null references account (person_key) on delete cascade deferrable,
  import uuid not null,
  what text not null check (what in ('left', 'returned', 'died', 'lives')),
  primary key (person_key, import)
);
create index register_concerned_import on register_concerned (import);

-- `kept`: a line that is set aside, and whose person is known: the file names them

alter table register_staged
  drop constraint register_staged_kind_check,
  add constraint register_staged_kind_check check (kind in ('person', 'same', 'left', 'died', 'kept'));

-- Who leaves the register by the file that is staged, and who comes back.

create unlogged table register_moved (
  person_key bytea primary key,
  what text not null check (what in ('left', 'returned'))
);
