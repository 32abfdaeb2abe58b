import assert from 'node:assert/strict';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { personNamed } from '#src/fictitious/people.ts';
import type { NamedPerson } from '#src/fictitious/person.ts';
import { loadPolicy } from '#src/policy/load.ts';
import type { Policy } from '#src/policy/schema.ts';
import type { Language } from '#src/texts/language.ts';
import { watch } from '../browser/watch.ts';
import { type TestApp, type TestOptions, testApp } from '../setting/application.ts';
import { openProvider } from './provider.ts';
import type { Tutorial } from './tutorial.ts';

/** What a step does its work with. */
export interface Walker {
  readonly site: TestApp;
  readonly policy: Policy;
  readonly baseURL: string;
  readonly language: Language;
  readonly tutorial: Tutorial;
  readonly person: NamedPerson;
  readonly context: BrowserContext;
  readonly page: Page;
}

export interface WalkPlace {
  readonly browser: Browser;
  readonly language: Language;
  readonly options?: TestOptions | undefined;
  readonly screen?: Pick<BrowserContextOptions, 'viewport' | 'deviceScaleFactor'>;
}

interface OpenWalk {
  readonly walker: Walker;
  /** Ends the visit: nothing may have gone wrong in the browser. */
  readonly finish: () => Promise<void>;
}

/** The real service with the policy of a tutorial, and a browser on it. */
export async function openWalk(
  t: Parameters<typeof testApp>[0],
  tutorial: Tutorial,
  { browser, language, options = {}, screen = {} }: WalkPlace,
): Promise<OpenWalk> {
  const policy = loadPolicy(tutorial.preset);
  let baseURL = 'http://localhost';
  const provider = await openProvider(t, () => baseURL, tutorial.franceConnect ?? tutorial.person);
  const site = await testApp(t, undefined, { ...options, policy, franceConnect: provider.franceConnect });
  await site.app.listen({ port: 0, host: '127.0.0.1' });
  const [address] = site.app.addresses();
  assert.ok(typeof address === 'object');
  baseURL = `http://localhost:${address.port}`;
  const context = await browser.newContext({
    baseURL,
    locale: language === 'fr' ? 'fr-FR' : 'en-GB',
    // The mail is shown without the site: its worker would answer instead.
    serviceWorkers: 'block',
    ...screen,
  });
  const { faults } = watch(context, baseURL);
  const page = await context.newPage();
  const person = personNamed(tutorial.person);
  const own = [`left the site: ${provider.url}`, 'console: warning: Service Worker registration blocked'];
  return {
    walker: { site, policy, baseURL, language, tutorial, person, context, page },
    finish: async () => {
      assert.deepEqual(
        faults.filter((fault) => !own.some((start) => fault.startsWith(start))),
        [],
      );
      await context.close();
    },
  };
}

/** The title of the page as its reader sees it. */
export async function headingOf(page: Page): Promise<string> {
  const heading = page.locator('h1');
  const text = (await heading.count()) > 0 ? await heading.first().innerText() : await page.title();
  return text.replace(/\s*\*$/, '').trim();
}
