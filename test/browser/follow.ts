import type { Locator } from 'playwright-core';

/** Clicks what leads to another page, and waits until that is there whole: a click alone may return before. */
export async function follow(link: Locator): Promise<void> {
  const loaded = link.page().waitForEvent('load');
  await link.click();
  await loaded;
}
