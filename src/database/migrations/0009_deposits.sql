-- What caisses and mutuelles deposit for a person: payments, rights, messages, documents; and what the person writes to
-- them. Everything that is about somebody is sealed.

-- Who may deposit, and the public keys that its programs sign in with.
create table sender (
  code text primary key check (code ~ '^[a-z0-9][a-z0-9-]{1,39}$'),
  -- shown to people
  name text not null,
  scopes text[] not null,
  -- a JSON Web Key Set of public keys
  keys jsonb not null,
  created_at timestamptz not null,
  disabled_at timestamptz
);

-- Assertions that a sender has signed in with: each serves once.
create table sender_assertion (
  sender text not null,
  jti_hash bytea not null,
  expires_at timestamptz not null,
  primary key (sender, jti_hash)
);
create index sender_assertion_end on sender_assertion (expires_at);

-- What was deposited under which of the sender's own ids: the same again changes nothing, other content is refused.
create table deposit (
  person_key bytea not null,
  -- of sender, kind and the sender's own id
  reference_hash bytea not null,
  -- keyed, of the content; null once its key is retired: nothing can be compared any more
  content_key bytea,
  kind text not null check (kind in ('payment', 'rights', 'message', 'document')),
  sender text not null,
  -- what it became
  id uuid not null,
  at timestamptz not null,
  primary key (person_key, reference_hash)
);
create index deposit_at on deposit using brin (at);

-- The rights of a person and of those insured with them (ayants droit), as the caisse last said.
create table rights (
  person_key bytea primary key,
  sealed bytea not null,
  sender text not null,
  deposited_at timestamptz not null
);

-- One row a payment. Partitioned by month, so that the oldest months go without deleting rows. `summary` is what a list
-- shows of it and stands in the primary key's index, which answers a list by itself; `detail` are its lines.
create table payment (
  person_key bytea not null,
  id uuid not null,
  paid_on date not null,
  summary bytea not null,
  detail bytea not null,
  deposited_at timestamptz not null,
  primary key (person_key, paid_on, id) include (summary)
) partition by range (paid_on);

/* Makes the partitions of the months from one day to another; those that exist stay. Returns how many were made. With the
   rights of the owner: the service itself may not create tables. Made apart and attached, so that nobody who reads or
   deposits waits: a table made as a partition would wait for all of them. */
create function open_payment_months(p_from date, p_until date) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  month date := date_trunc('month', p_from);
  part text;
  made integer := 0;
begin
  if p_until > p_from + 36600 then raise exception 'too many months'; end if;
  while month <= p_until loop
    part := format('payment_%s', to_char(month, 'YYYYMM'));
    if to_regclass(part) is null then
      -- Two processes that begin at once take turns.
      perform pg_advisory_xact_lock(hashtextextended('payment months', 0));
      -- Read anew: a name that was not there a moment ago is remembered as such, whatever was committed meanwhile.
      if not exists (select from pg_class where relname = part and relnamespace = 'public'::regnamespace) then
        -- An index answers alone only for pages that a vacuum has seen: it comes after every fiftieth part of the rows,
        -- not the fifth.
        execute format('create table %I (like payment including all) with (autovacuum_vacuum_insert_scale_factor = 0.02)',
          part);
        execute format('alter table payment attach partition %I for values from (%L) to (%L)',
          part, month, (month + interval '1 month')::date);
        made := made + 1;
      end if;
    end if;
    month := (month + interval '1 month')::date;
  end loop;
  return made;
end
$$;

/* Drops the oldest partition whose month ends before a day. Returns whether there was one. It needs the whole table to
   itself for a moment, and new statements wait behind it: it gives up soon. */
create function drop_payment_month(p_before date) returns boolean
language plpgsql security definer set search_path = public, pg_temp set lock_timeout = '200ms' as $$
declare
  part text;
begin
  select c.relname into part from pg_inherits i join pg_class c on c.oid = i.inhrelid
  where i.inhparent = 'payment'::regclass
    -- Compared as a name: the planner may look at other tables first, whose names hold no date.
    and c.relname < format('payment_%s', to_char(p_before, 'YYYYMM'))
  order by c.relname limit 1;
  if part is null then return false; end if;
  execute format('drop table %I', part);
  return true;
end
$$;

-- Messages between a person and a sender. A thread is named by its first message.
create table message (
  person_key bytea not null,
  id uuid not null,
  thread_id uuid not null,
  direction text not null check (direction in ('received', 'sent')),
  -- whom it came from or went to
  sender text not null,
  sealed bytea not null,
  -- of a sent one
  state text check (state in ('waiting', 'taken', 'answered')),
  -- of a sent one: until when an answer was announced
  answer_by timestamptz,
  at timestamptz not null,
  -- of a received one: when it was first read
  opened_at timestamptz,
  primary key (person_key, id),
  check ((state is null) = (direction = 'received'))
);
-- They come in the order of their time.
create index message_at on message using brin (at);
create index message_waiting on message (sender, at) where state in ('waiting', 'taken');

