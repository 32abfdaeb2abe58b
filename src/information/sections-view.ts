import { common } from '#src/texts/common.ts';
import { unfold } from '#src/web/components/asides.ts';
import { type Child, type Html, html } from '#src/web/html.ts';
import type { Beside } from '#src/web/page.ts';
import type { Localised } from '#src/web/visit.ts';

/** A part of a long page, under a heading that its list of contents links to. */
export interface Section {
  readonly heading: string;
  readonly content: Child;
  /** Where other pages link to it: a name that stays. */
  readonly id?: string;
}

/** The parts of a long page, and beside them its list of contents. */
export function sectionsView(
  { voice }: Localised,
  sections: readonly Section[],
): { readonly body: Html; readonly beside: Beside } {
  const { onThisPage } = common[voice];
  const parts = sections.map(({ id, ...section }, index) => ({
    ...section,
    id: id ?? `partie-${index + 1}`,
  }));
  const links = parts.map(
    ({ id, heading }) => html`<li><a class="govuk-link" href="#${id}">${heading}</a></li>`,
  );
  return {
    body: html`${parts.map(
      ({ id, heading, content }) => html`<h2 class="govuk-heading-m" id="${id}">${heading}</h2>${content}`,
    )}`,
    beside: {
      label: onThisPage,
      content: unfold(
        onThisPage,
        html`<h2 class="govuk-heading-s">${onThisPage}</h2><ul class="govuk-list">${links}</ul>`,
      ),
    },
  };
}
