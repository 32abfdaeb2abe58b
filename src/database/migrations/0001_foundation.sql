-- What this database belongs to: the mode of the installation that made it, and the keys that its values were made
-- with, each known by a value that only that key gives.

create table installation (
  single boolean primary key default true check (single),
  mode text not null,
  made_at timestamptz not null default now(),
  -- what spreads the tables over several servers; null: they are on one
  distributed_by text check (distributed_by in ('citus'))
);

create table installation_key (
  kind text not null check (kind in ('master', 'pepper')),
  number integer not null,
  proof bytea not null,
  -- when a process first wrote with it; null while it only opens
  current_since timestamptz,
  -- when nothing of it was left
  retired_at timestamptz,
  primary key (kind, number)
);

-- Reference data, editable by the operator.

create table caisse (
  code text primary key,
  name text not null,
  departements text[] not null,
  telephone text not null,
  mailbox text,
  address text[] not null default '{}',
  website text
);

create table postal_area (
  postal_code text not null,
  caisse_code text not null,
  primary key (postal_code, caisse_code)
);

-- The register: nothing in clear. Everything about a person carries person_key, and keys and joins stay
-- inside it, so that the tables can be distributed by it.

create table insured (
  person_key bytea primary key,
  key_version integer not null,
  sealed bytea not null,
  iban_verifier bytea,
  serial_verifier bytea,
  -- keyed, of all that the last import stored: who did not change is not written again
  row_fingerprint bytea,
  -- keyed, of the line it was read from and of what judged that line: the same line is not read again
  line_fingerprint bytea,
  -- the key of both verifiers, which only an import can make anew
  proof_version integer,
  -- the import that wrote it
  batch uuid not null,
  updated_at timestamptz not null
);

-- What was imported, and of when: no older file is taken for a newer one. A day spans from as_from to as_until.

create table register_import (
  id uuid primary key,
  at timestamptz not null,
  as_from timestamptz not null,
  as_until timestamptz not null,
  -- of the file
  sha256 bytea not null,
  people integer not null
);
create index register_import_at on register_import (at);
create index register_import_sha256 on register_import (sha256);

create table dossier (
  person_key bytea not null,
  id uuid not null,
  answers bytea not null,
  step text not null,
  version integer not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  closed_at timestamptz,
  primary key (person_key, id)
);

-- One account per person: the primary key. One account per address: email_claim's.

create table account (
  person_key bytea primary key,
  status text not null check (status in ('pending', 'active', 'frozen', 'disabled')),
  contact bytea not null,
  email_key bytea not null,
  language text not null,
  route text not null,
  caisse_code text,
  created_at timestamptz not null,
  pending_until timestamptz not null,
  link_dead_at timestamptz not null,
  next_reminder_at timestamptz,
  confirmed_at timestamptz,
  last_sent_at timestamptz not null,
  resends integer not null default 0,
  last_used_at timestamptz not null,
  unused_warned_at timestamptz,
  -- why and since when it is disabled, where the register says so, and what it was before
  closed_for text check (closed_for in ('deceased')),
  closed_from text,
  closed_since timestamptz,
  -- somebody said «ce n'est pas moi»
  frozen_at timestamptz
);
create index account_last_used on account (last_used_at) where status = 'active';
create index account_closed on account (closed_since) where closed_since is not null;
create index account_next_reminder on account (next_reminder_at) where status = 'pending';
create index account_pending_until on account (pending_until) where status = 'pending';
create index account_frozen_at on account (frozen_at) where status = 'frozen';

-- What a person signs in with, one row for each: a password, and what may stand beside it one day. A distributed database
-- keeps the reference, since both sides have the person's key. Deferrable for `compte keys retire`, which renames people.

create table credential (
  person_key bytea not null references account (person_key) on delete cascade deferrable,
  id uuid not null,
  kind text not null check (kind in ('password')),
  -- `known-devices-only`: strangers tried it too often; `disabled`: worth nothing until another one is chosen
  state text not null check (state in ('usable', 'known-devices-only', 'disabled')),
  -- its owner’s name for it, among others of its kind
  label text,
  -- of a password: its peppered hash; nothing is kept of a disabled one
  secret text,
  created_at timestamptz not null,
  -- when the secret was last chosen; hashing it anew at a higher cost does not count
  changed_at timestamptz not null,
  state_changed_at timestamptz not null,
  last_used_at timestamptz,
  use_count integer not null default 0,
  primary key (person_key, id),
  check ((secret is null) = (state = 'disabled'))
);
-- One password per person.
create unique index credential_password on credential (person_key) where kind = 'password';

