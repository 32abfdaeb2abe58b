import { auditKind } from '#src/audit/kind.ts';

/** The person wrote to a sender. */
export const messageSent = auditKind('message-sent').with<{
  readonly sender: string;
  readonly id: string;
  readonly files: number;
}>();

/** The person tried to write more often than the limit allows. */
export const messageRefused = auditKind('message-refused');

/** The person opened a thread in which something was new. */
export const messageRead = auditKind('message-read').with<{ readonly thread: string }>();

/** An operator takes care of what the person wrote. */
export const messageTaken = auditKind('message-taken').with<{ readonly id: string }>();
