import { type Child, type Html, html } from '#src/web/html.ts';

export interface SummaryRow {
  readonly key: Child;
  readonly value: Child;
  /** Links to change it: `hidden` completes the text for screen readers. */
  readonly actions?:
    | readonly { readonly href: string; readonly text: string; readonly hidden: string }[]
    | undefined;
}

/** Details to review: keys, values and links to change them. */
export function summaryList(rows: readonly SummaryRow[]): Html {
  const some = rows.some((row) => row.actions?.length);
  return html`<dl class="govuk-summary-list">${rows.map((row) => {
    const links = (row.actions ?? []).map(
      ({ href, text, hidden }) =>
        html`<a class="govuk-link" href="${href}">${text}<span class="govuk-visually-hidden"> ${hidden}</span></a>`,
    );
    const look = some && links.length === 0 ? ' govuk-summary-list__row--no-actions' : '';
    return html`<div class="govuk-summary-list__row${look}"><dt class="govuk-summary-list__key">${row.key}</dt><dd class="govuk-summary-list__value">${row.value}</dd>${
      links.length > 0 && html`<dd class="govuk-summary-list__actions">${actions(links)}</dd>`
    }</div>`;
  })}</dl>`;
}

function actions(links: readonly Html[]): Child {
  if (links.length === 1) return links;
  const items = links.map((link) => html`<li class="govuk-summary-list__actions-list-item">${link}</li>`);
  return html`<ul class="govuk-summary-list__actions-list">${items}</ul>`;
}
