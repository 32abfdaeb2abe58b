import { crc32, deflateSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { z } from 'zod';

const drawn = z.object({
  width: z.number(),
  height: z.number(),
  colours: z.array(z.number()),
  pixels: z.string(),
});

/** What print needs of a page, at a fifth of the size. */
const mostColours = 4;

/** In the browser: the picture in its most frequent colours, each pixel as the number of one. */
const reduce = `async (source) => {
  const image = new Image();
  image.src = source;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  const counts = new Map();
  for (let at = 0; at < data.length; at += 4) {
    const colour = (data[at] << 16) | (data[at + 1] << 8) | data[at + 2];
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const far = (a, b) => Math.abs((a >> 16) - (b >> 16)) + Math.abs(((a >> 8) & 255) - ((b >> 8) & 255)) + Math.abs((a & 255) - (b & 255));
  const colours = [];
  for (const least of [150, 60, 1])
    for (const [colour] of [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])) {
      if (colours.length === ${mostColours}) break;
      if (colours.every((one) => far(one, colour) >= least)) colours.push(colour);
    }
  const nearest = new Map([...counts.keys()].map((colour) => [colour, colours.reduce((best, one, index) => (far(one, colour) < far(colours[best], colour) ? index : best), 0)]));
  let pixels = '';
  for (let at = 0; at < data.length; at += 4)
    pixels += nearest.get((data[at] << 16) | (data[at + 1] << 8) | data[at + 2]).toString();
  return { width: image.width, height: image.height, colours, pixels };
}`;

/** The same picture as a PNG of few colours. `page`: of any browser, which does the drawing. */
export async function palettePng(page: Page, png: Buffer): Promise<Buffer> {
  const source = `data:image/png;base64,${png.toString('base64')}`;
  const { width, height, colours, pixels } = drawn.parse(
    await page.evaluate(`(${reduce})(${JSON.stringify(source)})`),
  );
  const rows = Array.from({ length: height }, (_, y) => {
    const row = Buffer.alloc(1 + Math.ceil(width / 4));
    for (let x = 0; x < width; x += 1)
      row[1 + (x >> 2)] = (row[1 + (x >> 2)] ?? 0) | (Number(pixels[y * width + x]) << (6 - 2 * (x & 3)));
    return row;
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Two bits a pixel, the number of its colour.
  header.set([2, 3], 8);
  const palette = Buffer.from(colours.map((one) => one.toString(16).padStart(6, '0')).join(''), 'hex');
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('PLTE', palette),
    chunk('IDAT', deflateSync(Buffer.concat(rows), { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
