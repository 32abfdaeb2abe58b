import { after, test } from 'node:test';
import { launchChromium } from '../browser/chromium.ts';
import { isere } from './labels/isere.ts';
import { walk } from './walk.ts';

const browser = await launchChromium();
after(() => browser.close());

test('isere: its tutorial, step by step, with its labels', async (t) => {
  await walk(t, isere, { browser });
});
