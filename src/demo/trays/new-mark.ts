import { demoTexts } from '#src/demo/texts.ts';
import { type Html, html } from '#src/web/html.ts';
import type { Localised } from '#src/web/visit.ts';

/** Marks a message that nobody has opened yet. */
export function newMark({ voice }: Localised, isNew: boolean): Html | null {
  return isNew ? html` <strong class="demo-new">${demoTexts[voice].unopened}</strong>` : null;
}
