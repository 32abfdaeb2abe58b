import { after, test } from 'node:test';
import { launchChromium } from '../browser/chromium.ts';
import { polymatheia2020 } from './labels/polymatheia-2020.ts';
import { walk } from './walk.ts';

const browser = await launchChromium();
after(() => browser.close());

test('polymatheia-2020: its tutorial, step by step, with its labels', async (t) => {
  await walk(t, polymatheia2020, { browser });
});
