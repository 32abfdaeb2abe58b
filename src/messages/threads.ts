import type { Message } from '#src/messages/store.ts';

/** The messages that answer one another, as a list shows them together. */
export interface Thread {
  readonly id: string;
  /** The oldest message first; one at least. */
  readonly messages: readonly Message[];
  readonly first: Message;
  readonly latest: Message;
  /** How many received messages its person has not opened. */
  readonly unread: number;
}

/** The threads of some messages, that with the newest message first. */
export function threadsOf(messages: readonly Message[]): readonly Thread[] {
  const byThread = Map.groupBy(messages, ({ threadId }) => threadId);
  return [...byThread.values()]
    .flatMap((together) => threadOf(together) ?? [])
    .toSorted((a, b) => b.latest.at.getTime() - a.latest.at.getTime());
}

/** Messages of one thread, in any order; null for none. */
export function threadOf(together: readonly Message[]): Thread | null {
  const messages = together.toSorted((a, b) => a.at.getTime() - b.at.getTime());
  const [first] = messages;
  const latest = messages.at(-1);
  if (!first || !latest) return null;
  const unread = messages.filter(({ direction, openedAt }) => direction === 'received' && openedAt === null);
  return { id: first.threadId, messages, first, latest, unread: unread.length };
}

/** The latest message that its person sent: what has become of it says where the thread stands. */
export function latestSent({ messages }: Pick<Thread, 'messages'>): Message | null {
  return messages.findLast(({ direction }) => direction === 'sent') ?? null;
}
