import { type Html, html } from '#src/web/html.ts';

/**
 * The outline of a document around its content, with a text alternative. All drawings have one line, two units wide, in
 * the colour of their text; what they are about is framed in the colour of marks.
 */
export function cardFrame(title: string, content: Html): Html {
  return html`<svg class="drawing" viewBox="0 0 320 200" role="img" fill="currentColor"><title>${title}</title><rect x="1" y="1" width="318" height="198" rx="14" fill="var(--surface)" stroke="currentColor" stroke-width="2"/>${content}</svg>`;
}

/** Printing that does not matter here, as lines: the path of their strokes. */
export function printing(path: string): Html {
  return html`<path d="${path}" stroke="currentColor" stroke-width="2" opacity=".5"/>`;
}

/** What the drawing is about: a number in a strong frame. */
export function marked(x: number, y: number, width: number, text: string): Html {
  return html`<rect x="${x}" y="${y}" width="${width}" height="40" rx="6" fill="var(--govuk-body-background-colour)" stroke="var(--mark)" stroke-width="4"/><text x="${x + 10}" y="${y + 27}" font-size="20" font-weight="700" fill="var(--govuk-text-colour)" textLength="${width - 20}" lengthAdjust="spacingAndGlyphs">${text}</text>`;
}
