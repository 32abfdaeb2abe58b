import { type Child, html } from '#src/web/html.ts';
import type { Visit } from '#src/web/visit.ts';

/** What a sender wrote, in French: screen readers of an English page are told so. */
export function sentWords({ language }: Pick<Visit, 'language'>, text: string): Child {
  return language === 'fr' ? text : html`<span lang="fr">${text}</span>`;
}
