-- What a known browser is, in a few words that many share, for its owner to recognise it; whether a password was
-- typed in it: one that only FranceConnect opened is not spared the failures of others.

alter table known_device
  add column browser text not null default 'other',
  add column system text not null default 'other',
  add column with_password boolean not null default true;

-- A digest of the form that last signed in there, with the secret that binds forms to a browser: the second copy of a
-- form sent twice comes from the same one.
alter table known_device add column request_hash bytea;
create unique index known_device_request on known_device (person_key, request_hash);

/* An account knows five browsers: a sixth replaces the least recently used. Called before one is added, while the account is
   locked, so that those which are added at once are counted one after the other. */
create function make_way(p_person bytea) returns void language plpgsql as $$
begin
  delete from known_device where person_key = p_person and token_hash in (
    select token_hash from known_device where person_key = p_person order by seen_at desc offset 4
  );
end
$$;

-- The browser in which the account was created, as `known_device` stores one: its first sign-in is no news.

alter table account add column created_in bytea;
