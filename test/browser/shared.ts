import { after } from 'node:test';
import type { Browser } from 'playwright-core';
import { launchChromium } from './chromium.ts';

let browser: Promise<Browser> | undefined;

/** The browser of all tests of this process, each with contexts of its own. */
export function sharedChromium(): Promise<Browser> {
  browser ??= launchChromium();
  return browser;
}

after(async () => (await browser)?.close());
