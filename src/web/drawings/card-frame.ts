import { type Html, html } from '#src/web/html.ts';

/** The outline of a card around its content, with a text alternative. */
export function cardFrame(title: string, content: Html): Html {
  return html`<svg class="drawing" viewBox="0 0 320 202" role="img" fill="currentColor"><title>${title}</title><rect x="2" y="2" width="316" height="198" rx="14" fill="var(--surface)" stroke="currentColor" stroke-width="2"/>${content}</svg>`;
}

/** A band where a real card has printing that does not matter here. */
export function band(x: number, y: number, width: number): Html {
  return html`<rect x="${x}" y="${y}" width="${width}" height="14" rx="7" opacity=".25"/>`;
}

/** What the drawing is about: a number in a strong frame. */
export function marked(x: number, y: number, width: number, text: string): Html {
  return html`<rect x="${x}" y="${y}" width="${width}" height="38" rx="6" fill="var(--govuk-body-background-colour)" stroke="var(--mark)" stroke-width="4"/><text x="${x + 10}" y="${y + 26}" font-size="19" fill="var(--govuk-text-colour)" textLength="${width - 20}" lengthAdjust="spacingAndGlyphs">${text}</text>`;
}
