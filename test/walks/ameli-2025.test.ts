import { after, test } from 'node:test';
import { launchChromium } from '../browser/chromium.ts';
import { ameli2025 } from './labels/ameli-2025.ts';
import { walk } from './walk.ts';

const browser = await launchChromium();
after(() => browser.close());

test('ameli-2025: its tutorial, step by step, with its labels', async (t) => {
  await walk(t, ameli2025, { browser });
});
