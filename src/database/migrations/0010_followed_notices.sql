-- outside a transaction
-- Mails that told of a deposit and did not arrive, and letters with a document that did not: each is followed up once.

alter table notice add column if not exists followed_up_at timestamptz;

create index concurrently if not exists notice_to_follow_up on notice (created_at)
  where kind in ('new-deposits', 'document-unread', 'document-letter')
    and state in ('refused', 'bounced', 'withheld') and followed_up_at is null;
