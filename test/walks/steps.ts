import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { simulatorPassword } from '#src/demo/franceconnect/people/identity.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { paths, withToken } from '#src/paths.ts';
import { activationMail } from './activation-mail.ts';
import type { Walker } from './open-walk.ts';
import type { Tutorial } from './tutorial.ts';

type Act = (walker: Walker) => Promise<unknown>;

/** How a step comes to its page, what it fills in there, and how it goes on. */
interface Action {
  readonly arrive?: Act;
  readonly fill?: Act;
  readonly leave?: Act;
}

const named = {
  caisse: {
    arrive: ({ page }) => page.goto(paths.caisse),
    fill: ({ page, person }) => page.locator('main [name=codePostal]').fill(person.line.postalCode),
    leave: ({ page }) => send(page, paths.caisseConfirm),
  },
  'caisse-confirm': { leave: ({ page }) => send(page, paths.home) },
  home: {
    arrive: ({ page }) => page.goto(paths.home),
    leave: ({ page }) => follow(page, paths.identity),
  },
  'sign-in-page': { arrive: ({ page }) => page.goto(paths.signIn) },
  identity: {
    arrive: ({ page }) => page.goto(paths.identity),
    fill: (walker) => identify(walker.page, walker),
    leave: ({ page }) => send(page, paths.proof),
  },
  app: { arrive: ({ page }) => page.goto(paths.app) },
  'identity-franceconnect': {
    arrive: async ({ page, context }) => {
      await context.clearCookies();
      await page.goto(paths.identity);
    },
    leave: ({ page }) =>
      Promise.all([page.waitForURL('**/interaction/**'), page.locator('.fr-connect').click()]),
  },
  franceconnect: {
    fill: async ({ page, tutorial, person }) => {
      await page.locator('#identifiant').fill(tutorial.franceConnect ?? person.cle);
      await page.locator('#motDePasse').fill(simulatorPassword);
    },
    leave: ({ page }) =>
      Promise.all([page.waitForEvent('load'), page.locator('button.primary').first().click()]),
  },
  'franceconnect-consent': {
    leave: async ({ page }) => {
      await page.locator('button.primary, main button').first().click();
      await page.waitForURL(`**${paths.terms}`);
    },
  },
  'other-ways': {
    arrive: async ({ page, context, tutorial }) => {
      await context.clearCookies();
      await page.goto(paths.identity);
      await identify(page, otherOf(tutorial));
      await send(page, paths.otherWays);
    },
    fill: ({ page }) => page.locator('[name=canal][value=sms]').check(),
  },
  code: {
    arrive: ({ page }) => send(page, paths.provisionalCode),
    fill: async ({ page, site, policy, tutorial }) => {
      const sent = (await site.mails()).findLast(({ kind }) => kind === 'provisional-code-sms');
      const other = otherOf(tutorial);
      if (policy.codes.askedWith === 'identity') await nameAndBirth(page, other);
      else await page.locator('[name=nir]').fill(other.person.line.nir);
      await page.locator('[name=code]').fill(sent?.content.code ?? '');
    },
    leave: async (walker) => {
      await send(walker.page, paths.terms);
      await walker.context.clearCookies();
      await startAgain(walker);
    },
  },
  'proof-plain-card': { arrive: arriveWithPlainCard, leave: startAgain },
  proof: {
    fill: async (walker) => {
      await walker.page.locator('[name=iban7]').fill(walker.person.line.iban?.slice(-7) ?? '');
      if (walker.policy.proof.layout === 'one-page') await fillSerial(walker);
    },
    leave: ({ page, policy }) =>
      send(page, policy.proof.layout === 'two-screens' ? paths.proof : paths.terms),
  },
  card: {
    fill: fillSerial,
    leave: ({ page }) => send(page, paths.terms),
  },
  terms: {
    fill: ({ page }) => page.locator('[name=accord][value=oui]').check(),
    leave: ({ page }) => send(page, paths.password),
  },
  password: {
    fill: async ({ page, tutorial: { password } }) => {
      await page.locator('[name=motDePasse]').fill(password);
      await page.locator('[name=confirmation]').fill(password);
    },
    leave: ({ page }) => send(page, paths.contact),
  },
  contact: {
    fill: fillContact,
    leave: async (walker) => {
      const { page, policy } = walker;
      await checkConsents(page);
      await send(page, policy.contact.layout === 'two-screens' ? paths.contact : paths.waiting);
    },
  },
  telephones: {
    fill: fillTelephones,
    leave: async ({ page }) => {
      await checkConsents(page);
      await send(page, paths.waiting);
    },
  },
  waiting: {},
  mail: { arrive: openMail },
  link: { arrive: openLink, leave: ({ page }) => send(page, paths.confirmed) },
  'sign-in-dead': {
    arrive: async (walker) => {
      const { page, site, policy, context } = walker;
      site.clock.advance((policy.confirmation.linkActiveDays + 1) * dayMs);
      await context.clearCookies();
      await page.goto(paths.signIn);
      await signIn(walker);
      await send(page, paths.waiting);
    },
  },
  'link-dead': {
    arrive: async (walker) => {
      walker.site.clock.advance((walker.policy.confirmation.linkActiveDays + 1) * dayMs);
      await openLink(walker);
    },
    leave: ({ page }) => Promise.all([page.waitForEvent('load'), mainButton(page).click()]),
  },
  'link-over': {
    arrive: async (walker) => {
      const { content } = await activationMail(walker);
      walker.site.clock.advance((walker.policy.confirmation.selfResendUntilDays + 1) * dayMs);
      await walker.page.goto(withToken(paths.link, content.token));
    },
  },
  confirmed: { leave: ({ page }) => follow(page, paths.signIn) },
  'sign-in': {
    fill: signIn,
    leave: ({ page }) => send(page, paths.account),
  },
  account: {},
} satisfies Readonly<Record<string, Action>>;

