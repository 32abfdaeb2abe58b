import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { personNamed } from '#src/fictitious/people.ts';
import { paths } from '#src/paths.ts';
import type { Policy } from '#src/policy/schema.ts';
import type { Language } from '#src/texts/language.ts';
import { activationMail } from '../../test/walks/activation-mail.ts';
import { openWalk, type Walker } from '../../test/walks/open-walk.ts';
import { actions, type StepName } from '../../test/walks/steps.ts';
import type { Tutorial } from '../../test/walks/tutorial.ts';
import { marks, type Pictured } from './marks.ts';
import { type PicturedPage, picturesOf } from './picture.ts';

export const screens = {
  phone: { viewport: { width: 360, height: 800 }, deviceScaleFactor: 2 },
  computer: { viewport: { width: 1280, height: 900 }, deviceScaleFactor: 2 },
} as const;

export type Screen = keyof typeof screens;

export interface WalkedGuide {
  readonly tutorial: Tutorial;
  readonly policy: Policy;
  readonly language: Language;
  readonly screen: Screen;
  readonly pages: Readonly<Partial<Record<Pictured, PicturedPage>>>;
}

interface GuidePlace {
  readonly browser: Browser;
  readonly language: Language;
  readonly screen: Screen;
  /** The address of the service, as the mail shows it. */
  readonly site: string;
}

/**
 * Walks every way of a guide on the real service: as far as the proof by the card, the form where FranceConnect begins,
 * then by a code to the open account; and on the way what may go wrong.
 */
export async function walkGuide(
  t: Parameters<typeof openWalk>[0],
  tutorial: Tutorial,
  { browser, language, screen, site }: GuidePlace,
): Promise<WalkedGuide> {
  const { walker, finish } = await openWalk(t, tutorial, { browser, language, screen: screens[screen] });
  const { page, policy, context } = walker;
  const pages: Partial<Record<Pictured, PicturedPage>> = {};
  const picture = async (pictured: Pictured, first = 1) => {
    pages[pictured] = await picturesOf(page, marks[pictured], first);
  };
  const step = async (name: StepName, pictured: Pictured, by: Walker = walker) => {
    await actions[name].arrive?.(by);
    await actions[name].fill?.(by);
    await picture(pictured);
    await actions[name].leave?.(by);
  };

  await step('home', 'home');
  await picture('franceconnect');
  await actions.identity.fill?.(walker);
  if (policy.identity.answer === 'open') {
    await page.locator('[name=nom]').fill('Autrenom');
    await send(walker);
    await picture('identity-refused');
  }
  await step('identity', 'identity');
  await actions.proof.fill?.(walker);
  await picture('proof');
  await picture('no-serial');
  if (policy.proof.layout === 'two-screens') {
    await send(walker);
    await actions.card.fill?.(walker);
    await picture('card');
  }
  await refuseProof(walker);
  await picture('proof-refused');

  const guest = withMobile(walker);
  await context.clearCookies();
  await page.goto(paths.identity);
  await actions.identity.fill?.(guest);
  await send(guest);
  await page.goto(paths.otherWays);
  await actions['other-ways'].fill?.(guest);
  await picture('other-ways');
  await actions.code.arrive?.(guest);
  await actions.code.fill?.(guest);
  await picture('code');
  await send(guest);
  for (const name of ['terms', 'password', 'contact'] as const) await step(name, name, guest);
  if (policy.contact.layout === 'two-screens') await step('telephones', 'telephones', guest);
  await picture('waiting');
  await showMail(guest, site);
  await picture('mail');
  if (policy.confirmation.linkActiveDays < policy.confirmation.selfResendUntilDays)
    await step('link-dead', 'link-dead', guest);
  await step('link', 'link', guest);
  await step('confirmed', 'confirmed', guest);
  await context.clearCookies();
  await page.goto(paths.signIn);
  await step('sign-in', 'sign-in', guest);
  await picture('account');
  await context.clearCookies();
  await finish();
  return { tutorial, policy, language, screen, pages };
}

/** The same visit by somebody whose mobile number the caisse knows. */
function withMobile(walker: Walker): Walker {
  const person = personNamed('isere');
  const { cle, line } = person;
  return { ...walker, person, tutorial: { ...walker.tutorial, other: cle, typedName: line.birthName } };
}

async function send({ page }: Walker): Promise<void> {
  const button = page.locator('main form button[type=submit].govuk-button').first();
  await Promise.all([page.waitForEvent('load'), button.click()]);
}

/** A right serial number with the end of another IBAN. */
async function refuseProof(walker: Walker): Promise<void> {
  const { page, policy } = walker;
  await page.goto(paths.proof);
  await page.locator('[name=iban7]').fill('1234567');
  if (policy.proof.layout === 'two-screens') await send(walker);
  await actions.card.fill?.(walker);
  await send(walker);
  assert.ok(await page.locator('.govuk-error-summary').isVisible(), 'the proof is refused');
}

/** The mail as a mailbox shows it, with the address of the service that the guide is for. */
async function showMail(walker: Walker, site: string): Promise<void> {
  const { page, baseURL } = walker;
  const { html } = await activationMail(walker);
  const mailbox = `${baseURL}/boite-aux-lettres`;
  const body = html.replaceAll(`>${baseURL}`, `>${site}`);
  await page.route(mailbox, (route) => route.fulfill({ contentType: 'text/html', body }));
  await page.goto(mailbox);
  await page.unroute(mailbox);
}
