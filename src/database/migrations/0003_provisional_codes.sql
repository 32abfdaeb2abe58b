-- Codes sent by letter, SMS or e-mail to a channel that the register knows. Only a keyed fingerprint of each is kept.

create table provisional_code (
  person_key bytea not null,
  id uuid not null,
  channel text not null check (channel in ('letter', 'sms', 'email')),
  code_hash bytea not null,
  -- of this code, in its whole life: by visitors who type a number, and by a visitor who was identified in this browser;
  -- failures of the person are counted in attempt
  tries integer not null default 0,
  dossier_tries integer not null default 0,
  created_at timestamptz not null,
  dead_at timestamptz not null,
  used_at timestamptz,
  superseded_at timestamptz,
  -- the notice that carries it
  notice_id uuid not null,
  primary key (person_key, id)
);
-- One open code for each channel: a code requested by another channel leaves it open.
create unique index provisional_code_alive on provisional_code (person_key, channel)
  where used_at is null and superseded_at is null;
create index provisional_code_sms on provisional_code (created_at) where channel = 'sms';
create index provisional_code_dead on provisional_code (dead_at);
