import { qrDrawing } from '#src/documents/pdf/qr.ts';
import { type Html, html } from '#src/web/html.ts';

/** An address to photograph, black on white in every theme; the address itself stands beside it as text. */
export function qrImage(address: string): Html {
  const { size, dark } = qrDrawing(address);
  const path = dark.map(({ x, y, width }) => `M${x} ${y}h${width}v1h-${width}z`).join('');
  return html`<svg class="qr" viewBox="0 0 ${size} ${size}" width="280" height="280" aria-hidden="true" focusable="false"><rect width="${size}" height="${size}" fill="#fff"/><path d="${path}" fill="#000"/></svg>`;
}