create table email_claim (
  email_key bytea primary key,
  person_key bytea not null,
  claimed_at timestamptz not null,
  -- null once the address is confirmed: an unconfirmed one is not reserved for ever
  expires_at timestamptz
);

create table consent (
  person_key bytea not null references account (person_key) on delete cascade deferrable,
  id uuid not null,
  purpose text not null,
  answer boolean not null,
  version text not null,
  text text not null,
  language text not null,
  at timestamptz not null,
  primary key (person_key, id)
);

create table terms_acceptance (
  person_key bytea not null references account (person_key) on delete cascade deferrable,
  id uuid not null,
  version text not null,
  text_hash bytea not null,
  language text not null,
  at timestamptz not null,
  primary key (person_key, id)
);

-- Secrets sent by e-mail (activation, new address, forgotten password), kept as hashes only.

create table email_confirmation (
  person_key bytea not null references account (person_key) on delete cascade deferrable,
  id uuid not null,
  purpose text not null check (purpose in ('activation', 'new-address', 'password-reset')),
  token_hash bytea not null,
  code_hash bytea,
  -- of its code: in the session that waits for it, and by visitors who type a number
  code_tries integer not null default 0,
  outside_tries integer not null default 0,
  address bytea,
  -- the session that asked for a new address: the others end when it is confirmed
  asked_by bytea,
  created_at timestamptz not null,
  dead_at timestamptz not null,
  superseded_at timestamptz,
  used_at timestamptz,
  primary key (person_key, id)
);
create index email_confirmation_token on email_confirmation (token_hash);

-- `created_at`: of the visit; `issued_at`: of this token. `mac`: keyed, over everything but `seen_at`.
-- A dossier is open in one session only.

create table session (
  person_key bytea not null,
  token_hash bytea not null,
  kind text not null check (kind in ('enrolment', 'waiting', 'account')),
  dossier_id uuid,
  created_at timestamptz not null,
  issued_at timestamptz not null,
  seen_at timestamptz not null,
  idle_minutes integer not null,
  expires_at timestamptz not null,
  mac bytea not null,
  primary key (person_key, token_hash),
  unique (person_key, dossier_id)
);

create table notice (
  person_key bytea not null,
  id uuid not null,
  kind text not null,
  channel text not null check (channel in ('email', 'sms', 'letter')),
  language text not null,
  content bytea,
  recipient_key bytea,
  -- requested by the proven owner of the account: what others make us send neither stops it nor is stopped by it
  by_owner boolean not null default false,
  state text not null check (state in ('queued', 'handed-over', 'deferred', 'refused', 'bounced', 'withheld')),
  tries integer not null default 0,
  reason text,
  created_at timestamptz not null,
  handed_over_at timestamptz,
  -- Of the «ce n'est pas moi» that it carries: a keyed fingerprint that finds it among those of its person, and one that
  -- holds person and notice.
  dispute_key bytea,
  dispute_bound bytea,
  primary key (person_key, id)
);

create index notice_content on notice (created_at) where content is not null;
create index notice_state on notice (state, created_at);

-- The mails that others can make us send to a mailbox, whatever person they are about: kept by the mailbox for as long as
-- they count. Those that their recipient requested do not count, nor those that were withheld, which leave it.

create table mailbox_mail (
  recipient_key bytea not null,
  -- the notice's
  id uuid not null,
  kind text not null,
  created_at timestamptz not null,
  primary key (recipient_key, id)
);
create index mailbox_mail_at on mailbox_mail (created_at);

/* When the oldest of the last p_max mails to a mailbox since an instant was sent; null: fewer were sent. Transactions that
   ask for one mailbox take turns: each sees what the one before has queued. */
