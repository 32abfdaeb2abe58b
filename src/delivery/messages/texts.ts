import type { Message, MessageContext } from '#src/delivery/messages/message.ts';
import type { Block } from '#src/documents/block.ts';
import type { MailKind, NoticeContent } from '#src/notices/notice.ts';

/** The texts of mails in one language. */
export interface MessageTexts {
  readonly opening: (context: MessageContext) => readonly Block[];
  readonly closing: (context: MessageContext) => readonly Block[];
  readonly kinds: {
    readonly [Kind in MailKind]: (content: NoticeContent[Kind], context: MessageContext) => Message;
  };
}
