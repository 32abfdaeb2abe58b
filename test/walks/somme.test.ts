import { after, test } from 'node:test';
import { launchChromium } from '../browser/chromium.ts';
import { somme } from './labels/somme.ts';
import { walk } from './walk.ts';

const browser = await launchChromium();
after(() => browser.close());

test('somme: its tutorial, step by step, with its labels', async (t) => {
  await walk(t, somme, { browser });
});
