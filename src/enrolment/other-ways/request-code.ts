import type { Insertable } from 'kysely';
import type { Account } from '#src/accounts/account.ts';
import { record, recording } from '#src/audit/record.ts';
import { type CountedRequest, countersOf, findHold, type Hold } from '#src/codes/holds.ts';
import { type KnownChannel, lastInstant } from '#src/codes/rules.ts';
import { newCode } from '#src/codes/shape.ts';
import { findOpenCode, type OpenCode, replacingCode } from '#src/codes/store.ts';
import { personKey } from '#src/crypto/keyring.ts';
import { atOnce } from '#src/database/at-once.ts';
import type { NoticeTable } from '#src/database/tables.ts';
import { codeRequested, codeWithheld } from '#src/enrolment/events.ts';
import type { Client } from '#src/limits/client-address.ts';
import { counting } from '#src/limits/record-attempt.ts';
import { queueingNotices } from '#src/notices/notice.ts';
import { noticeTo } from '#src/notices/notice-to.ts';
import { ownerNotice } from '#src/notices/owner-notice.ts';
import type { Services } from '#src/services.ts';
import type { Language } from '#src/texts/language.ts';

export type RequestNeeds = Pick<
  Services,
  'db' | 'keyring' | 'random' | 'policy' | 'limits' | 'jobs' | 'events'
>;

export interface CodeRequest {
  /** As the register stores it. */
  readonly personKey: Buffer;
  readonly nir: string;
  readonly to: KnownChannel;
  /** The person’s account, when one is open: a mail goes to its owner instead. */
  readonly openAccount: Account | null;
  /** Their open code of this channel, which is superseded. */
  readonly older: OpenCode | null;
  /** `personKey` and `to` belong to nobody: the same work is done, and nothing is sent. */
  readonly decoy?: true;
  /** From a browser in which the person has been identified: its tries are counted apart from those of strangers. */
  readonly own: boolean;
  readonly client: Client;
  readonly language: Language;
  /** When the page of the button was shown, if known: a page shown after a code was sent requests another one. */
  readonly shownAt?: Date | null;
  readonly now: Date;
}

export type CodeRequestResult =
  | { readonly kind: 'sent' }
  /** Until then no code is sent by this channel. */
  | { readonly kind: 'blocked'; readonly until: Date };

const sameRequestMs = 30_000;
const person = { kind: 'person' } as const;

/**
 * Sends a new provisional code by a channel that the register knows, in one statement: the open code of this channel is
 * superseded, the request is counted, and the new code, its notice with the job, and the audit event are stored. When a
 * limit is reached, only that is recorded. Codes by other channels stay open: anyone who knows an identity can request
 * codes, and a letter that takes days must not be cancelled by an SMS.
 *
 * Several requests at once, or within half a minute from one page, get one code. A person with an open account is
 * counted and answered in the same way: the code stored then is sent to nobody, and the owner of the account gets a
 * mail.
 */
export async function requestCode(needs: RequestNeeds, request: CodeRequest): Promise<CodeRequestResult> {
  const { db, keyring, random, policy, jobs } = needs;
  const { personKey, older, now } = request;
  const { channel } = request.to;
  if (isAnsweredBy(older, request)) return { kind: 'sent' };
  const counted = countedRequest(needs, request);
  const hold = await findHold(db, needs, counted);
  if (hold) return withhold(needs, request, hold);
  const id = random.uuid();
  const code = newCode(random, policy, channel);
  const notice = noticeOf(needs, request, { code, deadAt: counted.deadAt });
  const stored = { personKey, id, channel, code, deadAt: counted.deadAt, noticeId: notice.id };
  const event = { person: personKey, actor: person, at: now, details: { channel } };
  const isSent = await atOnce(db, [
    ...replacingCode(db, keyring, stored, older?.id ?? null, now),
    counting(db, countersOf(needs, counted), now),
    ...(await queueingNotices(db, jobs, [request.decoy ? withheldDecoy(notice, now) : notice])),
    recording(db, codeRequested, event),
  ]);
  if (isSent) return { kind: 'sent' };
  // A concurrent request was faster: its code is on the way, or it reached a limit.
  const reached = await findHold(db, needs, counted);
  return reached ? withhold(needs, request, reached) : { kind: 'sent' };
}

/** Nothing is sent, unless a concurrent request has just been answered. */
async function withhold(
  { db }: RequestNeeds,
  request: CodeRequest,
  { reason, until }: Hold,
): Promise<CodeRequestResult> {
  const { personKey, to, now } = request;
  const { channel } = to;
  if (isAnsweredBy(await findOpenCode(db, personKey, channel), request)) return { kind: 'sent' };
  await record(db, codeWithheld, { person: personKey, actor: person, at: now, details: { channel, reason } });
  return { kind: 'blocked', until };
}

/** A request as limits see it. A decoy has counters of its own, never those of the NIR that was typed. */
export function countedRequest(
  { keyring, policy }: Pick<RequestNeeds, 'keyring' | 'policy'>,
  request: Pick<CodeRequest, 'nir' | 'to' | 'own' | 'client' | 'now'> &
    Partial<Pick<CodeRequest, 'personKey' | 'decoy'>>,
): CountedRequest {
  const { nir, to, own, client, now } = request;
  const deadAt = lastInstant(policy, to, now);
  const decoy = request.decoy ? request.personKey : undefined;
  return decoy
    ? { subject: decoy, to, own, client, now, deadAt, decoy: true }
    : { subject: personKey(keyring, nir), to, own, client, now, deadAt };
}

/** Whether the request repeats the one that this code answered, as when a button is pressed twice. */
function isAnsweredBy(code: OpenCode | null, { shownAt, now }: CodeRequest): boolean {
  if (!code || code.wasTried) return false;
  return code.createdAt.getTime() >= Math.max(now.getTime() - sameRequestMs + 1, shownAt?.getTime() ?? 0);
}

function noticeOf(
  needs: RequestNeeds,
  { personKey, to, openAccount, language, now }: CodeRequest,
  { code, deadAt }: { readonly code: string; readonly deadAt: Date },
): Insertable<NoticeTable> & { readonly id: string } {
  const { keyring, random } = needs;
  if (openAccount)
    return ownerNotice(needs, openAccount, 'account-exists', { address: openAccount.contact.email }, now);
  const common = { keyring, personKey, id: random.uuid(), language, now };
  return noticeTo(common, to, 'provisional-code', { code, until: deadAt.toISOString() });
}

/** The notice that a decoy leaves: its job, queued as for any other, finds nothing to send. */
function withheldDecoy(notice: Insertable<NoticeTable>, now: Date): Insertable<NoticeTable> {
  return { ...notice, state: 'withheld', reason: 'decoy', settled_at: now };
}
