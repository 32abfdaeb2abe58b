import { after, test } from 'node:test';
import { launchChromium } from '../browser/chromium.ts';
import { renforcee } from './labels/renforcee.ts';
import { walk } from './walk.ts';

const browser = await launchChromium();
after(() => browser.close());

test('renforcee: its tutorial, step by step, with its labels', async (t) => {
  await walk(t, renforcee, { browser });
});
