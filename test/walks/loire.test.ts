import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { HtmlValidate } from 'html-validate/node';
import { frenchTypographyFaults } from '#src/texts/typography.ts';
import { writeGuide } from '../../scripts/guides/write-guide.ts';
import { launchChromium } from '../browser/chromium.ts';
import { loire } from './labels/loire.ts';
import { walk } from './walk.ts';

const browser = await launchChromium();
after(() => browser.close());

test('loire: its tutorial, step by step, with its labels, and the guide made of it', async (t) => {
  const walked = await walk(t, loire, { browser });
  const folder = await mkdtemp(join(tmpdir(), 'guide-'));
  t.after(() => rm(folder, { recursive: true }));
  const { page, pdf } = await writeGuide(browser, walked, folder);

  const guide = await readFile(page, 'utf8');
  assert.deepEqual(frenchTypographyFaults(guide.replaceAll(/<style>[\s\S]*<\/style>|<[^>]*>/g, ' ')), []);
  const report = await new HtmlValidate({ extends: ['html-validate:recommended'] }).validateString(guide);
  assert.deepEqual(
    report.results.flatMap(({ messages }) => messages.map(({ message }) => message)),
    [],
  );
  assert.equal([...guide.matchAll(/<section /g)].length, loire.steps.length);
  for (const { heading, pictures } of walked.steps) {
    assert.ok(guide.includes(heading.replaceAll("'", '&#39;')), heading);
    await readFile(join(folder, pictures[1280]));
  }
  const printed = await readFile(pdf, 'latin1');
  assert.match(printed, /^%PDF-/);
  assert.match(printed, /\/StructTreeRoot/, 'tagged');
  assert.match(printed, /\/Lang \(fr\)/);
});