create function earlier_mail(p_mailbox bytea, p_kinds text[], p_since timestamptz, p_max integer)
returns timestamptz language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('mailbox ' || encode(p_mailbox, 'hex'), 0));
  return (
    select created_at from mailbox_mail
    where recipient_key = p_mailbox and kind = any(p_kinds) and created_at > p_since
    order by created_at desc limit 1 offset p_max - 1
  );
end
$$;

-- To whom leads what cannot carry the key of a person (a code to type, the id in the report of a server), found by a hash of
-- it: who is asked with one then looks among the rows of that person only.

create table signpost (
  name_hash bytea primary key,
  person_key bytea not null,
  until timestamptz not null
);
create index signpost_person on signpost (person_key);
create index signpost_until on signpost (until);

-- Failures of a person, an address, a mailbox … within sliding windows, for existing and unknown alike.

create table attempt (
  kind text not null,
  subject bytea not null,
  failures timestamptz[] not null default '{}',
  -- beside each failure: of a client's, whom it was about; of a person's, whom it came from
  others bytea[] not null default '{}',
  consecutive integer not null default 0,
  blocked_until timestamptz,
  -- when its alarm was last raised
  spread_told_at timestamptz,
  primary key (kind, subject)
);

create table request_count (
  client bytea not null,
  window_start timestamptz not null,
  hits integer not null,
  primary key (client, window_start)
);

/* Until when a subject is refused, null when it may try: the latest end among the fixed delay and each window
   (a number of failures within a number of seconds) that is full. */
create function attempt_blocked_until(
  failures timestamptz[], fixed timestamptz, at timestamptz, maxima integer[], seconds integer[]
) returns timestamptz language sql immutable as $$
  select max(ends) from (
    select fixed as ends where fixed > at
    union all
    select (
      select failure from unnest(failures) as failure
      where failure > at - make_interval(secs => seconds[i])
      order by failure desc offset maxima[i] - 1 limit 1
    ) + make_interval(secs => seconds[i])
    from generate_subscripts(maxima, 1) as i
  ) as candidates
$$;

/* What a try counts against, as limits/attempt.ts writes it. Without `counts` it is only looked at. */
create type attempt_tried as (
  kind text, subject bytea, other bytea, counts boolean, forgives boolean,
  maxima integer[], seconds integer[], delay_failures integer[], delay_seconds integer[], spread integer
);

/* Records the outcome of one try against all its subjects, in the order given, unless one of them is blocked: then
   nothing is counted, and the outcome must not be used. Concurrent tries of a subject take turns on its row, so the
   maxima hold under any parallelism. A right one ends the failures in a row; of a subject that forgives, also those
   that were about the same person. next_at: when the subject may try next (null: now). spread: the alarm for many
   others within an hour, raised once in that hour. */
create function record_attempts(p_tried jsonb, p_ok boolean, p_at timestamptz)
returns table (blocked boolean, next_at timestamptz, consecutive integer, spread boolean) language plpgsql as $$
declare
  tried attempt_tried;
  known attempt;
  longest interval;
  delay integer;
  stopped boolean := false;
