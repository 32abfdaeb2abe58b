import { encode } from 'uqr';

/** A horizontal run of dark modules, in modules from the top left corner of the drawing. */
export interface DarkRun {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** A QR code of an address as vectors, with the quiet zone of four modules that readers need. */
export function qrDrawing(address: string): { readonly size: number; readonly dark: readonly DarkRun[] } {
  const { size, data } = encode(address, { ecc: 'M', border: 4 });
  const dark = data.flatMap((row, y) => {
    const runs: DarkRun[] = [];
    let x = 0;
    while (x < row.length) {
      const end = row.indexOf(!row[x], x);
      const next = end === -1 ? row.length : end;
      if (row[x]) runs.push({ x, y, width: next - x });
      x = next;
    }
    return runs;
  });
  return { size, dark };
}
