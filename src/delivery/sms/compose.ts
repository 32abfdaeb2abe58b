import { gsm7Length, toGsm7 } from '#src/delivery/sms/gsm7.ts';
import { type SmsContext, smsTexts } from '#src/delivery/sms/texts.ts';
import type { NoticeContent, SmsNotice } from '#src/notices/notice.ts';
import type { Voice } from '#src/texts/language.ts';

const segment = 160;
const longestName = 30;

/** The text of an SMS: one segment of 160 characters of the GSM alphabet. */
export function composeSms<Kind extends SmsNotice['kind']>(
  notice: { readonly kind: Kind; readonly content: NoticeContent[Kind] },
  voice: Voice,
  context: SmsContext,
): string {
  const serviceName = context.serviceName.slice(0, longestName).trim();
  const sentences = smsTexts[voice][notice.kind](notice.content, { ...context, serviceName });
  const { essential, shorter = [], more } = sentences;
  const variants = [essential, ...shorter].map(toGsm7);
  let text = variants.find((variant) => gsm7Length(variant) <= segment) ?? variants.at(-1) ?? '';
  for (const sentence of more) {
    const longer = `${text} ${toGsm7(sentence)}`;
    if (gsm7Length(longer) <= segment) text = longer;
  }
  return text;
}
