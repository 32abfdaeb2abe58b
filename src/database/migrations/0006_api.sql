-- Answers to requests of programs that named them with an Idempotency-Key: kept for a day, sealed.
-- `response` is null while the first of them is being answered.
create table api_idempotency (
  person_key bytea not null,
  id text not null,
  request_hash bytea not null,
  response bytea,
  created_at timestamptz not null,
  primary key (person_key, id)
);
create index api_idempotency_age on api_idempotency (created_at);
