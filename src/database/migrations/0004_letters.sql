-- Letters on their way to the printer and the post. What they say stays in notice, sealed, until it is purged.

create table letter_batch (
  id uuid primary key,
  number integer not null unique,
  created_at timestamptz not null,
  letters integer not null,
  -- the operator's own letter that travels with the others
  canary uuid,
  exported_at timestamptz,
  acknowledged_at timestamptz
);

create table letter (
  person_key bytea not null,
  -- the notice's
  id uuid not null,
  batch_id uuid not null,
  place integer not null,
  state text not null check (state in ('requested', 'printed', 'posted', 'returned')),
  -- keyed name of the address without the person's name: no second letter goes where one came back from
  address_key bytea not null,
  requested_at timestamptz not null,
  printed_at timestamptz,
  posted_at timestamptz,
  returned_at timestamptz,
  -- when the printer's first answer was read
  acknowledged_at timestamptz,
  -- when the person was told that the code of this letter was not used; also set when there was nobody to tell
  reminded_at timestamptz,
  pages integer,
  sha256 bytea,
  primary key (person_key, id)
);
create index letter_id on letter (id);
create index letter_batch_place on letter (batch_id, place);
create index letter_to_remind on letter (requested_at) where reminded_at is null and state <> 'returned';

-- When a batch took a letter: from then on it goes on its way, whatever happens.
alter table notice add column batched_at timestamptz;
create index notice_letter on notice (created_at, id)
  where channel = 'letter' and state = 'queued' and batched_at is null;
