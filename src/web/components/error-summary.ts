import { common } from '#src/texts/common.ts';
import { type Html, html } from '#src/web/html.ts';
import type { Localised } from '#src/web/visit.ts';

export interface ErrorLink {
  /** `#` and the id of the field; absent when the refusal is about no single field. */
  readonly href?: string | undefined;
  readonly text: string;
  /** Not a fault of what was typed. */
  readonly ours?: true | undefined;
}

/**
 * All refusals of a form, at the top of the page, each a link to its field; nothing without refusals. Only a field that
 * was filled in wrongly makes the title ask to check what was typed.
 */
export function errorSummary(visit: Localised, errors: readonly ErrorLink[]): Html | null {
  if (errors.length === 0) return null;
  const texts = common[visit.voice];
  const title = errors.some(({ href, ours }) => href && !ours) ? texts.checkTyped : texts.problem;
  const items = errors.map(
    ({ href, text }) => html`<li>${href ? html`<a href="${href}">${text}</a>` : text}</li>`,
  );
  return html`<div class="govuk-error-summary" data-error-summary><div role="alert"><h2 class="govuk-error-summary__title">${title}</h2><div class="govuk-error-summary__body"><ul class="govuk-list govuk-error-summary__list">${items}</ul></div></div></div>`;
}
