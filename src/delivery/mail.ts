import type { Delivering } from '#src/delivery/delivering.ts';
import { composeMail } from '#src/delivery/messages/compose.ts';
import { noticeTicket } from '#src/delivery/ticket.ts';
import type { Mail } from '#src/delivery/transport.ts';
import { type MailNotice, noticeLanguage } from '#src/notices/notice.ts';
import {
  avisUnsubscribeUrl,
  isAvis,
  isReminder,
  unsubscribeUrl,
} from '#src/notices/reminders/unsubscribe-token.ts';
import type { TriedNotice } from '#src/notices/tries.ts';
import { needsSecondSender } from '#src/policy/second-sender.ts';
import { voiceOf } from '#src/texts/language.ts';

/**
 * The mail of a notice. `second`: it goes from the second sender if there is one (`needsSecondSender`).
 */
export function mailOf(
  {
    keyring,
    policy,
    publicUrl,
    senderName,
    isExercise = false,
  }: Omit<Delivering, 'transport' | 'secondTransport' | 'sms' | 'db'>,
  notice: MailNotice,
  row: TriedNotice,
  now: Date,
): { readonly mail: Mail; readonly second: boolean } {
  const language = noticeLanguage(row.language);
  const to = notice.content.address;
  const second = needsSecondSender(policy, to);
  const composed = composeMail(notice, voiceOf(language, policy.wording.style), {
    serviceName: policy.serviceName,
    telephone: policy.support.telephone,
    passwordWord: policy.password.word,
    activationMail: policy.wording.activationMail,
    publicUrl,
    senderName,
    isExercise,
    withoutConfirm: second,
    happenedAt: row.created_at,
  });
  const reminded = isReminder(notice.kind) ? row.recipient_key : null;
  const unsubscribe = isAvis(notice.kind)
    ? avisUnsubscribeUrl(keyring, publicUrl, row.id)
    : reminded && unsubscribeUrl(keyring, publicUrl, reminded);
  return {
    second,
    mail: {
      ...composed,
      id: row.id,
      ticket: noticeTicket(keyring, row.id),
      to,
      language,
      sentAt: now,
      unsubscribe,
    },
  };
}
