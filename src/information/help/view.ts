import type { Caisse } from '#src/caisses/reference.ts';
import { helpTexts } from '#src/information/help/texts.ts';
import { sectionsView } from '#src/information/sections-view.ts';
import { paths } from '#src/paths.ts';
import type { Policy } from '#src/policy/schema.ts';
import { details } from '#src/web/components/asides.ts';
import { outsideLink, telephoneLink, writtenContact } from '#src/web/components/links.ts';
import { type Child, type Html, html } from '#src/web/html.ts';
import type { PageAnswer } from '#src/web/page.ts';
import type { Visit } from '#src/web/visit.ts';

/** The help of the chosen caisse; that of the policy where none is chosen, or where it has nothing of its own. */
export function helpView(visit: Visit, support: Policy['support'], caisse: Caisse | undefined): PageAnswer {
  const t = helpTexts[visit.voice];
  const telephone = caisse?.telephone ?? support.telephone;
  const { body, beside } = sectionsView(visit, [
    {
      heading: t.telephoneTitle,
      content: html`${caisse && paragraph(t.caisse(caisse.name))}
        ${paragraph(html`${t.telephone} <strong>${telephoneLink(telephone)}</strong>.`)}
        ${support.hours && paragraph(html`${t.hours} ${support.hours[visit.language]}`)}
        ${paragraph(t.never)}`,
    },
    {
      heading: t.withoutTitle,
      id: 'sans-telephone',
      content: html`${writtenContact(visit, caisse?.mailbox ?? support.mailbox)}
        ${caisse && caisse.address.length > 0 && paragraph(`${t.address} ${caisse.address.join(', ')}`)}
        ${!caisse && paragraph(html`${t.chooseCaisse} ${link(paths.caisse, t.chooseCaisseLink)}`)}`,
    },
    {
      heading: t.nearTitle,
      content: html`${t.near.map(paragraph)}
        ${paragraph(outsideLink(visit, 'https://www.france-services.gouv.fr', t.franceServices))}
        ${paragraph(t.alone)}`,
    },
    { heading: t.questionsTitle, content: questions(visit) },
    {
      heading: t.displayTitle,
      content: html`<ul class="govuk-list govuk-list--bullet">${t.display.map((text) => html`<li>${text}</li>`)}</ul>
        ${paragraph(link(paths.accessibility, t.statement))}`,
    },
  ]);
  return {
    kind: 'page',
    title: t.title,
    body: html`<h1 class="govuk-heading-l">${t.title}</h1>${body}`,
    beside,
  };
}

function questions({ voice }: Pick<Visit, 'voice'>): readonly Html[] {
  return helpTexts[voice].questions.map(
    ({ heading, about }) =>
      html`<h3 class="govuk-heading-s">${heading}</h3>${about.map(({ question, answer, link: to }) =>
        details({
          summary: question,
          content: [...answer.map(paragraph), to && paragraph(link(to.href, to.text))],
        }),
      )}`,
  );
}

function paragraph(content: Child): Html {
  return html`<p class="govuk-body">${content}</p>`;
}

function link(href: string, text: string): Html {
  return html`<a class="govuk-link" href="${href}">${text}</a>`;
}
