import { access, type SitePage } from '#src/access/access.ts';
import type { SignedIn } from '#src/access/who.ts';
import { addresseeOf, threadNamed } from '#src/account/messages/addressee.ts';
import { messageRead } from '#src/account/messages/events.ts';
import { writeTexts } from '#src/account/messages/texts.ts';
import { threadView } from '#src/account/messages/thread-view.ts';
import { goesOnWriting } from '#src/account/messages/writing/fields-view.ts';
import { longestField, textProblems } from '#src/account/messages/writing/form.ts';
import { sendMessage } from '#src/account/messages/writing/send-message.ts';
import { takeFile } from '#src/account/messages/writing/take-file.ts';
import {
  changeFiles,
  unwritten,
  type Written,
  writtenFiles,
} from '#src/account/messages/writing/written-files.ts';
import { listAttachments } from '#src/archive/store.ts';
import { recording } from '#src/audit/record.ts';
import { personKeys } from '#src/crypto/keyring.ts';
import { atOnce, required } from '#src/database/at-once.ts';
import { openingThread } from '#src/messages/store.ts';
import type { Thread } from '#src/messages/threads.ts';
import { paths, withParameters } from '#src/paths.ts';
import { senderNames } from '#src/senders/names.ts';
import type { Services } from '#src/services.ts';
import { formatNotBefore } from '#src/texts/typography.ts';
import { definePage } from '#src/web/define-page.ts';
import { refused } from '#src/web/forms/form-page.ts';
import { type Answer, type PageRequest, redirectDone, type Shown } from '#src/web/page.ts';

/** A thread: reading it, and answering in it. */
export function messageThreadPage(services: Services): SitePage {
  const threadOfRequest = (request: PageRequest<SignedIn>) =>
    threadNamed(services, request, request.parameter('id'));
  return definePage({
    path: paths.messageThread,
    about: {
      part: 'The account',
      shows: 'one thread with its attachments, which is read from then on; the form of an answer',
      form: 'adds a file, removes one, or sends the answer',
    },
    access: access.signedIn,
    keepsDraft: true,
    keptOffline: true,
    longestField,
    show: async (request, shown) => {
      const thread = await threadOfRequest(request);
      if (!thread) return { kind: 'missing' };
      await noteRead(services, request, thread);
      return view(services, request, shown, thread);
    },
    takesFile: async (request, file) => {
      const thread = await threadOfRequest(request);
      return takeFile(services, request, thread && (await addresseeOf(services, thread)), file);
    },
    submit: async (request) => {
      const thread = await threadOfRequest(request);
      if (!thread) return { kind: 'missing' };
      const { typed, visit } = request;
      const ofFiles = await changeFiles(services, request);
      const goesOn = goesOnWriting(typed);
      const problems = goesOn ? ofFiles : [...ofFiles, ...textProblems(typed, visit.voice)];
      const shown = refused(typed, ...problems);
      if (goesOn || problems.length > 0) return view(services, request, shown, thread);
      return send(services, request, thread);
    },
  });
}

async function send(services: Services, request: PageRequest<SignedIn>, thread: Thread): Promise<Answer> {
  const { typed, visit, now } = request;
  const addressee = await addresseeOf(services, thread);
  if (!addressee) return view(services, request, refused(typed), thread);
  const { drafts, messageId } = await writtenFiles(services, request, thread.id);
  const message = {
    ...{ id: messageId, subject: thread.first.subject, text: typed.lines('texte') },
    files: drafts.length,
  };
  const sent = await sendMessage(services, request, addressee, message, now);
  if (sent.kind === 'sent')
    return redirectDone('message-sent', withParameters(paths.messageThread, { id: sent.threadId }));
  if (sent.kind === 'gone') return { kind: 'overtaken', to: visit.path };
  const t = writeTexts[visit.voice];
  if (sent.kind === 'files-went')
    return view(services, request, refused(typed, { field: 'pieces', text: t.filesWent }), thread, {
      writing: unwritten(services, request),
    });
  const text = t.limit(formatNotBefore(sent.until, visit.voice));
  return view(services, request, refused(typed, { field: null, text, ours: true }), thread, { status: 429 });
}

/**
 * Records that the person has seen what was new. A GET writes here, and nowhere else in the account: only the person of
 * the thread can send it, it is recorded once, and a receipt that needed a button would say nothing about reading.
 */
async function noteRead(
  { db }: Pick<Services, 'db'>,
  { account: { personKey: person }, now }: PageRequest<SignedIn>,
  { id, messages, unread }: Thread,
): Promise<void> {
  if (unread === 0) return;
  const keys = new Map(messages.map(({ personKey }) => [personKey.toString('hex'), personKey]));
  const event = { person, actor: { kind: 'person' }, at: now, details: { thread: id } } as const;
  for (const key of keys.values())
    await atOnce(db, [required(openingThread(db, key, id, now)), recording(db, messageRead, event)]);
}

async function view(
  services: Services,
  request: PageRequest<SignedIn>,
  shown: Shown,
  thread: Thread,
  { status, writing: anew }: { readonly status?: number; readonly writing?: Written } = {},
): Promise<Answer> {
  const { db, keyring } = services;
  const keys = personKeys(keyring, request.account.contact.nir);
  const ids = thread.messages.map(({ id }) => id);
  const [attachments, names, addressee] = await Promise.all([
    listAttachments(db, keyring, keys, ids),
    senderNames(db, [thread.first.sender]),
    addresseeOf(services, thread),
  ]);
  const writing = addressee && (anew ?? (await writtenFiles(services, request, thread.id)));
  const nameOf = (code: string) => names.get(code) ?? code;
  return threadView(request, shown, { thread, attachments, nameOf, writing }, status);
}