begin
  for tried in select * from jsonb_populate_recordset(null::attempt_tried, p_tried) loop
    if tried.counts then
      loop
        select * into known from attempt a where a.kind = tried.kind and a.subject = tried.subject for update;
        exit when found or p_ok;
        -- Again: what stood in its way may be gone by the time it would be locked.
        insert into attempt (kind, subject) values (tried.kind, tried.subject) on conflict do nothing;
      end loop;
    else
      select * into known from attempt a where a.kind = tried.kind and a.subject = tried.subject;
    end if;
    next_at := attempt_blocked_until(known.failures, known.blocked_until, p_at, tried.maxima, tried.seconds);
    if next_at is not null then
      stopped := true;
      return query select true, next_at, known.consecutive, false;
    end if;
  end loop;
  if stopped then return; end if;
  for tried in select * from jsonb_populate_recordset(null::attempt_tried, p_tried) loop
    if not tried.counts then
      return query select false, null::timestamptz, 0, false;
      continue;
    end if;
    -- All are locked by now, but those that began since: another try has one, and may wait for what this one has.
    select * into known from attempt a where a.kind = tried.kind and a.subject = tried.subject
      for update skip locked;
    if p_ok then
      if known.consecutive > 0 or tried.forgives and tried.other = any(known.others) then
        update attempt a set consecutive = 0, blocked_until = null,
          failures = array(select f from unnest(known.failures, known.others) with ordinality as kept (f, o, n)
            where not tried.forgives or o is distinct from tried.other order by n),
          others = array(select o from unnest(known.others) with ordinality as kept (o, n)
            where not tried.forgives or o is distinct from tried.other order by n)
          where a.kind = tried.kind and a.subject = tried.subject;
      end if;
      return query select false, null::timestamptz, 0, false;
      continue;
    end if;
    longest := make_interval(secs => (select coalesce(max(s), 0) from unnest(tried.seconds) as s));
    select coalesce(array_agg(f order by n), '{}'), coalesce(array_agg(o order by n), '{}')
      into known.failures, known.others
      from unnest(known.failures || p_at, known.others || tried.other) with ordinality as kept (f, o, n)
      where f > p_at - longest;
    known.consecutive := known.consecutive + 1;
    delay := null;
    select s into delay from unnest(tried.delay_failures, tried.delay_seconds) as step (f, s)
      where f <= known.consecutive order by f desc limit 1;
    known.blocked_until := p_at + make_interval(secs => delay);
    spread := tried.spread is not null
      and coalesce(known.spread_told_at <= p_at - interval '1 hour', true)
      and (select count(distinct o) from unnest(known.failures, known.others) as recent (f, o)
        where f > p_at - interval '1 hour') >= tried.spread;
    update attempt a
      set failures = known.failures, others = known.others, consecutive = known.consecutive,
        blocked_until = known.blocked_until,
        spread_told_at = case when spread then p_at else known.spread_told_at end
      where a.kind = tried.kind and a.subject = tried.subject;
    return query select false,
      attempt_blocked_until(known.failures, known.blocked_until, p_at, tried.maxima, tried.seconds),
      known.consecutive, spread;
  end loop;
end
$$;

/* Takes back the failures that were counted at an instant for a try before its outcome was known. After a right one
   (p_ok) the failures in a row are over; otherwise nothing but this try was undone. */
create function release_attempts(p_tried jsonb, p_ok boolean, p_at timestamptz)
returns void language plpgsql as $$
declare
  tried attempt_tried;
  known attempt;
  place integer;
begin
  for tried in select * from jsonb_populate_recordset(null::attempt_tried, p_tried) loop
    select * into known from attempt a where a.kind = tried.kind and a.subject = tried.subject for update;
    if not found then continue; end if;
    select max(n) into place from unnest(known.failures, known.others) with ordinality as counted (f, o, n)
      where f = p_at and o is not distinct from tried.other;
    if place is not null then
      known.failures := known.failures[:place - 1] || known.failures[place + 1:];
      known.others := known.others[:place - 1] || known.others[place + 1:];
      known.consecutive := greatest(known.consecutive - 1, 0);
    end if;
    if known.failures = '{}' and (p_ok or known.consecutive = 0) and known.spread_told_at is null then
      delete from attempt a where a.kind = tried.kind and a.subject = tried.subject;
      continue;
    end if;
    update attempt a
      set failures = known.failures, others = known.others,
        consecutive = case when p_ok then 0 else known.consecutive end,
        blocked_until = case when p_ok or not p_at <= any(known.failures) then null else known.blocked_until end
      where a.kind = tried.kind and a.subject = tried.subject;
  end loop;
end
$$;

/* The end of a try of which p_claimed was counted before its outcome was known: p_watched is recorded now, and what
   was claimed is given back when the outcome is right. It must not be used when a row is blocked. */
create function settle_attempts(p_claimed jsonb, p_watched jsonb, p_ok boolean, p_at timestamptz)
returns table (blocked boolean, next_at timestamptz, consecutive integer, spread boolean) language plpgsql as $$
declare
  stopped boolean := false;
begin
  for blocked, next_at, consecutive, spread in select * from record_attempts(p_watched, p_ok, p_at) loop
    stopped := stopped or blocked;
    return next;
  end loop;
  if p_ok then
    perform release_attempts(p_claimed, not stopped, p_at);
  end if;
