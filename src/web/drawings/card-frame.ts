import { type Html, html } from '#src/web/html.ts';

/**
 * The outline of a document around its content, with a text alternative. All drawings have one line, two units wide, in
 * the colour of their text; what they are about is framed in the colour of marks (`.drawing` in `theme.css`).
 */
export function cardFrame(title: string, content: Html): Html {
  return html`<svg class="drawing" viewBox="0 0 320 200" role="img"><title>${title}</title><rect class="card" x="1" y="1" width="318" height="198" rx="14"/>${content}</svg>`;
}

/** Printing that does not matter here, as lines: the path of their strokes. */
export function printing(path: string): Html {
  return html`<path class="printing" d="${path}"/>`;
}

/** What the drawing is about: a number in a strong frame. */
export function marked(x: number, y: number, width: number, text: string): Html {
  return html`<rect class="marked" x="${x}" y="${y}" width="${width}" height="40" rx="6"/><text class="marked" x="${x + 10}" y="${y + 27}" textLength="${width - 20}" lengthAdjust="spacingAndGlyphs">${text}</text>`;
}
