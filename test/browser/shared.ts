import { after } from 'node:test';
import type { Browser } from 'playwright-core';
import { launchChromium, withoutDrawing } from './chromium.ts';

let browser: Promise<Browser> | undefined;
let measuring: Promise<Browser> | undefined;

/** The browser of all tests of this process, each with contexts of its own. */
export function sharedChromium(): Promise<Browser> {
  browser ??= launchChromium();
  return browser;
}

/** The same, for pages that are only laid out and measured: see `withoutDrawing`. `SCREENS=1` keeps pictures of them. */
export function measuringChromium(): Promise<Browser> {
  if (process.env.SCREENS === '1') return sharedChromium();
  measuring ??= launchChromium(withoutDrawing);
  return measuring;
}

after(async () => {
  for (const open of [browser, measuring]) await (await open)?.close();
});
