import { type RawBuilder, sql } from 'kysely';
import type { noticeRow } from '#src/notices/notice.ts';

/** A secret sent by e-mail, as stored: hashes only. */
export interface StoredConfirmation {
  readonly id: string;
  readonly tokenHash: Buffer;
  readonly codeHash: Buffer;
}

export interface Issue {
  /** The part of the caller's statement that answers the account's `person_key`, or nothing when none is written to. */
  readonly of: 'made' | 'sent';
  readonly personKey: Buffer;
  /** The address under every key version, the current one first (`emailKeys`). */
  readonly addressKeys: readonly Buffer[];
  readonly uniqueEmail: boolean;
  readonly confirmation: StoredConfirmation;
  /** Its kind becomes `address-taken` when somebody else holds the address. */
  readonly notice: ReturnType<typeof noticeRow>;
  /** When the link and the code die. */
  readonly deadAt: Date;
  /** Until when the address is held for the account without being confirmed. */
  readonly pendingUntil: Date;
  readonly at: Date;
}

/**
 * The parts of a statement that write to a pending account: its address is claimed unless another account holds
 * it, older links and codes die, the new ones are stored, the notice waits for its job.
 *
 * The unique constraint holds for one key version: a claim made under an older key is looked for beside it.
 */
export function issued(issue: Issue): RawBuilder<unknown> {
  const { personKey, uniqueEmail, confirmation, notice, deadAt, pendingUntil, at } = issue;
  const [addressKey, ...olderKeys] = issue.addressKeys;
  const account = sql.table(issue.of);
  return sql`claimed as (
      insert into email_claim as known (email_key, person_key, claimed_at, expires_at)
      select ${addressKey}::bytea, person_key, ${at}::timestamptz, ${pendingUntil}::timestamptz from ${account}
      where ${uniqueEmail} and not exists (
        select from email_claim older where older.email_key = any(${olderKeys}::bytea[])
          and older.person_key <> ${personKey} and (older.expires_at is null or older.expires_at > ${at}))
      on conflict (email_key) do update set person_key = excluded.person_key, claimed_at = excluded.claimed_at,
        expires_at = excluded.expires_at
      where known.expires_at <= ${at} or known.person_key = excluded.person_key
      returning 1
    ), superseded as (
      update email_confirmation set superseded_at = ${at} from ${account}
      where email_confirmation.person_key = ${personKey} and purpose = 'activation'
        and used_at is null and superseded_at is null
    ), confirmation as (
      insert into email_confirmation (person_key, id, purpose, token_hash, code_hash, created_at, dead_at)
      select person_key, ${confirmation.id}::uuid, 'activation', ${confirmation.tokenHash}::bytea,
        ${confirmation.codeHash}::bytea, ${at}::timestamptz, ${deadAt}::timestamptz from ${account}
    ), noticed as (
      insert into notice (person_key, id, kind, channel, language, content, recipient_key, state, created_at)
      select person_key, ${notice.id}::uuid,
        case when ${!uniqueEmail} or exists (select from claimed) then ${notice.kind}::text else 'address-taken' end,
        ${notice.channel}::text, ${notice.language}::text, ${notice.content}::bytea, ${notice.recipient_key}::bytea,
        'queued', ${at}::timestamptz from ${account}
    )`;
}
