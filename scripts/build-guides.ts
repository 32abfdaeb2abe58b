import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { languages } from '#src/texts/language.ts';
import { launchChromium } from '../test/browser/chromium.ts';
import { tutorials } from '../test/walks/tutorials.ts';
import { readPublisher } from './guides/publisher.ts';
import { screens, walkGuide } from './guides/walk-guide.ts';
import { writeGuide } from './guides/write-guide.ts';
import { writeSheets } from './guides/write-sheets.ts';

/**
 * `npm run guides`: walks through the service with every policy, in French and in English, and writes an illustrated
 * guide of each, as HTML and as PDF, into `guides/`; with `--sheets`, through a class, into the pictures of step sheets.
 * See docs/guides.md for its options.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    screen: { type: 'string', default: 'phone' },
    by: { type: 'string' },
    sheets: { type: 'boolean', default: false },
  },
});
const known = tutorials.map(({ preset }) => preset);
const unknown = positionals.filter((name) => !known.includes(name));
if (unknown.length > 0) throw new Error(`No walk of ${unknown.join(', ')}: there are ${known.join(', ')}`);
const screen = values.screen;
if (screen !== 'phone' && screen !== 'computer')
  throw new Error(`--screen is one of ${Object.keys(screens).join(', ')}`);
const publisher = values.by === undefined ? {} : await readPublisher(values.by);

const policies = known.filter((name) => positionals.length === 0 || positionals.includes(name));
const folder = join(import.meta.dirname, '../guides');
const browser = await launchChromium();
try {
  if (values.sheets) await writeSheets(browser, policies, known, (line) => process.stdout.write(`${line}\n`));
  const guided = values.sheets ? [] : tutorials.filter(({ preset }) => policies.includes(preset));
  for (const tutorial of guided)
    for (const language of languages) {
      const closing: (() => unknown)[] = [];
      try {
        const site = publisher.site ?? 'https://compte.exemple.fr';
        const t = { after: (close: () => unknown) => closing.push(close) };
        const walked = await walkGuide(t, tutorial, { browser, language, screen, site });
        const { pdf } = await writeGuide(browser, walked, publisher, join(folder, tutorial.preset, language));
        process.stdout.write(`${pdf}\n`);
      } finally {
        for (const close of closing.toReversed()) await close();
      }
    }
} finally {
  await browser.close();
}
// The databases of tests stay open for the next test; there is none here.
process.exit();
