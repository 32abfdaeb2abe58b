import { after, test } from 'node:test';
import { launchChromium } from '../browser/chromium.ts';
import { claire } from './labels/claire.ts';
import { walk } from './walk.ts';

const browser = await launchChromium();
after(() => browser.close());

test('claire: plain words, one question a screen', async (t) => {
  await walk(t, claire, { browser });
});
