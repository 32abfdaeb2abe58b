import { recording } from '#src/audit/record.ts';
import { also, atOnce, required, requiredSelect, type Write } from '#src/database/at-once.ts';
import type { NoticeTable } from '#src/database/tables.ts';
import type { Delivering } from '#src/delivery/delivering.ts';
import { depositMailHandedOver, depositMailRefused } from '#src/delivery/events.ts';
import { giveFairTime } from '#src/delivery/fair-time.ts';
import { mailOf } from '#src/delivery/mail.ts';
import { isOneTooMany } from '#src/delivery/one-too-many.ts';
import { smsOf } from '#src/delivery/sms/sms.ts';
import type { HandOver } from '#src/delivery/transport.ts';
import type { JobData } from '#src/jobs/jobs.ts';
import { expectingReports } from '#src/notices/after-hand-over.ts';
import { isMail, isSms, type Notice, openNotice, uncountingMail, withUntil } from '#src/notices/notice.ts';
import {
  type DeferralReason,
  type DeliveryRefusal,
  deferralReason,
  type WithholdingReason,
} from '#src/notices/reasons.ts';
import { refusesReminders } from '#src/notices/reminders/refusals.ts';
import { avisKinds, isReminder } from '#src/notices/reminders/unsubscribe-token.ts';
import { beginTry, endingTry, holdingWaiting, type TriedNotice } from '#src/notices/tries.ts';

/** What became of a notice; `skipped`: there was nothing left to do. Reasons never hold personal data. */
export type Delivery = Settled | { readonly state: 'skipped' };

/** For the log: `detail`, a status or code of the server's reply; `error`, what was thrown. */
interface ForLog {
  readonly detail?: string;
  readonly error?: unknown;
}

type Settled =
  | { readonly state: 'handed-over' }
  | ({ readonly state: 'deferred'; readonly reason: DeferralReason } & ForLog)
  | ({ readonly state: 'refused'; readonly reason: DeliveryRefusal } & ForLog)
  | ({ readonly state: 'withheld'; readonly reason: WithholdingReason } & ForLog);

/** The notice that is about to be sent, as operators see it. */
export type TakenNotice = Pick<NoticeTable, 'id' | 'person_key' | 'kind' | 'channel'> & {
  readonly tries: number;
};

type Outcome =
  | HandOver
  | { readonly state: 'refused'; readonly reason: DeliveryRefusal }
  | { readonly state: 'withheld'; readonly reason: WithholdingReason }
  | { readonly state: 'broken'; readonly error: unknown };

const giveUpAfterMs = 24 * 3_600_000;
/** Of a notice whose message cannot be written: a key is missing, or its content does not fit its kind. */
const mostBrokenTries = 5;
/** So many tries of a mail about which a server that greets gave no answer: it may have come each time. */
const mostDoubtfulTries = 5;
const doubtfulRestMs = 2 * 3_600_000;
/** Tries in a row whose end nobody wrote down: the message may be what ends each process that reads it. */
const mostUnended = 5;

/**
 * Sends one mail or SMS and records the outcome, unless the notice is settled already. Letters are not sent here.
 *
 * Delivery is at least once: a process killed after the server's 250 and before the write sends one more copy, under
 * the same Message-ID or idempotency key. A deferred notice is given up (`refused`, `gave-up-…`) after 24 hours, one
 * whose message cannot be written, or whose process has died each time, after five tries. Withheld: what an outsider
 * caused beyond the policy's limits, a link or code that has expired or was replaced or used, reminders to a person who
 * unsubscribed from them. A mail that a server takes without an answer, again and again, is tried every two hours only. A
 * link or a code that leaves late first gets its full lifetime. `onTaken` receives the notice,
 * unless there is nothing to do.
 */
export async function deliverNotice(
  delivering: Delivering,
  { personKey, id }: JobData['deliver-notice'],
  onTaken: (notice: TakenNotice) => void = () => {},
): Promise<Delivery> {
  const { db, clock } = delivering;
  const key = { personKey: Buffer.from(personKey, 'hex'), id };
  const now = clock.now();
  const row = await beginTry(db, key, now);
  if (!row) return { state: 'skipped' };
  onTaken(row);
  if (row.not_before && row.not_before > now)
    return { state: 'deferred', reason: deferralReason(row.reason) ?? 'unknown' };
  const outcome: Outcome | null =
    row.unended > mostUnended
      ? { state: 'refused', reason: 'gave-up-broken' }
      : await attempt(delivering, row, now);
  if (!outcome) return { state: 'skipped' };
  const delivery = settled(outcome, row, now);
  const notBefore =
    outcome.state === 'deferred' ? (outcome.notBefore ?? doubtfulUntil(outcome, row, now)) : null;
  const end = endingTry(db, key, { ...delivery, notBefore }, clock.now());
  const proof = proofOf(db, row, delivery, clock.now());
  const besides = besidesEnd(db, row, delivery, clock.now());
  if (proof || besides.length > 0) await atOnce(db, [required(end), ...besides, ...(proof ? [proof] : [])]);
  else await db.executeQuery(end.compile());
  return delivery;
}

