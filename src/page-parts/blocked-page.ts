import { paths } from '#src/paths.ts';
import { catalogue } from '#src/texts/language.ts';
import { formatNotBefore } from '#src/texts/typography.ts';
import { secondsUntil } from '#src/time/seconds-until.ts';
import { button } from '#src/web/components/button.ts';
import { html } from '#src/web/html.ts';
import type { Answer, PageRequest } from '#src/web/page.ts';

const texts = catalogue({
  fr: {
    title: 'Trop d’essais',
    text: (until: string) =>
      `Pour protéger les données de chacun, les essais sont suspendus pour le moment. Vous pourrez réessayer ${until}.`,
    meanwhile:
      'D’ici là, rassemblez vos documents : votre carte Vitale et le RIB du compte où arrivent vos remboursements.',
    stillOpen: 'Ce qui reste possible dès maintenant :',
    ways: {
      franceConnect: 'Ouvrir mon compte avec FranceConnect',
      code: 'Saisir un code provisoire que j’ai reçu',
    },
    home: 'Retour à l’accueil',
    help: (telephone: string) => `Si c’est urgent, appelez votre caisse au ${telephone}.`,
  },
  en: {
    title: 'Too many attempts',
    text: (until: string) =>
      `To protect everybody’s data, attempts are suspended for the moment. You can try again ${until}.`,
    meanwhile:
      'In the meantime, have your carte Vitale at hand, and the details of the account where your reimbursements arrive.',
    stillOpen: 'What you can still do right now:',
    ways: {
      franceConnect: 'Open my account with FranceConnect',
      code: 'Enter a provisional code that I have received',
    },
    home: 'Back to the home page',
    help: (telephone: string) => `If it is urgent, call your caisse on ${telephone}.`,
  },
});

const hrefs = { franceConnect: `${paths.franceConnect}?pour=creation`, code: paths.provisionalCode } as const;

/** The other ways for a person whose identity or proof is blocked for a while: each limit blocks one way only. */
export function openWays({ franceConnect }: { readonly franceConnect: unknown }): readonly OpenWay[] {
  return franceConnect ? ['franceConnect', 'code'] : ['code'];
}
type OpenWay = keyof typeof hrefs;

/** The page for a blocked person or client: until when exactly, and what is possible meanwhile. 429. */
export function blockedPage({ visit, now }: PageRequest, until: Date, ways: readonly OpenWay[] = []): Answer {
  const t = texts[visit.voice];
  const links = ways.map(
    (way) => html`<li><a class="govuk-link" href="${hrefs[way]}">${t.ways[way]}</a></li>`,
  );
  return {
    kind: 'page',
    status: 429,
    title: t.title,
    body: html`<h1 class="govuk-heading-l">${t.title}</h1>
      <p class="govuk-body">${t.text(formatNotBefore(until, visit.voice))}</p>
      <p class="govuk-body">${t.meanwhile}</p>
      ${links.length > 0 && html`<p class="govuk-body">${t.stillOpen}</p><ul class="govuk-list govuk-list--bullet">${links}</ul>`}
      <p class="govuk-body">${t.help(visit.supportTelephone)}</p>
      ${button({ text: t.home, href: paths.home, style: 'secondary' })}`,
    retryAfterSeconds: secondsUntil(until, now),
  };
}
