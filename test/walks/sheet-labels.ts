import type { Page } from 'playwright-core';
import type { Language } from '#src/texts/language.ts';
import type { SheetPage } from '#src/workshop/papers/steps/pages.ts';
import { readRecord } from '#src/workshop/papers/steps/record.ts';
import { labelFaults } from './label-check.ts';
import type { StepName } from './steps.ts';

/** The pages that step sheets picture, by the steps of tutorials that show them. */
const pictured: Readonly<Partial<Record<StepName, SheetPage>>> = {
  home: 'home',
  identity: 'identity',
  proof: 'proof',
  card: 'card',
  'other-ways': 'other-ways',
  code: 'code',
  terms: 'terms',
  password: 'password',
  contact: 'contact',
  telephones: 'telephones',
  waiting: 'waiting',
  link: 'link',
  confirmed: 'confirmed',
  'sign-in': 'sign-in',
  account: 'account',
};

/**
 * Which labels of step sheets a page does not show, in French and in English: `npm run guides -- --sheets` takes the
 * pictures and their labels again.
 */
export async function sheetFaults(page: Page, policy: string, step: StepName): Promise<readonly string[]> {
  const name = pictured[step];
  if (name === undefined) return [];
  const french = await page.locator('body').textContent();
  const inFrench = recordFaults(french ?? '', { policy, language: 'fr', name });
  // The second screens of forms have no address of their own.
  if (name === 'telephones' || name === 'card') return inFrench;
  const english = await page.evaluate<string>(`fetch(location.href, { headers: { 'accept-language': 'en' } })
    .then((answer) => answer.text())
    .then((html) => new DOMParser().parseFromString(html, 'text/html').body.textContent)`);
  return [...inFrench, ...recordFaults(english, { policy, language: 'en', name })];
}

/** The labels that step sheets take from the pictures of a page, and that its text does not have. */
export function recordFaults(
  text: string,
  of: { readonly policy: string; readonly language: Language; readonly name: SheetPage },
): readonly string[] {
  const { policy, language, name } = of;
  const seen = readRecord(policy, language)[name];
  if (!seen) return [`no picture of ${name}`];
  const labels = seen.pictures.flatMap(({ marks }) => marks.map(({ label }) => label));
  return [seen.heading, ...labels]
    .filter((label) => label !== '')
    .flatMap((label) => labelFaults(text, [label]))
    .map((fault) => `${policy} ${language} ${name}: ${fault}`);
}
