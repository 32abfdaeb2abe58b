import { z } from 'zod';
import { messageTaken } from '#src/account/messages/events.ts';
import { findDocument, listAttachments, readContent } from '#src/archive/store.ts';
import { recording } from '#src/audit/record.ts';
import { atOnce, required } from '#src/database/at-once.ts';
import type { DepotAnswer, DepotEndpoint, DepotParameter, DepotRequest } from '#src/depot/api/endpoint.ts';
import { depotProblem } from '#src/depot/api/problem.ts';
import { mediaTypes } from '#src/files/media-type.ts';
import { findWaiting, listWaiting, type Message, settlingThread } from '#src/messages/store.ts';
import { findRegistered } from '#src/register/store.ts';
import type { Services } from '#src/services.ts';

const mostListed = 500;
const instant = z.iso.datetime();

const waiting = z.strictObject({
  id: z.uuid(),
  state: z.enum(['waiting', 'taken']),
  at: instant,
  answerBy: instant.nullable(),
});

const file = z.strictObject({
  id: z.uuid(),
  title: z.string(),
  type: z.enum(mediaTypes),
  bytes: z.int(),
});

const whole = waiting.extend({
  thread: z.uuid(),
  nir: z.string().nullable(),
  subject: z.string(),
  text: z.string(),
  files: z.array(file),
});

const messageId: DepotParameter = {
  name: 'id',
  in: 'path',
  schema: z.uuid(),
  description: 'Of the message.',
};

type Needed = Pick<Services, 'db' | 'keyring'>;

/** The messages that people write to a sender: it reads them, says that it takes care of them, and answers by a deposit. */
export function messageEndpoints(services: Needed): readonly DepotEndpoint[] {
  const common = {
    scopes: ['messages'],
    takes: 'nothing',
    body: null,
    problems: ['unknown-message'],
  } as const;
  return [
    {
      ...common,
      id: 'listMessages',
      method: 'GET',
      path: '/messages',
      summary: 'The messages that wait for an answer',
      description: `Of people, to you, the longest waiting first, ${mostListed} at most; «count» says how many there are. Answered ones are not listed.`,
      answer: z.strictObject({ count: z.int(), messages: z.array(waiting) }),
      parameters: [],
      problems: [],
      async handle({ sender }) {
        const listed = await listWaiting(services.db, { sender: sender.code, atMost: mostListed });
        const messages = listed.waiting.map(({ id, state, at, answerBy }) => ({
          id,
          state,
          at: at.toISOString(),
          answerBy: answerBy?.toISOString() ?? null,
        }));
        return { kind: 'done', body: { count: listed.count, messages } };
      },
    },
    {
      ...common,
      id: 'readMessage',
      method: 'GET',
      path: '/messages/:id',
      summary: 'One message that waits for an answer',
      description:
        'With the person, its thread and its files. Answer it by a deposit of the kind «message» with that thread, which settles it.',
      answer: whole,
      parameters: [messageId],
      handle: (request) => withMessage(services, request, (message) => written(services, message)),
    },
    {
      ...common,
      id: 'readFile',
      method: 'GET',
      path: '/messages/:id/files/:file',
      summary: 'A file of such a message',
      description: 'As the person sent it, looked through as yours are.',
      answer: null,
      parameters: [messageId, { name: 'file', in: 'path', schema: z.uuid(), description: 'Of the file.' }],
      handle: (request) =>
        withMessage(services, request, async ({ id, personKey }) => {
          const wanted = z.uuid().safeParse(request.parameters.file);
          const { db, keyring } = services;
          const found = wanted.success ? await findDocument(db, keyring, [personKey], wanted.data) : null;
          if (found?.messageId !== id) return depotProblem('unknown-message');
          const { type, bytes: length } = found;
          return { kind: 'file', type, length, bytes: readContent(db, keyring, found) };
        }),
    },
    {
      ...common,
      id: 'takeMessage',
      method: 'POST',
      path: '/messages/:id/taken',
      summary: 'Say that you take care of a message',
      description: 'Its person reads so. The same again changes nothing.',
      answer: z.strictObject({ state: z.literal('taken') }),
      parameters: [messageId],
      handle: (request) =>
        withMessage(services, request, async ({ id, personKey: person, threadId }) => {
          const { db } = services;
          const event = { person, actor: { kind: 'system' }, at: request.now, details: { id } } as const;
          await atOnce(db, [
            required(settlingThread(db, person, threadId, 'taken')),
            recording(db, messageTaken, event),
          ]);
          return { kind: 'done', body: { state: 'taken' } };
        }),
    },
  ];
}

/** The message of the address, if it was written to this sender and waits: any other is unknown. */
async function withMessage(
  { db, keyring }: Needed,
  { parameters, sender }: DepotRequest,
  run: (message: Message) => Promise<DepotAnswer>,
): Promise<DepotAnswer> {
  const id = z.uuid().safeParse(parameters.id);
  const message = id.success ? await findWaiting(db, keyring, id.data) : null;
  return message?.sender === sender.code ? run(message) : depotProblem('unknown-message');
}

async function written({ db, keyring }: Needed, message: Message): Promise<DepotAnswer> {
  const { id, personKey, threadId, subject, text, state, at, answerBy } = message;
  const insured = await findRegistered(db, keyring, personKey);
  const files = await listAttachments(db, keyring, [personKey], [id]);
  const body: z.infer<typeof whole> = {
    id,
    thread: threadId,
    nir: insured?.nir ?? null,
    state: state === 'taken' ? 'taken' : 'waiting',
    at: at.toISOString(),
    answerBy: answerBy?.toISOString() ?? null,
    subject,
    text,
    files: files.map(({ id: name, title, type, bytes }) => ({ id: name, title, type, bytes })),
  };
  return { kind: 'done', body };
}
