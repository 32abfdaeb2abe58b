import { classes } from '#src/web/components/attributes.ts';
import { type Child, type Html, html } from '#src/web/html.ts';

export interface TableOptions {
  readonly caption: Child;
  readonly head: readonly Child[];
  /** Rows of cells; the first cell of each names its row. */
  readonly rows: readonly (readonly Child[])[];
  /** Columns of numbers, from 0. */
  readonly numeric?: readonly number[] | undefined;
}

/** A table of data: never for layout. */
export function table({ caption, head, rows, numeric = [] }: TableOptions): Html {
  const look = (element: string, column: number) =>
    classes(`govuk-table__${element}`, numeric.includes(column) && `govuk-table__${element}--numeric`);
  const titles = head.map(
    (text, column) => html`<th scope="col" class="${look('header', column)}">${text}</th>`,
  );
  const lines = rows.map(
    ([first, ...cells]) =>
      html`<tr class="govuk-table__row"><th scope="row" class="govuk-table__header">${first}</th>${cells.map(
        (text, index) => html`<td class="${look('cell', index + 1)}">${text}</td>`,
      )}</tr>`,
  );
  return html`<table class="govuk-table"><caption class="govuk-table__caption govuk-table__caption--m">${caption}</caption><thead class="govuk-table__head"><tr class="govuk-table__row">${titles}</tr></thead><tbody class="govuk-table__body">${lines}</tbody></table>`;
}