/** How long a mail rests that may already have come several times; null: it does not. */
function doubtfulUntil({ reason }: { readonly reason: DeferralReason }, { tries }: TriedNotice, now: Date) {
  const rests = reason === 'unanswered' && tries >= mostDoubtfulTries;
  return rests ? new Date(now.getTime() + doubtfulRestMs) : null;
}

function keyOf({ person_key: personKey, id }: TriedNotice) {
  return { personKey, id };
}

/** What is kept elsewhere of a mail that was handed over, or of a notice that was withheld. */
function besidesEnd(db: Delivering['db'], row: TriedNotice, { state }: Settled, now: Date): readonly Write[] {
  if (state === 'handed-over' && row.channel === 'email')
    return [also(expectingReports(db, keyOf(row), now))];
  return state === 'withheld' && row.recipient_key ? [also(uncountingMail(db, row))] : [];
}

/** The audit event of a mail of deposits: what counts as notified, and when, has to be proved. Null for other notices. */
function proofOf(
  db: Delivering['db'],
  { person_key: person, id: notice, kind }: TriedNotice,
  delivery: Settled,
  at: Date,
) {
  if (!avisKinds.some((one) => one === kind)) return null;
  const event = { person, actor: { kind: 'system' }, at } as const;
  if (delivery.state === 'handed-over')
    return recording(db, depositMailHandedOver, { ...event, details: { notice } });
  if (delivery.state !== 'refused') return null;
  return recording(db, depositMailRefused, { ...event, details: { notice, reason: delivery.reason } });
}

function settled(outcome: Outcome, row: TriedNotice, now: Date): Settled {
  if (outcome.state === 'broken') {
    const { error } = outcome;
    return row.tries < mostBrokenTries
      ? { state: 'deferred', reason: 'broken', error }
      : { state: 'refused', reason: 'gave-up-broken', error };
  }
  const since = row.retried_at ?? row.created_at;
  const givesUp = now.getTime() - since.getTime() > giveUpAfterMs;
  if (outcome.state !== 'deferred') return outcome;
  const { state, reason, detail } = outcome;
  return {
    ...(givesUp ? { state: 'refused', reason: `gave-up-${reason}` } : { state, reason }),
    ...(detail === undefined ? {} : { detail }),
  };
}

async function attempt(delivering: Delivering, row: TriedNotice, now: Date): Promise<Outcome | null> {
  const { db, keyring, policy } = delivering;
  const { content } = row;
  if (content === null) return { state: 'refused', reason: 'no-content' };
  const opened = attemptTo(() => openNotice(keyring, { ...row, content }));
  if (!opened.ok) return { state: 'broken', error: opened.error };
  if (await isOneTooMany(delivering, opened.value, row)) return { state: 'withheld', reason: 'too-many' };
  const lifetime = await giveFairTime(db, {
    personKey: row.person_key,
    noticeId: row.id,
    notice: opened.value,
    createdAt: row.created_at,
    now,
    pendingDays: policy.confirmation.selfResendUntilDays,
  });
  if (lifetime.kind === 'ended') return { state: 'withheld', reason: 'superseded' };
  const notice = lifetime.until ? withUntil(opened.value, lifetime.until) : opened.value;
  if (isExpired(notice, now)) return { state: 'withheld', reason: 'expired' };
  if (
    isMail(notice) &&
    isReminder(notice.kind) &&
    (await refusesReminders(db, keyring, notice.content.address))
  )
    return { state: 'withheld', reason: 'unsubscribed' };
  return send(delivering, notice, row, now);
}

/** Null: it was settled meanwhile. */
async function send(
  delivering: Delivering,
  notice: Notice,
  row: TriedNotice,
  now: Date,
): Promise<Outcome | null> {
  const { db, transport, secondTransport, sms } = delivering;
  if (isMail(notice)) {
    const written = attemptTo(() => mailOf(delivering, notice, row, now));
    if (!written.ok) return { state: 'broken', error: written.error };
    const { mail, second } = written.value;
    return (second && secondTransport ? secondTransport : transport).send(mail);
  }
  if (isSms(notice)) {
    const written = attemptTo(() => smsOf(delivering, notice, row));
    if (!written.ok) return { state: 'broken', error: written.error };
    if (written.value === 'not-mobile') return { state: 'refused', reason: 'not-mobile' };
    if (!sms) return { state: 'deferred', reason: 'no-gateway' };
    const key = keyOf(row);
    const goes = await atOnce(db, [
      also(expectingReports(db, key, now)),
      requiredSelect(holdingWaiting(db, key)),
    ]);
    return goes ? sms.send(written.value, now) : null;
  }
  return { state: 'refused', reason: 'channel' };
}

/** Whether the link or the code has expired: without one, a message stays useful after its date. */
function isExpired({ content }: Notice, now: Date): boolean {
  return 'until' in content && ('token' in content || 'code' in content) && new Date(content.until) < now;
}

function attemptTo<T>(make: () => T): { ok: true; value: T } | { ok: false; error: unknown } {
  try {
    return { ok: true, value: make() };
  } catch (error) {
    return { ok: false, error };
  }
}
