import { after } from 'node:test';
import { startDemo } from './demo.ts';
import { sharedChromium } from './shared.ts';

/** The one demo that the tests of this process share, each with people of its own, and a browser. */
export const [demo, browser] = await Promise.all([startDemo({ after }), sharedChromium()]);