end
$$;

-- The audit trail: append-only, each person's events chained by hash. No personal data in clear.

create table audit_event (
  person_key bytea not null,
  seq integer not null,
  at timestamptz not null,
  -- who acted: an agent and a trainer by an opaque name
  actor text not null check (actor in ('person', 'agent', 'trainer', 'system', 'program')),
  actor_id text check (actor_id ~ '^[A-Za-z0-9_-]{1,64}$'),
  kind text not null,
  details jsonb not null default '{}',
  previous bytea not null,
  hash bytea not null,
  primary key (person_key, seq),
  check ((actor_id is not null) = (actor in ('agent', 'trainer')))
);
-- Events come in the order of their time, so that this costs next to nothing.
create index audit_event_at on audit_event using brin (at);

create function audit_hash(
  previous bytea, person_key bytea, seq integer, at timestamptz, actor text, actor_id text, kind text, details jsonb
) returns bytea language sql stable as $$
  select sha256(previous || person_key || convert_to(
    concat_ws(' ', seq, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
      actor || coalesce(':' || actor_id, ''), kind, details::text), 'UTF8'))
$$;

-- The end of each chain, and what was last vouched for by a key outside the database: seal.ts.

create table audit_head (
  person_key bytea primary key,
  seq integer not null,
  hash bytea not null,
  sealed_seq integer,
  sealed_hash bytea,
  mac bytea
);
create index audit_head_unsealed on audit_head (person_key) where sealed_seq is distinct from seq;

create table audit_seal (
  single boolean primary key default true check (single),
  sealed bytea not null,
  at timestamptz not null
);

/* Undoes the statement that calls it unless a write in it changed a row. */
create function require_change(p_changed bigint) returns bigint language plpgsql as $$
begin
  if p_changed = 0 then raise exception 'nothing changed' using errcode = 'CA001'; end if;
  return p_changed;
end
$$;

/* Adds an event to the chain of its person: numbers it and chains it, one writer of a chain at a time. With the rights of
   the caller, who can add events and move the end of a chain, and neither change nor delete an event. */
create function audit_append(
  p_person bytea, p_at timestamptz, p_actor text, p_actor_id text, p_kind text, p_details jsonb
) returns void language plpgsql as $$
declare
  v_seq integer;
  v_previous bytea;
  v_hash bytea;
begin
  select seq, hash into v_seq, v_previous from audit_head where person_key = p_person for update;
  if not found then
    insert into audit_head (person_key, seq, hash) values (p_person, 0, '') on conflict do nothing;
    select seq, hash into v_seq, v_previous from audit_head where person_key = p_person for update;
  end if;
  v_seq := v_seq + 1;
  v_hash := audit_hash(v_previous, p_person, v_seq, p_at, p_actor, p_actor_id, p_kind, p_details);
  insert into audit_event (person_key, seq, at, actor, actor_id, kind, details, previous, hash)
  values (p_person, v_seq, p_at, p_actor, p_actor_id, p_kind, p_details, v_previous, v_hash);
  update audit_head set seq = v_seq, hash = v_hash where person_key = p_person;
end
$$;

/* Deletes the chain of one person, if it is whole, and its last event, which is not later than an instant: the role that
   adds events deletes none otherwise. Answers its end; nothing when it was written to meanwhile, or is being written to.
   Called by itself: on a distributed database it has connections of its own, as the owner. */
create function purge_chain(p_person bytea, p_before timestamptz)
returns setof audit_head language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_head audit_head;
  v_events bigint;
  v_last timestamptz;
  v_hash bytea;
begin
  select * into v_head from audit_head where person_key = p_person for update skip locked;
  if not found then return; end if;
  select count(*), max(at) into v_events, v_last from audit_event where person_key = p_person;
  select hash into v_hash from audit_event where person_key = p_person and seq = v_head.seq;
  if v_events <> v_head.seq or v_last > p_before or v_hash is distinct from v_head.hash then return; end if;
  delete from audit_event where person_key = p_person;
  delete from audit_head where person_key = p_person;
  return next v_head;
end
$$;
