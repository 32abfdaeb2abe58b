import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { html } from '#src/web/html.ts';
import { guideDocument } from './guide.ts';
import type { Publisher } from './text.ts';
import type { WalkedGuide } from './walk-guide.ts';

export interface WrittenGuide {
  readonly page: string;
  readonly pdf: string;
}

/** Writes a guide into a folder: `guide.html`, one file with its pictures, and `guide.pdf`, tagged, with page numbers. */
export async function writeGuide(
  browser: Browser,
  walked: WalkedGuide,
  publisher: Publisher,
  folder: string,
): Promise<WrittenGuide> {
  await mkdir(folder, { recursive: true });
  const written = { page: join(folder, 'guide.html'), pdf: join(folder, 'guide.pdf') };
  await writeFile(written.page, guideDocument(walked, publisher));
  const page = await browser.newPage();
  await page.goto(pathToFileURL(written.page).href);
  const whose = [publisher.name, publisher.contact].filter((one) => one !== undefined).join(' · ');
  const foot = html`<p style="font:9pt Arial,sans-serif;width:100%;margin:0 15mm;display:flex;justify-content:space-between"><span>${whose}</span><span><span class="pageNumber"></span> / <span class="totalPages"></span></span></p>`;
  await page.pdf({
    path: written.pdf,
    format: 'A4',
    tagged: true,
    outline: true,
    preferCSSPageSize: true,
    displayHeaderFooter: true,
    headerTemplate: '<span></span>',
    footerTemplate: foot.toString(),
  });
  await page.close();
  return written;
}
