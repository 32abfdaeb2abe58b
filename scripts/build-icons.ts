import { readFileSync, writeFileSync } from 'node:fs';
import { launchChromium } from '../test/browser/chromium.ts';

/**
 * Draws the icons of the installed application from `icon.svg`: `node scripts/build-icons.ts`, after a change to
 * that drawing. The maskable one fills its square, since phones crop it to their own shape.
 */
const folder = new URL('../src/web/assets/', import.meta.url);
const drawing = readFileSync(new URL('icon.svg', folder), 'utf8');
const square = drawing
  .replace(/ rx="7"/, '')
  .replace(
    '<rect x="11" y="5" width="10" height="22" rx="5"',
    '<rect x="12.5" y="8.5" width="7" height="15" rx="3.5"',
  );

const browser = await launchChromium();
const page = await browser.newPage();
for (const [name, size, svg] of [
  ['icon-192.png', 192, drawing],
  ['icon-512.png', 512, drawing],
  ['icon-maskable.png', 512, square],
] as const) {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(`<style>*{margin:0}svg{display:block;width:${size}px}</style>${svg}`);
  writeFileSync(new URL(name, folder), await page.screenshot({ omitBackground: true }));
  process.stdout.write(`src/web/assets/${name} written\n`);
}
await browser.close();
