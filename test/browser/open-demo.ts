import { after } from 'node:test';
import type { Browser } from 'playwright-core';
import { type RunningDemo, startDemo } from './demo.ts';
import { sharedChromium } from './shared.ts';

interface Shared {
  readonly demo: RunningDemo;
  readonly browser: Browser;
}

let shared: Promise<Shared> | undefined;

/**
 * The one demo that the tests of this process share, each with people of its own, and a browser. Started by the first test
 * that asks: were it awaited while files are loaded, the tests of other files could all end before, and with them what
 * closes at the end.
 */
export function sharedDemo(): Promise<Shared> {
  shared ??= open();
  return shared;
}

const closers: (() => Promise<unknown>)[] = [];

async function open(): Promise<Shared> {
  const closing = { after: (close: () => Promise<unknown>) => closers.push(close) };
  const [demo, browser] = await Promise.all([startDemo(closing), sharedChromium()]);
  return { demo, browser };
}

after(async () => {
  for (const close of closers.toReversed()) await close();
});
