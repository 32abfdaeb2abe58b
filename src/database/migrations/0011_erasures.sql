-- Whose account was erased: a backup that is restored brings it back, and a replay erases it again. Nothing about the
-- person but their key.

create table tombstone (
  person_key bytea not null,
  -- of the erasure: one row for each key of the person
  id uuid not null,
  erased_at timestamptz not null,
  reason text not null check (reason in ('asked')),
  primary key (person_key, id)
);
create index tombstone_at on tombstone (erased_at);

-- An operator closed the doors of the account: since when, and what it was before. A death closes it besides, and gives
-- back what it was then.
alter table account
  add column disabled_since timestamptz,
  add column disabled_from text check (disabled_from in ('pending', 'active', 'frozen')),
  add constraint account_disabled check ((disabled_since is null) = (disabled_from is null));
create index account_disabled_since on account (disabled_since) where disabled_since is not null;
