import { common } from '#src/texts/common.ts';
import { attributes, classes } from '#src/web/components/attributes.ts';
import { type Child, type Html, html } from '#src/web/html.ts';
import type { Localised } from '#src/web/visit.ts';

/** Text set apart from its surroundings. */
export function insetText(content: Child): Html {
  return html`<div class="govuk-inset-text">${content}</div>`;
}

/** A warning that has consequences if it is missed. */
export function warningText(visit: Localised, content: Child): Html {
  return html`<div class="govuk-warning-text"><span class="govuk-warning-text__icon" aria-hidden="true">!</span><strong class="govuk-warning-text__text"><span class="govuk-visually-hidden">${common[visit.voice].warning}</span> ${content}</strong></div>`;
}

export interface DetailsOptions {
  readonly summary: Child;
  readonly content: Child;
  readonly id?: string | undefined;
  readonly open?: boolean | undefined;
}

/** Help that most people do not need, collapsed to one line. */
export function details({ summary, content, id, open = false }: DetailsOptions): Html {
  return html`<details${attributes({ id, class: 'govuk-details', open })}><summary class="govuk-details__summary"><span class="govuk-details__summary-text">${summary}</span></summary><div class="govuk-details__text">${content}</div></details>`;
}

/**
 * What a wide screen always shows, and a telephone behind one line. The content stands after the `details`, not in it,
 * so that a style alone decides; without styles or scripts it is simply there.
 */
export function unfold(summary: Child, content: Child): Html {
  return html`<details class="unfold"><summary>${summary}</summary></details><div class="unfolded">${content}</div>`;
}

/** A status, in one word. */
export function tag(text: Child, colour?: 'grey' | 'green' | 'red'): Html {
  return html`<strong class="${classes('govuk-tag', colour && `govuk-tag--${colour}`)}">${text}</strong>`;
}
