-- What is known of a notice after it was handed over, and when it may be tried.

alter table notice
  -- the gateway reported that it arrived
  add column delivered_at timestamptz,
  -- the recipient's server makes it wait; it is not ours to send again
  add column delayed_at timestamptz,
  -- refused, bounced or withheld since
  add column settled_at timestamptz,
  -- not to be tried before, where the gateway said so
  add column not_before timestamptz,
  -- tries since the last one that came to an end: their process died, or nobody could write how they ended
  add column unended integer not null default 0,
  -- by an operator: giving up is counted from here
  add column retried_at timestamptz;

create index notice_sms on notice (created_at) where channel = 'sms';

-- What is watched: how many wait, since when, what was given up, what failed of late. Each holds few rows.
create index notice_waiting on notice (channel, state, created_at) where state in ('queued', 'deferred');
-- In the order in which those without a job are looked for.
create index notice_to_send on notice (created_at, id)
  where state in ('queued', 'deferred') and channel <> 'letter';
create index notice_dead_letter on notice (created_at)
  where state = 'refused' and reason like 'gave-up-%' and content is not null;
create index notice_failed on notice (settled_at) where state in ('refused', 'bounced', 'withheld');

-- Mailboxes that asked for no reminders.
create table reminder_refusal (
  recipient_key bytea primary key,
  at timestamptz not null
);
