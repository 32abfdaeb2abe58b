import { english } from '#src/delivery/messages/english.ts';
import { french } from '#src/delivery/messages/french.ts';
import { plainFrench } from '#src/delivery/messages/mail-plain-texts.ts';
import { markup } from '#src/delivery/messages/markup.ts';
import type { Message, MessageContext } from '#src/delivery/messages/message.ts';
import { plainText } from '#src/delivery/messages/plain-text.ts';
import type { MessageTexts } from '#src/delivery/messages/texts.ts';
import { withoutConfirm } from '#src/delivery/messages/without-confirm.ts';
import type { MailKind, NoticeContent } from '#src/notices/notice.ts';
import { common } from '#src/texts/common.ts';
import { catalogue, languageOf, type Voice } from '#src/texts/language.ts';

const texts = catalogue<MessageTexts>({ fr: french, en: english, plain: { fr: plainFrench } });

export interface ComposedMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** The subject, text and HTML of a notice, with the opening and closing of every mail. */
export function composeMail<Kind extends MailKind>(
  notice: { readonly kind: Kind; readonly content: NoticeContent[Kind] },
  voice: Voice,
  context: MessageContext,
): ComposedMail {
  const { opening, closing, kinds } = texts[voice];
  const language = languageOf(voice);
  const { subject, blocks } = kinds[notice.kind](notice.content, context);
  const band = common[voice].invented.exercise;
  const whole: Message = {
    subject: context.isExercise ? band.title + subject : subject,
    blocks: [
      ...(context.isExercise ? [{ kind: 'paragraph', text: band.short } as const] : []),
      ...opening(context),
      ...blocks,
      ...closing(context),
    ],
  };
  const message = context.withoutConfirm ? withoutConfirm(whole, language) : whole;
  return { subject: message.subject, text: plainText(message.blocks), html: markup(language, message) };
}
