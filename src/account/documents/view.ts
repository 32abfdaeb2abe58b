import type { SeenDocument } from '#src/account/documents/seen.ts';
import { documentTexts } from '#src/account/documents/texts.ts';
import { inFrench } from '#src/account/in-french.ts';
import { paths, withId } from '#src/paths.ts';
import { formatMonth } from '#src/texts/civil-days.ts';
import { formatFileSize } from '#src/texts/file-size.ts';
import type { Voice } from '#src/texts/language.ts';
import { formatDate, formatTime } from '#src/texts/typography.ts';
import { parisDate } from '#src/time/paris.ts';
import { insetText, tag } from '#src/web/components/asides.ts';
import { button } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { summaryList } from '#src/web/components/summary-list.ts';
import { type Child, type Html, html } from '#src/web/html.ts';
import type { PageAnswer, PageRequest, Shown } from '#src/web/page.ts';
import type { Visit } from '#src/web/visit.ts';

const perPage = 20;
const typeNames = { 'application/pdf': 'PDF', 'image/jpeg': 'JPEG', 'image/png': 'PNG' } as const;

/** The documents that were received, twenty a page, by month. `more`: what stands below them. */
export function documentsView(
  { visit, query }: PageRequest,
  documents: readonly SeenDocument[],
  more: Child,
): PageAnswer {
  const t = documentTexts[visit.voice];
  const pages = Math.max(1, Math.ceil(documents.length / perPage));
  const asked = Number(/^\d{1,4}$/.exec(query.get('page') ?? '')?.[0] ?? 1);
  const page = Math.min(Math.max(1, asked), pages);
  const shown = documents.slice((page - 1) * perPage, page * perPage);
  const list = html`<p class="govuk-body">${t.lead}</p>${byMonth(visit, shown)}${pages > 1 && pageLinks(visit.voice, page, pages)}`;
  const none = html`<p class="govuk-body">${t.none}</p><p class="govuk-body">${t.noneHelp}</p>`;
  return {
    kind: 'page',
    title: t.title,
    back: paths.account,
    ...(page > 1 ? { asked: new URLSearchParams({ page: String(page) }) } : {}),
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
    ([month, ofMonth]) => html`<h3 class="govuk-heading-s">${formatMonth(month, visit.voice)}</h3>
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
    fileOf(document, voice),
  ].filter((fact) => fact !== false && fact !== null);
  return html`<li><a class="govuk-link" href="${withId(paths.accountDocument, id)}">${inFrench(visit, title)}</a>${openedAt === null && html` ${tag(t.isNew, 'green')}`}
    ${facts.map((fact) => html`<br><span class="govuk-hint">${fact}</span>`)}</li>`;
}

function pageLinks(voice: Voice, page: number, pages: number): Html {
  const t = documentTexts[voice];
  const link = (to: number, text: string) =>
    html`<a class="govuk-link" href="${paths.accountDocuments}?page=${to}">${text}</a>`;
  return html`<nav aria-label="${t.pages}"><p class="govuk-body">${t.page(page, pages)}</p>
    <ul class="govuk-list">${page > 1 && html`<li>${link(page - 1, t.newer)}</li>`}${page < pages && html`<li>${link(page + 1, t.older)}</li>`}</ul></nav>`;
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
  const size = fileOf(document, voice);
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
      ${form(visit, { body: button({ text: t.download(size) }) })}
      <p class="govuk-body">${t.safe}</p>`,
  };
}

function fileOf({ type, bytes }: SeenDocument, voice: Voice): string {
  return `${typeNames[type]}, ${formatFileSize(bytes, voice)}`;
}
