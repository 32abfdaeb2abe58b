import { createHash } from 'node:crypto';
import type { SignedIn } from '#src/access/who.ts';
import { type Addressee, keyOfMessages } from '#src/account/messages/addressee.ts';
import { fileTitle } from '#src/account/messages/writing/file-title.ts';
import {
  addDraftPart,
  beginningDraft,
  finishingDraft,
  listDrafts,
  removingDraft,
} from '#src/archive/draft.ts';
import { partBytes } from '#src/archive/part.ts';
import { readContent } from '#src/archive/store.ts';
import type { FileProblem } from '#src/files/judge-file.ts';
import { type MediaType, mediaType } from '#src/files/media-type.ts';
import { type UnreadFormat, unreadFormat } from '#src/files/unread-format.ts';
import { recordAttempt } from '#src/limits/record-attempt.ts';
import { isMessageIdOf } from '#src/messages/message-id.ts';
import type { Services } from '#src/services.ts';
import type { IncomingFile, PageRequest } from '#src/web/page.ts';

/** Files of one message. */
export const mostFiles = 5;
const draftHours = 24;

/** Why a file was not added. `too-many`: the message has five; `later`: it cannot be judged now; `limit`: one of too many today. */
export type NotTaken = FileProblem | UnreadFormat | 'too-many' | 'later' | 'limit';

/** What became of a file; `nowhere`: it came with a form to which no file belongs. */
export type Taken =
  | { readonly kind: 'kept' | 'nowhere' }
  | { readonly kind: 'not-kept'; readonly title: string; readonly why: NotTaken };

type Needed = Pick<Services, 'db' | 'keyring' | 'random' | 'clock' | 'limits' | 'events' | 'judgeStored'>;

/**
 * Adds a file to the message that somebody writes, as a draft: its bytes are stored, sealed, as they come, then judged
 * once it is their turn, so that neither a slow line nor a queue holds them in memory. What is unfit is removed again.
 */
export async function takeFile(
  services: Needed,
  request: PageRequest<SignedIn>,
  addressee: Addressee | null,
  file: IncomingFile,
): Promise<Taken> {
  const messageId = request.typed.text('message');
  const { nir } = request.account.contact;
  if (!addressee || !isMessageIdOf(services.keyring, nir, messageId)) return { kind: 'nowhere' };
  const title = fileTitle(file.name);
  const why = await take(services, request, { ...addressee, messageId, title }, file);
  return why === null ? { kind: 'kept' } : { kind: 'not-kept', title, why };
}

type Place = Addressee & { readonly messageId: string; readonly title: string };

/** A draft whose bytes are there. */
interface Stored {
  readonly type: MediaType;
  readonly bytes: number;
  readonly sha256: string;
}

async function take(
  services: Needed,
  request: PageRequest<SignedIn>,
  place: Place,
  file: IncomingFile,
): Promise<NotTaken | null> {
  const { db, keyring, limits, random } = services;
  const { account, now } = request;
  if (file.isCut()) return 'too-large';
  const counted = [{ rule: limits.messageFile, subject: account.personKey }];
  if ((await recordAttempt(services, now, false, counted, null)).kind === 'blocked') return 'limit';
  const draft = { personKey: await keyOfMessages(services, request), id: random.uuid() };
  // Files of one form keep their order.
  const stored = await store(services, draft, place, services.clock.now(), file);
  if (typeof stored === 'string') return stored;
  const unfit = await judge(services, draft, request);
  const twice = unfit === null && (await hasSame(services, draft, place, stored, now));
  if (unfit !== null || twice) {
    await db.executeQuery(removingDraft(db, draft.personKey, draft.id).compile());
    return unfit;
  }
  const { type, bytes, sha256 } = stored;
  const finishing = finishingDraft(db, keyring, {
    ...draft,
    about: { title: place.title, type, sha256 },
    bytes,
  });
  await db.executeQuery(finishing.compile());
  return null;
}

type DraftKey = { readonly personKey: Buffer; readonly id: string };

/** Stores the bytes of a file in parts, as they come. Why it is not stored, if it is not: nothing is left of it then. */
async function store(
  services: Needed,
  draft: DraftKey,
  { sender, threadId, messageId, title }: Place,
  now: Date,
  file: IncomingFile,
): Promise<Stored | NotTaken> {
  const { db, keyring, random } = services;
  const hash = createHash('sha256');
  let bytes = 0;
  let type: MediaType | null = null;
  for await (const part of inParts(file.content)) {
    if (bytes === 0) {
      type = mediaType(part);
      if (type === null) return unreadFormat(part) ?? 'other-type';
      const until = new Date(now.getTime() + draftHours * 3_600_000);
      const about = { title, type };
      const begun = beginningDraft(
        db,
        keyring,
        { ...draft, sender: sender.code, messageId, threadId, about },
        { now, until, atMost: mostFiles },
      );
      const { numAffectedRows } = await db.executeQuery(begun.compile());
      if (numAffectedRows === 0n) return 'too-many';
    }
    await addDraftPart(db, keyring, random, { ...draft, place: Math.floor(bytes / partBytes), bytes: part });
    hash.update(part);
    bytes += part.length;
  }
  if (type === null) return 'empty';
  if (!file.isCut()) return { type, bytes, sha256: hash.digest('hex') };
  await db.executeQuery(removingDraft(db, draft.personKey, draft.id).compile());
  return 'too-large';
}

/** The bytes of a file in parts as the archive keeps them: all of one size, but the last. */
async function* inParts(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let length = 0;
  for await (const chunk of content) {
    held.push(chunk);
    length += chunk.length;
    if (length < partBytes) continue;
    let whole = Buffer.concat(held);
    for (; whole.length >= partBytes; whole = whole.subarray(partBytes)) yield whole.subarray(0, partBytes);
    held = [Buffer.from(whole)];
    length = whole.length;
  }
  if (length > 0) yield Buffer.concat(held);
}

async function judge(
  { db, keyring, judgeStored }: Needed,
  draft: DraftKey,
  { sender }: PageRequest<SignedIn>,
): Promise<NotTaken | null> {
  const load = async () => Buffer.concat(await Array.fromAsync(readContent(db, keyring, draft)));
  const judged = await judgeStored(load, sender.leaving());
  if (judged.kind === 'later') return 'later';
  return judged.kind === 'unfit' ? judged.reason : null;
}

/** Whether the message has the same file already: a page that is sent again adds nothing. */
async function hasSame(
  { db, keyring }: Needed,
  { personKey }: DraftKey,
  { messageId }: Place,
  { sha256 }: Stored,
  now: Date,
): Promise<boolean> {
  const drafts = await listDrafts(db, keyring, [personKey], now);
  return drafts.some((draft) => draft.messageId === messageId && draft.sha256 === sha256);
}
