import { after, test } from 'node:test';
import { launchChromium } from '../browser/chromium.ts';
import { solidariteNumerique2021 } from './labels/solidarite-numerique-2021.ts';
import { walk } from './walk.ts';

const browser = await launchChromium();
after(() => browser.close());

test('solidarite-numerique-2021: its tutorial, step by step, with its labels', async (t) => {
  await walk(t, solidariteNumerique2021, { browser });
});