export type StepName = keyof typeof named;

/** The steps of the tutorials, by name. */
export const actions: Readonly<Record<StepName, Action>> = named;

async function fillSerial({ page, person: { line } }: Walker): Promise<void> {
  await page.locator('[name=numeroSerie]').fill(line.card?.serial ?? '');
}

const dayMs = 86_400_000;

async function identify(page: Page, who: Pick<Walker, 'person' | 'tutorial'>): Promise<void> {
  await nameAndBirth(page, who);
  await page.locator('[name=codePostal]').fill(who.person.line.postalCode);
}

async function nameAndBirth(
  page: Page,
  { person: { line }, tutorial }: Pick<Walker, 'person' | 'tutorial'>,
): Promise<void> {
  const [year = '', month = '', day = ''] = line.birthDate.split('-');
  await page.locator('[name=nom]').fill(tutorial.typedName ?? line.birthName);
  await page.locator('[name=nir]').fill(line.nir);
  await page.locator('[name=dateNaissance-jour]').fill(day);
  await page.locator('[name=dateNaissance-mois]').fill(month);
  await page.locator('[name=dateNaissance-annee]').fill(year);
}

/** Somebody else, in the same browser, has the older card; the first person then starts again. */
async function arriveWithPlainCard({ page, tutorial }: Walker): Promise<void> {
  await page.goto(paths.identity);
  await identify(page, otherOf(tutorial));
  await send(page, paths.proof);
}

/** The second person of a tutorial, who types their own name. */
function otherOf(tutorial: Tutorial): Pick<Walker, 'person' | 'tutorial'> {
  assert.ok(tutorial.other);
  const person = personNamed(tutorial.other);
  return { person, tutorial: { ...tutorial, typedName: person.line.birthName } };
}

async function signIn({ page, person, tutorial }: Walker): Promise<void> {
  await page.locator('[name=nir]').fill(person.line.nir);
  await page.locator('[name=motDePasse]').fill(tutorial.password);
}

async function startAgain(walker: Walker): Promise<void> {
  const { page } = walker;
  await page.goto(paths.identity);
  await identify(page, walker);
  await send(page, paths.proof);
}

async function fillContact(walker: Walker): Promise<void> {
  const { page, tutorial, policy } = walker;
  await page.locator('[name=email]').fill(tutorial.email);
  await page.locator('[name=emailConfirmation]').fill(tutorial.email);
  if (policy.contact.layout === 'telephones-on-request') await page.locator('main details summary').click();
  if (policy.contact.layout !== 'two-screens') await fillTelephones(walker);
}

async function fillTelephones({ page, tutorial: { portable, fixe } }: Walker): Promise<void> {
  if (portable) await page.locator('[name=portable]').fill(portable);
  if (fixe) await page.locator('[name=fixe]').fill(fixe);
}

/** «Non» is the answer of people who answer nothing. */
async function checkConsents(page: Page): Promise<void> {
  for (const no of await page.locator('[type=radio][value=non]').all()) assert.ok(await no.isChecked());
}

/** The mail as a mailbox shows it: nothing of the site is around it. */
async function openMail(walker: Walker): Promise<void> {
  const mail = await activationMail(walker);
  const mailbox = `${walker.baseURL}/boite-aux-lettres`;
  await walker.page.route(mailbox, (route) => route.fulfill({ contentType: 'text/html', body: mail.html }));
  await walker.page.goto(mailbox);
  await walker.page.unroute(mailbox);
}

async function openLink(walker: Walker): Promise<void> {
  const { content } = await activationMail(walker);
  await walker.page.goto(withToken(paths.link, content.token));
}

function mainButton(page: Page) {
  return page.locator('main form button[type=submit].govuk-button').first();
}

/** Presses the button of the page’s first form, and arrives. */
async function send(page: Page, to: string): Promise<void> {
  await Promise.all([page.waitForEvent('load'), mainButton(page).click()]);
  await arrivedAt(page, to);
}

/** Follows the one strong link of the page, and arrives. */
async function follow(page: Page, to: string): Promise<void> {
  await page.locator('main a.govuk-button:not(.govuk-button--secondary)').first().click();
  await page.waitForURL(`**${to}`);
  await arrivedAt(page, to);
}

async function arrivedAt(page: Page, path: string): Promise<void> {
  const main = (await page.locator('main').textContent()) ?? '';
  assert.equal(new URL(page.url()).pathname, path, main.slice(0, 600));
}
