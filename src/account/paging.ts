import { type Child, html } from '#src/web/html.ts';

/** On one page: what a telephone scrolls through, and a slow connection loads, in a moment. */
const linesOnPage = 20;

/** One page of a list. */
export interface ListPage<Line> {
  readonly shown: readonly Line[];
  /** From 1. */
  readonly here: number;
  readonly pages: number;
  /** The places of the first and the last line that are shown, from 1. */
  readonly first: number;
  readonly last: number;
}

/** The page of a list that an address asks for (`page`); the last one where there are fewer. */
export function pageOf<Line>(lines: readonly Line[], query: URLSearchParams): ListPage<Line> {
  const pages = Math.max(1, Math.ceil(lines.length / linesOnPage));
  const asked = Number(/^\d{1,4}$/.exec(query.get('page') ?? '')?.[0] ?? 1);
  const here = Math.min(Math.max(1, asked), pages);
  const before = (here - 1) * linesOnPage;
  const shown = lines.slice(before, before + linesOnPage);
  return { shown, here, pages, first: before + 1, last: before + shown.length };
}

/** The query of a page of a list: what was asked for besides, and its number where it is not the first. */
export function pageQuery(page: number, besides: URLSearchParams = new URLSearchParams()): URLSearchParams {
  const query = new URLSearchParams(besides);
  if (page > 1) query.set('page', String(page));
  return query;
}

/** Links to the pages before and after; nothing for a list of one page. `place`: where the person is. */
export function pageLinks(
  { here, pages }: Pick<ListPage<unknown>, 'here' | 'pages'>,
  t: { readonly pages: string; readonly newer: string; readonly older: string },
  place: string,
  address: (page: number) => string,
): Child {
  const link = (page: number, text: string) =>
    html`<li><a class="govuk-link" href="${address(page)}">${text}</a></li>`;
  return (
    pages > 1 &&
    html`<nav aria-label="${t.pages}"><p class="govuk-body">${place}</p><ul class="govuk-list">${here > 1 && link(here - 1, t.newer)}${here < pages && link(here + 1, t.older)}</ul></nav>`
  );
}
