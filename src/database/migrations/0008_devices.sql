-- What a known browser is, in a few words that many share, for its owner to recognise it; whether a password was
-- typed in it: one that only FranceConnect opened is not spared the failures of others.

alter table known_device
  add column browser text not null default 'other',
  add column system text not null default 'other',
  add column with_password boolean not null default true;

-- The browser in which the account was created, as `known_device` stores one: its first sign-in is no news.

alter table account add column created_in bytea;
