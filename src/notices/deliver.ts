import { type Kysely, sql } from 'kysely';
import type { Clock } from '#src/clock.ts';
import type { Keyring } from '#src/crypto/keyring.ts';
import type { Database, NoticeTable } from '#src/database/tables.ts';
import type { JobData } from '#src/jobs.ts';
import { composeMail } from '#src/notices/messages/compose.ts';
import { isMail, type Notice, noticeLanguage, openNotice, outsiderKinds } from '#src/notices/notice.ts';
import type { HandOver, MailTransport } from '#src/notices/transport.ts';
import type { Policy } from '#src/policy/schema.ts';

export interface Delivering {
  readonly db: Kysely<Database>;
  readonly keyring: Keyring;
  readonly clock: Clock;
  readonly policy: Pick<Policy, 'limits' | 'support' | 'serviceName' | 'password'>;
  readonly transport: Pick<MailTransport, 'send'>;
  /** Without a final slash: every link starts with it. */
  readonly publicUrl: string;
  readonly senderName: string;
}

/** What became of a notice; `skipped`: there was nothing left to do. Reasons never hold personal data. */
export type Delivery =
  | { readonly state: 'handed-over' | 'skipped' }
  | { readonly state: 'deferred' | 'refused' | 'withheld'; readonly reason: string };

const giveUpAfterMs = 24 * 3_600_000;

/**
 * Sends the mail of one notice and writes down what became of it, unless that is settled already.
 *
 * At least once: a process killed after the server's 250 and before the write sends one copy more, under the
 * same Message-ID. A deferred mail is given up (`refused`) after 24 hours. Mails that an outsider can cause are
 * withheld beyond the policy's `mailsPerAddress`, all accounts together, and when their link is dead already.
 */
export async function deliverNotice(
  delivering: Delivering,
  { personKey, id }: JobData['deliver-notice'],
): Promise<Delivery> {
  const { db, clock } = delivering;
  const row = await db
    .updateTable('notice')
    .set({ tries: sql`tries + 1` })
    .where('person_key', '=', Buffer.from(personKey, 'hex'))
    .where('id', '=', id)
    .where('state', 'in', ['queued', 'deferred'])
    .where('channel', '=', 'email')
    .returningAll()
    .executeTakeFirst();
  if (!row) return { state: 'skipped' };
  const delivery = await attempt(delivering, row);
  await db
    .updateTable('notice')
    .set({
      state: delivery.state,
      reason: delivery.state === 'handed-over' ? null : delivery.reason,
      handed_over_at: delivery.state === 'handed-over' ? clock.now() : null,
    })
    .where('person_key', '=', row.person_key)
    .where('id', '=', row.id)
    .where('state', 'in', ['queued', 'deferred'])
    .execute();
  return delivery;
}

async function attempt(
  delivering: Delivering,
  row: NoticeRow,
): Promise<HandOver | { state: 'withheld'; reason: string }> {
  const { keyring, clock, transport, publicUrl, policy, senderName } = delivering;
  const { content } = row;
  if (content === null) return { state: 'refused', reason: 'no-content' };
  const now = clock.now();
  const notice = openNotice(keyring, { ...row, content });
  if (!isMail(notice)) throw new Error(`Notice ${row.id} is not a mail`);
  if (isDead(notice, now)) return { state: 'withheld', reason: 'expired' };
  if (await isOneTooMany(delivering, notice, row)) return { state: 'withheld', reason: 'too-many' };
  const language = noticeLanguage(row.language);
  const mail = composeMail(notice, language, {
    serviceName: policy.serviceName,
    telephone: policy.support.telephone,
    passwordWord: policy.password.word,
    publicUrl,
    senderName,
    at: row.created_at,
  });
  const outcome = await transport.send({
    ...mail,
    id: row.id,
    to: notice.content.address,
    language,
    at: now,
  });
  const old = now.getTime() - row.created_at.getTime() > giveUpAfterMs;
  if (outcome.state === 'deferred' && old) return { state: 'refused', reason: `gave-up-${outcome.reason}` };
  return outcome;
}

type NoticeRow = Pick<
  NoticeTable,
  'person_key' | 'id' | 'kind' | 'language' | 'content' | 'recipient_key' | 'created_at'
>;

function isDead({ content }: Notice, now: Date): boolean {
  return 'token' in content && new Date(content.until) < now;
}

/** Counts earlier mails only, whatever became of those not withheld: two at once never both take the last place. */
async function isOneTooMany({ db, policy }: Delivering, { kind }: Notice, row: NoticeRow): Promise<boolean> {
  if (row.recipient_key === null || !outsiderKinds.includes(kind)) return false;
  const { max, perSeconds } = policy.limits.mailsPerAddress;
  const since = new Date(row.created_at.getTime() - perSeconds * 1000);
  const { count } = await db
    .selectFrom('notice')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('recipient_key', '=', row.recipient_key)
    .where('kind', 'in', outsiderKinds)
    .where('state', '!=', 'withheld')
    .where('created_at', '>', since)
    .where(sql<boolean>`(created_at, id) < (${row.created_at}, ${row.id}::uuid)`)
    .executeTakeFirstOrThrow();
  return Number(count) >= max;
}
