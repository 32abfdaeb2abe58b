-- FranceConnect. Who people are by civil status finds them in the register: a keyed fingerprint of birth name, first
-- given name and year of birth. Null until the register is imported again.

alter table insured add column identity_key bytea;
create index insured_identity on insured (identity_key);

-- A journey to the provider: found by the hash of its state, taken once, in the browser that began it. Sealed:
-- nonce, PKCE verifier, purpose and what was typed. Nobody is known yet, so there is no person_key.

create table franceconnect_transaction (
  state_hash bytea primary key,
  browser_hash bytea not null,
  sealed bytea not null,
  expires_at timestamptz not null
);
create index franceconnect_transaction_end on franceconnect_transaction (expires_at);

-- What is kept for one browser for a while. `outcome`: how the latest journey ended, for the page that explains it;
-- `session`: the ID token, which the provider wants back at the logout.

create table franceconnect_browser (
  browser_hash bytea not null,
  kept text not null check (kept in ('outcome', 'session')),
  sealed bytea not null,
  expires_at timestamptz not null,
  primary key (browser_hash, kept)
);
create index franceconnect_browser_end on franceconnect_browser (expires_at);

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
