import { type Child, html } from '#src/web/html.ts';
import type { Visit } from '#src/web/visit.ts';

/** What senders and people of a caisse write is French: screen readers of an English page are told so. */
export function inFrench({ language }: Pick<Visit, 'language'>, text: Child): Child {
  return language === 'fr' ? text : html`<span lang="fr">${text}</span>`;
}
