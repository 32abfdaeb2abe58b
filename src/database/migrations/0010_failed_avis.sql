-- outside a transaction
-- Mails that told of a deposit and did not arrive: each is followed up once, by sending on paper what matters.

alter table notice add column if not exists followed_up_at timestamptz;

create index concurrently if not exists notice_to_follow_up on notice (created_at)
  where kind in ('new-deposits', 'document-unread') and state in ('refused', 'bounced') and followed_up_at is null;
