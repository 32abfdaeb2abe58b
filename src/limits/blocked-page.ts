import { catalogue } from '#src/texts/language.ts';
import { formatNotBefore } from '#src/texts/typography.ts';
import { html } from '#src/web/html.ts';
import type { Answer, PageRequest } from '#src/web/page.ts';

const texts = catalogue({
  fr: {
    title: 'Trop d’essais',
    text: (until: string) =>
      `Pour protéger les données de chacun, les essais sont suspendus jusqu’à la fin du délai. Vous pourrez réessayer ${until}.`,
    meanwhile:
      'D’ici là, rassemblez vos documents : votre carte Vitale et le RIB du compte où arrivent vos remboursements.',
    help: (telephone: string) => `Si c’est urgent, appelez votre caisse au ${telephone}.`,
  },
  en: {
    title: 'Too many attempts',
    text: (until: string) =>
      `To protect everybody’s data, attempts are suspended for a while. You can try again ${until}.`,
    meanwhile:
      'In the meantime, have your carte Vitale at hand, and the details of the account where your reimbursements arrive.',
    help: (telephone: string) => `If it is urgent, call your caisse on ${telephone}.`,
  },
});

/** A person or an address that must wait: until when exactly, and what can be done meanwhile. 429. */
export function blockedPage({ visit, now }: PageRequest, until: Date): Answer {
  const t = texts[visit.language];
  return {
    kind: 'page',
    status: 429,
    title: t.title,
    body: html`<h1 class="govuk-heading-l">${t.title}</h1>
      <p class="govuk-body">${t.text(formatNotBefore(until, visit.language))}</p>
      <p class="govuk-body">${t.meanwhile}</p>
      <p class="govuk-body">${t.help(visit.supportTelephone)}</p>`,
    retryAfterSeconds: Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1000)),
  };
}
