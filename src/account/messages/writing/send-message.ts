import type { SignedIn } from '#src/access/who.ts';
import { type Addressee, keyOfMessages } from '#src/account/messages/addressee.ts';
import { messageRefused, messageSent } from '#src/account/messages/events.ts';
import { holdingOpen } from '#src/accounts/lock-account.ts';
import { attachingDrafts } from '#src/archive/draft.ts';
import { listAttachments } from '#src/archive/store.ts';
import { recording } from '#src/audit/record.ts';
import { also, atOnce, required, requiredSelect } from '#src/database/at-once.ts';
import { afterWorkingDays } from '#src/letters/expected.ts';
import { recordAttempt, refusal } from '#src/limits/record-attempt.ts';
import { newMessageId } from '#src/messages/message-id.ts';
import { findThread, storingMessage } from '#src/messages/store.ts';
import type { Services } from '#src/services.ts';
import { endOfParisDay, parisDay } from '#src/time/paris.ts';

type Needed = Pick<Services, 'db' | 'keyring' | 'random' | 'limits' | 'events' | 'policy'>;

/** A message as it was written. `id`: chosen when its page was shown, so that it is sent once. */
export interface WrittenMessage {
  readonly id: string;
  readonly subject: string;
  readonly text: string;
  /** How many files were added to it. */
  readonly files: number;
}

export type Sending =
  | { readonly kind: 'sent'; readonly threadId: string }
  | { readonly kind: 'blocked'; readonly until: Date }
  /** Nothing was sent: another message went first, from another tab, with the files that were added to this one. */
  | { readonly kind: 'files-went' }
  /** Nothing was sent: the account is not open any more. */
  | { readonly kind: 'gone' };

/** Until when an answer is announced: the end of a working day. */
export function answerBy({ account }: Services['policy'], now: Date): Date {
  return endOfParisDay(afterWorkingDays(parisDay(now), account.answerDays));
}

/**
 * Sends a message with the files that were added to it. The same message sent again changes nothing. Another one under an
 * id that is taken, from a second tab, is sent under a new one with the files that were added since; where the first took
 * files along and none is left, the person says what is to leave without them.
 */
export async function sendMessage(
  services: Needed,
  who: SignedIn,
  addressee: Addressee,
  written: WrittenMessage,
  now: Date,
): Promise<Sending> {
  const { db, keyring, random, limits } = services;
  const personKey = await keyOfMessages(services, who);
  const about = { person: who.account.personKey, actor: { kind: 'person' } } as const;
  const counted = [{ rule: limits.message, subject: who.account.personKey }];
  const attempt = await recordAttempt(services, now, false, counted, null);
  if (attempt.kind === 'blocked') {
    await refusal(messageRefused, about).event(now).execute(db);
    return attempt;
  }
  const threadId = addressee.threadId ?? written.id;
  const from = { personKey, account: who.account };
  if (await store(services, from, addressee, written, written.id, now)) return { kind: 'sent', threadId };
  const earlier = (await findThread(db, keyring, [personKey], threadId)).find(({ id }) => id === written.id);
  if (earlier?.text === written.text && earlier.subject === written.subject)
    return { kind: 'sent', threadId };
  const went = await listAttachments(db, keyring, [personKey], [written.id]);
  if (went.length > 0 && written.files === 0) return { kind: 'files-went' };
  const anew = { ...written, id: newMessageId(keyring, who.account.contact.nir, random) };
  const isSent = await store(services, from, addressee, anew, written.id, now);
  if (!isSent) return { kind: 'gone' };
  return { kind: 'sent', threadId: addressee.threadId ?? anew.id };
}

/** False, with nothing written, when the id is taken, or the account is not open any more. `addedTo`: the id that its files name. */
function store(
  { db, keyring, policy }: Needed,
  { personKey, account }: { readonly personKey: Buffer } & Pick<SignedIn, 'account'>,
  { sender, threadId }: Addressee,
  { id, subject, text, files }: WrittenMessage,
  addedTo: string,
  now: Date,
): Promise<boolean> {
  const message = {
    ...({ personKey, id, threadId: threadId ?? id, direction: 'sent', sender: sender.code } as const),
    ...{ subject, text, answerBy: answerBy(policy, now) },
  };
  const details = { sender: sender.code, id, files };
  const event = { person: account.personKey, actor: { kind: 'person' }, at: now, details } as const;
  return atOnce(db, [
    requiredSelect(holdingOpen(db, account.personKey)),
    required(storingMessage(db, keyring, message, now)),
    also(attachingDrafts(db, personKey, { addedTo, messageId: id }, now)),
    recording(db, messageSent, event),
  ]);
}
