import { confirmationTexts } from '#src/enrolment/confirmation/texts.ts';
import { formatNotBefore } from '#src/texts/typography.ts';
import type { PageRequest } from '#src/web/page.ts';

/** What is answered to a demand for a message that comes too early (`nextAt`) or once too often (null). */
export function notSent({ visit, now }: PageRequest, nextAt: Date | null) {
  const t = confirmationTexts[visit.language];
  if (!nextAt) return { status: 429, text: t.noMore(visit.supportTelephone) };
  return {
    status: 429,
    text: t.notYet(formatNotBefore(nextAt, visit.language)),
    retryAfterSeconds: Math.max(1, Math.ceil((nextAt.getTime() - now.getTime()) / 1000)),
  };
}
