import assert from 'node:assert/strict';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { Policy } from '#src/policy/schema.ts';
import type { Language } from '#src/texts/language.ts';
import type { TestOptions, testApp } from '../setting/application.ts';
import { labelFaults } from './label-check.ts';
import { headingOf, openWalk } from './open-walk.ts';
import { actions, type StepName } from './steps.ts';
import type { Tutorial } from './tutorial.ts';

/** As on a telephone, and on a computer. */
const widths = [360, 1280] as const;

/** What the pages of a preset never call the password. */
const otherWord = { 'mot de passe': /codes? personnels?/i, 'code personnel': /mots? de passe/i };

/** A step as it was walked. */
export interface WalkedStep {
  readonly step: StepName;
  readonly where: string;
  /** The title of the page. */
  readonly heading: string;
  /** Names of the pictures in the walk’s folder, by width. */
  readonly pictures: Readonly<Record<(typeof widths)[number], string>>;
}

export interface Walked {
  readonly tutorial: Tutorial;
  readonly policy: Policy;
  readonly language: Language;
  readonly folder: string;
  readonly steps: readonly WalkedStep[];
}

interface Place {
  readonly browser: Browser;
  readonly language?: Language;
  /** Where the pictures go: `WALKS`, or `.cache/walks`, by preset and language. */
  readonly folder?: string;
  readonly options?: TestOptions;
}

const pictures = process.env.WALKS ?? join(import.meta.dirname, '../../.cache/walks');

/**
 * Walks a tutorial in its order, on the real service with its policy, in a real browser: fills what it fills, finds
 * its labels (in French), takes a picture of each page at each width, and goes on by its buttons.
 */
export async function walk(
  t: Parameters<typeof testApp>[0],
  tutorial: Tutorial,
  { browser, language = 'fr', folder = join(pictures, tutorial.preset, language), options = {} }: Place,
): Promise<Walked> {
  const { walker, finish } = await openWalk(t, tutorial, { browser, language, options });
  const { policy, baseURL, page } = walker;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const steps: WalkedStep[] = [];
  for (const { step, where, labels } of tutorial.steps) {
    const { arrive, fill, leave } = actions[step];
    await arrive?.(walker);
    await fill?.(walker);
    const shown = `${await page.title()} ${await page.locator('body').textContent()}`;
    if (language === 'fr') {
      assert.deepEqual(labelFaults(shown, labels), [], `${where} (${page.url()})`);
      if (new URL(page.url()).origin === baseURL)
        assert.doesNotMatch(shown, otherWord[policy.password.word], `${where}: one word for the password`);
    }
    const number = String(steps.length + 1).padStart(2, '0');
    steps.push({
      step,
      where,
      heading: await headingOf(page),
      pictures: {
        360: await picture(page, folder, `${number}-${step}`, 360),
        1280: await picture(page, folder, `${number}-${step}`, 1280),
      },
    });
    await leave?.(walker);
  }
  await finish();
  return { tutorial, policy, language, folder, steps };
}

async function picture(page: Page, folder: string, name: string, width: number): Promise<string> {
  await page.setViewportSize({ width, height: 800 });
  const overflow = await page.evaluate<number>('document.documentElement.scrollWidth');
  assert.ok(overflow <= width, `${page.url()} is ${overflow} px wide on a screen of ${width}`);
  const file = `${name}-${width}.png`;
  await page.screenshot({ path: join(folder, file), fullPage: true });
  return file;
}
