-- FranceConnect. Who people are by civil status finds them in the register: a keyed fingerprint of birth name, first
-- given name and year of birth. Null until the register is imported again.

alter table insured add column identity_key bytea;
create index insured_identity on insured (identity_key);

-- A journey to an OpenID provider: found by the hash of its state, taken once, in the browser that began it, by the
-- return from that provider only. Sealed: nonce, PKCE verifier, what it is for and what was typed. Nobody is known yet,
-- so there is no person_key.

create table oidc_transaction (
  state_hash bytea primary key,
  provider text not null,
  browser_hash bytea not null,
  sealed bytea not null,
  expires_at timestamptz not null
);
create index oidc_transaction_end on oidc_transaction (expires_at);

-- What is kept for one browser at one provider for a while. `outcome`: how the latest journey ended, for the page that
-- explains it; `session`: the ID token, which the provider wants back at the logout.

create table oidc_browser (
  browser_hash bytea not null,
  provider text not null,
  kept text not null check (kept in ('outcome', 'session')),
  sealed bytea not null,
  expires_at timestamptz not null,
  primary key (browser_hash, provider, kept)
);
create index oidc_browser_end on oidc_browser (expires_at);

-- Which subject an account is linked to, within its person: one per account.

create table franceconnect_link (
  person_key bytea primary key references account (person_key) on delete cascade deferrable,
  subject_key bytea not null,
  linked_at timestamptz not null
);

-- Whose account a subject opens, found by the subject: one account per subject. A row that no link of that account
-- answers to is left over and opens nothing.

create table franceconnect_subject (
  subject_key bytea primary key,
  person_key bytea not null
);
create index franceconnect_subject_person on franceconnect_subject (person_key);
