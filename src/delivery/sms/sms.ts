import { parseTelephone } from '#src/contact/telephone.ts';
import type { Delivering } from '#src/delivery/delivering.ts';
import { composeSms } from '#src/delivery/sms/compose.ts';
import type { Sms } from '#src/delivery/sms/gateway.ts';
import { noticeLanguage, type SmsNotice } from '#src/notices/notice.ts';
import type { TriedNotice } from '#src/notices/tries.ts';
import { paths } from '#src/paths.ts';
import { voiceOf } from '#src/texts/language.ts';

/** The SMS of a notice; `not-mobile` for a number that is not a French or overseas mobile: no other gets an SMS. */
export function smsOf(
  { policy, publicUrl }: Pick<Delivering, 'policy' | 'publicUrl'>,
  notice: SmsNotice,
  row: TriedNotice,
): Sms | 'not-mobile' {
  const mobile = parseTelephone(notice.content.number, 'portable');
  if (!mobile.ok) return 'not-mobile';
  const site = publicUrl.replace(/^https?:\/\//, '');
  const text = composeSms(notice, voiceOf(noticeLanguage(row.language), policy.wording.style), {
    serviceName: policy.serviceName,
    telephone: policy.support.telephone,
    disputePage: site + paths.dispute,
    codePage: site + paths.provisionalCode,
    happenedAt: row.created_at,
  });
  return { to: mobile.e164, text, reference: row.id };
}
