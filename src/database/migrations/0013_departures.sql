-- Who left the register, and what becomes of their account.

-- since when the register says that the person left it; null: they are in it
alter table insured add column left_since timestamptz;

alter table account
  -- since when its person has left the register, and until when it stays open nevertheless
  add column left_since timestamptz,
  add column kept_until timestamptz,
  -- when its person was told of that, and the mail that told them, until its fate is known
  add column left_told_at timestamptz,
  add column left_notice uuid,
  add constraint account_left check ((left_since is null) = (kept_until is null)),
  drop constraint account_closed_for_check,
  add constraint account_closed_for_check check (closed_for in ('deceased', 'left'));
create index account_left on account (left_since) where left_since is not null or left_told_at is not null or closed_for = 'left';

alter table document
  drop constraint document_lettered_for_check,
  add constraint document_lettered_for_check
    check (lettered_for in ('choice', 'unread', 'bounced', 'no-account', 'another-adult', 'left')),
  drop constraint document_held_for_check,
  add constraint document_held_for_check
    check (held_for in ('choice', 'unread', 'bounced', 'no-account', 'another-adult', 'left'));
