import type { NoticeContent, SmsNotice } from '#src/notices/notice.ts';
import { gsm7Length, toGsm7 } from '#src/notices/sms/gsm7.ts';
import { type SmsContext, smsTexts } from '#src/notices/sms/texts.ts';
import type { Language } from '#src/texts/language.ts';

const segment = 160;
const longestName = 30;

/** What an SMS says: one segment, in the alphabet that 160 characters are counted in. */
export function composeSms<Kind extends SmsNotice['kind']>(
  notice: { readonly kind: Kind; readonly content: NoticeContent[Kind] },
  language: Language,
  context: SmsContext,
): string {
  const serviceName = context.serviceName.slice(0, longestName).trim();
  const { essential, more } = smsTexts[language][notice.kind](notice.content, { ...context, serviceName });
  let text = toGsm7(essential);
  for (const sentence of more) {
    const longer = `${text} ${toGsm7(sentence)}`;
    if (gsm7Length(longer) > segment) break;
    text = longer;
  }
  return text;
}
