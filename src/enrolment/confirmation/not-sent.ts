import type { SendAgainResult } from '#src/enrolment/confirmation/send-again.ts';
import { confirmationTexts } from '#src/enrolment/confirmation/texts.ts';
import { formatNotBefore } from '#src/texts/typography.ts';
import { secondsUntil } from '#src/time/seconds-until.ts';
import type { PageRequest } from '#src/web/page.ts';

/** The answer when another mail is requested too early or too often. */
export function notSent(
  { visit, now }: PageRequest,
  refusal: Exclude<SendAgainResult, { readonly kind: 'sent' }>,
) {
  const t = confirmationTexts[visit.voice];
  if (refusal.kind === 'exhausted') return { status: 429, text: t.noMore(visit.supportTelephone) };
  const { until } = refusal;
  return {
    status: 429,
    text: t.notYet(formatNotBefore(until, visit.voice)),
    retryAfterSeconds: secondsUntil(until, now),
  };
}
