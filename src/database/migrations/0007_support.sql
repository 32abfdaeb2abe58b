-- What is done now and then, each run by its name. A run without an end is under way while it is seen: one node
-- at a time, whatever the others think of the time.

create table job_run (
  name text not null,
  id uuid not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  outcome text not null check (outcome in ('under-way', 'done', 'failed', 'lost')),
  counts jsonb not null default '{}',
  -- by the clock of the database: the one that all nodes share
  seen_at timestamptz not null default now(),
  primary key (name, id)
);
create unique index job_run_under_way on job_run (name) where outcome = 'under-way';
create index job_run_started on job_run (name, started_at desc);
create index job_run_done on job_run (name, started_at desc) where outcome = 'done';

-- How many rows there are of what is watched, counted now and then by one worker and read by all: one row.
create table row_counts (
  one boolean primary key default true check (one),
  counted_at timestamptz not null,
  counts jsonb not null
);

/* Eight letters and digits that are not mistaken for one another, in two groups: what a person reads to an agent.
   40 random bits that say nothing about anybody. */
create function new_support_code() returns text language sql volatile as $$
  select string_agg(
    substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', 1 + (get_byte(bits, place) & 31), 1)
      || case when place = 3 then '-' else '' end,
    '' order by place)
  from (select sha256(uuid_send(gen_random_uuid())) as bits) as random, generate_series(0, 7) as place
$$;

alter table dossier add column support_code text not null default new_support_code();
create index dossier_support_code on dossier (support_code);

-- The deadline whose passing is already in the audit trail: recorded once for each time that the account was pending.

alter table account add column expiry_told timestamptz;

-- Browsers that have signed in to an account: others' failures do not stop them. The hash holds the person too, so
-- that a browser that two people share does not tie them together.

create table known_device (
  person_key bytea not null references account (person_key) on delete cascade deferrable,
  token_hash bytea not null,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (person_key, token_hash)
);
create index known_device_expires on known_device (expires_at);