-- Files of a person: documents that were deposited, attachments of messages either way, and attestations made here.
create table document (
  person_key bytea not null,
  id uuid not null,
  origin text not null check (origin in ('sender', 'person', 'service')),
  -- null: made here
  sender text,
  -- the message that it is attached to
  message_id uuid,
  sealed bytea not null,
  bytes integer not null,
  -- the sender says that a person must not miss it
  matters boolean not null default false,
  deposited_at timestamptz not null,
  -- of a file that its person has added to a message not sent yet (`message_id` is the id that it will have): until when
  -- it is kept, and the thread that the message will belong to, null for a new one
  draft_until timestamptz,
  draft_thread uuid,
  -- the first time that its person opened it
  opened_at timestamptz,
  -- when a reminder left because it was unread
  reminded_at timestamptz,
  -- the letter by which it goes on paper, once; others may go in the same envelope
  letter_id uuid,
  lettered_at timestamptz,
  lettered_for text check (lettered_for in ('choice', 'unread', 'bounced', 'no-account', 'another-adult')),
  -- when it was judged whether it goes on paper at once, because of a choice or for want of an account; or when a letter
  -- was last held
  judged_at timestamptz,
  -- it should go on paper, and cannot: why it should, and why it cannot
  held_for text check (held_for in ('choice', 'unread', 'bounced', 'no-account', 'another-adult')),
  held_because text check (held_because in ('no-address', 'deceased', 'other-adult')),
  primary key (person_key, id),
  check ((held_for is null) = (held_because is null)),
  check ((letter_id is null) = (lettered_at is null) and (letter_id is null) = (lettered_for is null))
);
create index document_at on document using brin (deposited_at);
create index document_unread on document (deposited_at)
  where matters and opened_at is null and letter_id is null and held_for is null;
create index document_to_remind on document (deposited_at)
  where matters and opened_at is null and letter_id is null and reminded_at is null;
create index document_unjudged on document (deposited_at)
  where judged_at is null and origin = 'sender' and message_id is null;
create index document_held on document (judged_at) where held_for is not null and letter_id is null;
create index document_draft on document (draft_until) where draft_until is not null;
create index document_letter on document (letter_id) where letter_id is not null;
-- for operators, who know nothing but its id
create index document_id on document (id);

-- The bytes of a document in parts of at most 192 KiB, each sealed.
create table document_part (
  person_key bytea not null,
  id uuid not null,
  document_id uuid not null,
  place integer not null,
  content bytea not null,
  primary key (person_key, id),
  unique (person_key, document_id, place),
  foreign key (person_key, document_id) references document (person_key, id) on delete cascade deferrable
);
-- Sealed bytes do not compress.
alter table document_part alter column content set storage external;

-- How a person wants to be written to: on paper too, how often a mail tells of deposits, and the phrase by which they
-- recognise our mails. No row: as after the opening of an account.
create table correspondence (
  person_key bytea primary key references account (person_key) on delete cascade deferrable,
  paper boolean not null,
  -- documents deposited from then on go on paper
  paper_since timestamptz,
  -- never: the person unsubscribed by the link of such a mail, and gets paper instead
  frequency text not null check (frequency in ('at-once', 'daily', 'weekly', 'never')),
  -- the phrase
  sealed bytea,
  changed_at timestamptz not null,
  check (paper = (paper_since is not null)),
  check (paper or frequency <> 'never')
);

-- Who is to be told of deposits, and from when: one avis de dépôt for all that came until then.
create table avis (
  person_key bytea primary key references account (person_key) on delete cascade deferrable,
  due_at timestamptz not null,
  -- of each deposit, the number of whom it is about: a person who has come of age since is not counted
  members integer[] not null
);
create index avis_due on avis (due_at);

-- Attestations made here, and European cards ordered here: one of a kind and person is the latest. `sealed`: the initials
-- that anybody learns who checks one by its code.
create table attestation (
  person_key bytea not null,
  id uuid not null,
  -- `european-card`: an order, which has no code; the others are papers that anybody can check
  kind text not null check (kind in ('rights', 'european-certificate', 'european-card')),
  -- of whom, among those ever insured with the person: a number of theirs, since ranks pass on
  member integer not null,
  sealed bytea not null,
  issued_at timestamptz not null,
  valid_until timestamptz not null,
  replaced_at timestamptz,
  primary key (person_key, id)
);
create unique index attestation_latest on attestation (person_key, kind, member) where replaced_at is null;
create index attestation_end on attestation (valid_until);

-- Which attestation a code is of: found by the code, whose holder is nobody we know.
create table attestation_code (
  code_hash bytea primary key,
  person_key bytea not null,
  attestation_id uuid not null,
  -- the attestation's: a code that is left over opens nothing, and goes with it
  valid_until timestamptz not null
);
create index attestation_code_person on attestation_code (person_key);
create index attestation_code_end on attestation_code (valid_until);

-- The known browser of an account where its person chose to read without a network: a hash of what that browser then
-- presents, and until when it may keep what it shows. The choice goes with the row.
alter table known_device
  add column offline_hash bytea,
  add column offline_until timestamptz,
  add constraint known_device_offline check ((offline_hash is null) = (offline_until is null));
