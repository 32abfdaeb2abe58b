import { common } from '#src/texts/common.ts';
import { type Html, html } from '#src/web/html.ts';
import type { Localised } from '#src/web/visit.ts';

/** The way back to the page before, above the title. */
export function backLink(visit: Localised, href: string, text: string = common[visit.voice].back): Html {
  return html`<a href="${href}" class="govuk-back-link">${text}</a>`;
}

/** The first link of a page, which skips to its content. */
export function skipLink(visit: Localised, href: string): Html {
  return html`<a href="${href}" class="govuk-skip-link">${common[visit.voice].skipToContent}</a>`;
}

/** A telephone link. */
export function telephoneLink(number: string): Html {
  return html`<a class="govuk-link unbroken" href="tel:${number.replaceAll(/[^+\d]/g, '')}">${number}</a>`;
}

/** A mailto link. */
export function mailboxLink(address: string): Html {
  return html`<a class="govuk-link" href="mailto:${address}">${address}</a>`;
}
