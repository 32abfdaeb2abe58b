import { after, test } from 'node:test';
import { launchChromium } from '../browser/chromium.ts';
import { loire } from './labels/loire.ts';
import { walk } from './walk.ts';

const browser = await launchChromium();
after(() => browser.close());

test('loire: its tutorial, step by step, with its labels', async (t) => {
  await walk(t, loire, { browser });
});
