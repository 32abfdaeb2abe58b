import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import type { Walked } from '../../test/walks/walk.ts';
import { guideDocument } from './guide.ts';

export interface WrittenGuide {
  readonly page: string;
  readonly pdf: string;
}

/** Writes the guide of a walk into a folder: `guide.html` with its screenshots beside it, and `guide.pdf`, tagged. */
export async function writeGuide(browser: Browser, walked: Walked, folder: string): Promise<WrittenGuide> {
  await mkdir(folder, { recursive: true });
  for (const { pictures } of walked.steps)
    await copyFile(join(walked.folder, pictures[1280]), join(folder, pictures[1280]));
  const written = { page: join(folder, 'guide.html'), pdf: join(folder, 'guide.pdf') };
  await writeFile(written.page, guideDocument(walked));
  const page = await browser.newPage();
  await page.goto(pathToFileURL(written.page).href);
  await page.pdf({ path: written.pdf, format: 'A4', tagged: true, outline: true, preferCSSPageSize: true });
  await page.close();
  return written;
}
