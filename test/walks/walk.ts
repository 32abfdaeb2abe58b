import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { testApp } from '../setting/application.ts';
import { labelFaults } from './label-check.ts';
import { openWalk } from './open-walk.ts';
import { sheetFaults } from './sheet-labels.ts';
import { actions } from './steps.ts';
import type { Tutorial } from './tutorial.ts';

/** As on a telephone, and on a computer. */
const widths = [360, 1280] as const;

/** What the pages of a preset never call the password. */
const otherWord = { 'mot de passe': /codes? personnels?/i, 'code personnel': /mots? de passe/i };

/**
 * Walks a tutorial in its order, on the real service with its policy, in a real browser: fills what it fills, finds
 * its labels, checks that each page fits each width, and goes on by its buttons. With `WALKS`, keeps a picture of each
 * page at each width in that folder.
 */
export async function walk(
  t: Parameters<typeof testApp>[0],
  tutorial: Tutorial,
  browser: Browser,
): Promise<void> {
  const { walker, finish } = await openWalk(t, tutorial, { browser, language: 'fr' });
  const { policy, baseURL, page } = walker;
  const folder = process.env.WALKS === undefined ? null : join(process.env.WALKS, tutorial.preset);
  if (folder) await rm(folder, { recursive: true, force: true });
  for (const [index, { step, where, labels }] of tutorial.steps.entries()) {
    const { arrive, fill, leave } = actions[step];
    await arrive?.(walker);
    await fill?.(walker);
    const shown = `${await page.title()} ${await page.locator('body').textContent()}`;
    assert.deepEqual(labelFaults(shown, labels), [], `${where} (${page.url()})`);
    assert.deepEqual(await sheetFaults(page, tutorial.preset, step), [], 'npm run guides -- --sheets');
    if (new URL(page.url()).origin === baseURL)
      assert.doesNotMatch(shown, otherWord[policy.password.word], `${where}: one word for the password`);
    const number = String(index + 1).padStart(2, '0');
    await fits(page, folder && join(folder, `${number}-${step}`));
    await leave?.(walker);
  }
  await finish();
}

/** No width scrolls sideways, beginning with that of the page before; each is kept as a picture, where a name for it is given. */
async function fits(page: Page, picture: string | null): Promise<void> {
  const { width: before = 0 } = page.viewportSize() ?? {};
  for (const width of before === widths[1] ? widths.toReversed() : widths) {
    if (width !== before) await page.setViewportSize({ width, height: 800 });
    const overflow = await page.evaluate<number>('document.documentElement.scrollWidth');
    assert.ok(overflow <= width, `${page.url()} is ${overflow} px wide on a screen of ${width}`);
    if (picture) await page.screenshot({ path: `${picture}-${width}.png`, fullPage: true });
  }
}
