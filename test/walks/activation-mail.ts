import { type ComposedMail, composeMail } from '#src/delivery/messages/compose.ts';
import type { NoticeContent } from '#src/notices/notice.ts';
import { voiceOf } from '#src/texts/language.ts';
import type { Walker } from './open-walk.ts';

export interface ActivationMail extends ComposedMail {
  readonly content: NoticeContent['activation'];
}

/** The latest mail with the link, as the person receives it. */
export async function activationMail({
  site,
  policy,
  baseURL,
  language,
}: Pick<Walker, 'site' | 'policy' | 'baseURL' | 'language'>): Promise<ActivationMail> {
  const all = await site.mails();
  const latest = all.findLast(({ kind }) => kind === 'activation');
  if (!latest) throw new Error('No activation mail was written');
  const { address = '', token = '', code = '', until = '', sentAt = '', accountUntil = '' } = latest.content;
  const content = { address, token, code, until, sentAt, accountUntil };
  const mail = composeMail({ kind: 'activation', content }, voiceOf(language, policy.wording.style), {
    serviceName: policy.serviceName,
    telephone: policy.support.telephone,
    passwordWord: policy.password.word,
    activationMail: policy.wording.activationMail,
    publicUrl: baseURL,
    senderName: 'Votre Assurance Maladie',
    withoutConfirm: false,
    happenedAt: site.clock.now(),
  });
  return { ...mail, content };
}
