import type { SeenDocument } from '#src/account/documents/seen.ts';
import { documentTexts } from '#src/account/documents/texts.ts';
import { typeAndSize } from '#src/account/file-words.ts';
import { inFrench } from '#src/account/in-french.ts';
import { pageLinks, pageOf, pageQuery } from '#src/account/paging.ts';
import { paths, withId, withQuery } from '#src/paths.ts';
import { formatMonth } from '#src/texts/civil-days.ts';
import { capitalised, formatDate, formatTime } from '#src/texts/typography.ts';
import { parisDate } from '#src/time/paris.ts';
import { insetText, tag } from '#src/web/components/asides.ts';
import { button } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { summaryList } from '#src/web/components/summary-list.ts';
import { type Child, type Html, html } from '#src/web/html.ts';
import type { PageAnswer, PageRequest, Shown } from '#src/web/page.ts';
import type { Visit } from '#src/web/visit.ts';

/** The documents that were received, twenty a page, by month. `more`: what stands below them. */
export function documentsView(
  { visit, query }: PageRequest,
  documents: readonly SeenDocument[],
  more: Child,
): PageAnswer {
  const t = documentTexts[visit.voice];
  const page = pageOf(documents, query);
  const { shown, here, pages } = page;
  const list = html`<p class="govuk-body">${t.lead}</p>${byMonth(visit, shown)}${pageLinks(page, t, t.page(here, pages), (number) => withQuery(paths.accountDocuments, pageQuery(number)))}`;
  const none = html`<p class="govuk-body">${t.none}</p><p class="govuk-body">${t.noneHelp}</p>`;
  return {
    kind: 'page',
    title: t.title,
    back: paths.account,
    asked: pageQuery(here),
    body: html`<h1 class="govuk-heading-l">${t.title}</h1>
      <ul class="govuk-list govuk-list--spaced"><li><a class="govuk-link" href="${paths.accountAttestation}">${t.attestation}</a></li><li><a class="govuk-link" href="${paths.accountEuropeanCard}">${t.card}</a></li></ul>
      <h2 class="govuk-heading-m">${t.received}</h2>
      ${documents.length > 0 ? list : none}
      ${more}`,
  };
}

function byMonth(visit: Visit, documents: readonly SeenDocument[]): Html[] {
  const months = Map.groupBy(documents, ({ depositedAt }) => parisDate(depositedAt).slice(0, 7));
  return [...months].map(
    ([
      month,
      ofMonth,
    ]) => html`<h3 class="govuk-heading-s">${capitalised(formatMonth(month, visit.voice))}</h3>
      <ul class="govuk-list govuk-list--spaced">${ofMonth.map((document) => entry(visit, document))}</ul>`,
  );
}

function entry(visit: Visit, document: SeenDocument): Html {
  const { voice } = visit;
  const t = documentTexts[voice];
  const { id, title, from, about, depositedAt, openedAt, lettered } = document;
  const facts = [
    html`${from === null ? t.unknownSender : inFrench(visit, from)}, ${t.on(formatDate(depositedAt, voice))}`,
    about !== null && t.about(about),
    openedAt && t.read(formatDate(openedAt, voice)),
    lettered && t.posted(formatDate(lettered.at, voice)),
    typeAndSize(document, voice),
  ].filter((fact) => fact !== false && fact !== null);
  return html`<li><a class="govuk-link" href="${withId(paths.accountDocument, id)}">${inFrench(visit, title)}</a>${openedAt === null && html` ${tag(t.isNew, 'green')}`}
    ${facts.map((fact) => html`<br><span class="govuk-hint">${fact}</span>`)}</li>`;
}

/** One document: what is known of it, and a button that gives it. */
export function documentView(
  { visit }: PageRequest,
  document: SeenDocument,
  { banner }: Pick<Shown, 'banner'>,
): PageAnswer {
  const { voice } = visit;
  const t = documentTexts[voice];
  const { title, from, about, depositedAt, openedAt, lettered, held, matters } = document;
  const size = typeAndSize(document, voice);
  return {
    kind: 'page',
    title: t.document(formatDate(depositedAt, voice)),
    back: { href: paths.accountDocuments, text: t.back },
    body: html`<h1 class="govuk-heading-l">${inFrench(visit, title)}</h1>${banner}
      ${matters && openedAt === null && insetText(t.matters)}
      ${held === 'no-address' && insetText(t.noAddress)}
      ${summaryList([
        { key: t.from, value: from === null ? t.unknownSender : inFrench(visit, from) },
        { key: t.when, value: formatDate(depositedAt, voice) },
        { key: t.whom, value: about ?? t.you },
        {
          key: t.state,
          value: openedAt ? t.read(formatTime(openedAt, voice).replace(/^(le\s|on )/, '')) : t.unread,
        },
        ...(lettered ? [{ key: t.paper, value: t.posted(formatDate(lettered.at, voice)) }] : []),
        { key: t.file, value: size },
      ])}
      ${openedAt === null && html`<p class="govuk-body">${t.notified}</p>`}
      ${form(visit, { givesFile: true, body: button({ text: t.download(size) }) })}
      <p class="govuk-body">${t.safe}</p>`,
  };
}
