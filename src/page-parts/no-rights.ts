import { paths } from '#src/paths.ts';
import { catalogue } from '#src/texts/language.ts';
import { telephoneLink, writtenContact } from '#src/web/components/links.ts';
import { html } from '#src/web/html.ts';
import type { PageAnswer, PageRequest } from '#src/web/page.ts';

const texts = catalogue({
  fr: {
    why: 'Votre caisse ne nous a pas encore dit quels sont vos droits, ou ils sont terminés. Nous ne pouvons donc pas faire ce document.',
    call: 'Téléphonez à votre caisse :',
    help: 'Elle vous dira où en sont vos droits. Si vous en avez, elle peut vous envoyer ce document par courrier.',
  },
  en: {
    why: 'Your health insurance fund has not told us yet what your rights are, or they have ended. So we cannot make this document.',
    call: 'Call your fund:',
    help: 'It will tell you about your rights. If you have any, it can send you this document by post.',
  },
  plain: {
    fr: {
      why: 'Nous ne connaissons pas vos droits pour le moment. Nous ne pouvons pas faire ce document.',
      call: 'Téléphonez à votre caisse :',
      help: 'Elle vous dira si vous avez des droits.',
    },
  },
});

/** What to do where no rights are known from which a document could be made. */
export function noRightsPage({ visit }: PageRequest, title: string): PageAnswer {
  const t = texts[visit.voice];
  return {
    kind: 'page',
    title,
    back: paths.account,
    body: html`<h1 class="govuk-heading-l">${title}</h1>
      <p class="govuk-body">${t.why}</p>
      <p class="govuk-body">${t.call} ${telephoneLink(visit.supportTelephone)}. ${t.help}</p>
      ${writtenContact(visit)}`,
  };
}
