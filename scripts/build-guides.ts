import { join } from 'node:path';
import { languages } from '#src/texts/language.ts';
import { launchChromium } from '../test/browser/chromium.ts';
import { tutorials } from '../test/walks/tutorials.ts';
import { walk } from '../test/walks/walk.ts';
import { writeGuide } from './guides/write-guide.ts';

/**
 * `npm run guides`: walks through every tutorial, in French and in English, and writes its illustrated guide, as HTML
 * and as PDF, into `guides/`. With names of presets, only theirs: `npm run guides -- isere loire`.
 */
const asked = process.argv.slice(2);
const known = tutorials.map(({ preset }) => preset);
const unknown = asked.filter((name) => !known.includes(name));
if (unknown.length > 0) throw new Error(`No walk of ${unknown.join(', ')}: there are ${known.join(', ')}`);

const folder = join(import.meta.dirname, '../guides');
const browser = await launchChromium();
try {
  for (const tutorial of tutorials.filter(({ preset }) => asked.length === 0 || asked.includes(preset)))
    for (const language of languages) {
      const closing: (() => unknown)[] = [];
      try {
        const walked = await walk({ after: (close) => closing.push(close) }, tutorial, { browser, language });
        const { pdf } = await writeGuide(browser, walked, join(folder, tutorial.preset, language));
        process.stdout.write(`${pdf}: ${walked.steps.length} steps\n`);
      } finally {
        for (const close of closing.toReversed()) await close();
      }
    }
} finally {
  await browser.close();
}
// The databases of tests stay open for the next test; there is none here.
process.exit();
