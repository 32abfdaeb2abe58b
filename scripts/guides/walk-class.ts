import assert from 'node:assert/strict';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { simulatorPassword } from '#src/demo/franceconnect/people/identity.ts';
import { demoPassword } from '#src/fictitious/person.ts';
import { paths } from '#src/paths.ts';
import { loadPolicy } from '#src/policy/load.ts';
import type { Language } from '#src/texts/language.ts';
import type { SheetPage } from '#src/workshop/papers/steps/pages.ts';
import { workshopPaths } from '#src/workshop/paths.ts';
import { passwordOfClass } from '#src/workshop/placing/play.ts';
import type { Browser as Trainer } from '../../test/reliability/browser.ts';
import { prepareClass, type Room } from '../../test/workshop/room.ts';
import { classMarks } from './class-marks.ts';
import { next } from './marks.ts';
import { type PicturedPage, picturesOf } from './picture.ts';

export type WalkedClass = ReadonlyMap<SheetPage, PicturedPage>;

export interface ClassPlace {
  readonly browser: Browser;
  readonly room: Room;
  readonly policy: string;
  readonly language: Language;
}

const screen = { viewport: { width: 360, height: 800 }, deviceScaleFactor: 1.2 };
/** Between what is in one picture. */
const nearest = 110;
const patienceMs = 60_000;

/**
 * Plays four seats of two classes, whose trainer lets a mail go astray and a link grow old: one opens an account with the
 * card, one asks for codes, one goes to FranceConnect, one uses an account. Takes a picture of each page before anything is written on it.
 */
export async function walkClass(place: ClassPlace): Promise<WalkedClass> {
  const pages = new Map<SheetPage, PicturedPage>();
  const password = passwordOfClass(loadPolicy(place.policy));
  await inClass(place, 'premiers-pas-carte-vitale', async (sit) => {
    const seat = new Seat(await sit(), pages, password);
    await seat.join();
    await seat.openAccount();
    await seat.confirm();
    const other = new Seat(await sit(), pages, password);
    await other.join();
    await other.askForCodes();
    const third = new Seat(await sit(), pages, password);
    await third.join();
    await third.throughFranceConnect();
  });
  await inClass(place, 'paiements-et-attestation', async (sit) => {
    const seat = new Seat(await sit(), pages, demoPassword);
    await seat.join();
    await seat.useAccount();
    await seat.forget();
  });
  return pages;
}

/** What a seat is played with: its browser, the code of the class, and what its trainer does. */
interface Chair {
  readonly page: Page;
  readonly code: string;
  readonly act: (fields: Readonly<Record<string, string>>) => Promise<void>;
}

async function inClass(
  { browser, room, policy, language }: ClassPlace,
  scenario: string,
  play: (sit: () => Promise<Chair>) => Promise<void>,
): Promise<void> {
  const prepared = { scenario, politique: policy, langue: language, places: '3' };
  const { trainer, board, code } = await prepareClass(room, prepared);
  const act: Chair['act'] = async (fields) => {
    await trainer.get(board);
    assert.equal((await trainer.post(board, fields)).status, 303, JSON.stringify(fields));
  };
  const contexts: BrowserContext[] = [];
  try {
    await play(async () => {
      const context = await browser.newContext({
        baseURL: room.origin,
        locale: language === 'fr' ? 'fr-FR' : 'en-GB',
        serviceWorkers: 'block',
        ...screen,
      });
      contexts.push(context);
      return { page: await context.newPage(), code, act };
    });
  } finally {
    for (const context of contexts) await context.close();
    await erase(trainer, board);
  }
}

async function erase(trainer: Trainer, board: string): Promise<void> {
  await trainer.get(board);
  await trainer.post(board, { action: 'effacer' });
}

class Seat {
  readonly #page: Page;
  readonly #code: string;
  readonly #act: Chair['act'];
  readonly #pages: Map<SheetPage, PicturedPage>;
  readonly #password: string;
  #desk = '';

  constructor({ page, code, act }: Chair, pages: Map<SheetPage, PicturedPage>, password: string) {
    page.setDefaultTimeout(patienceMs);
    this.#page = page;
    this.#code = code;
    this.#act = act;
    this.#pages = pages;
    this.#password = password;
  }

  async join(): Promise<void> {
    await this.#page.goto(workshopPaths.join);
    await this.#page.locator('[name=code]').fill(this.#code);
    await this.#send();
    await this.#page.waitForURL(`**${workshopPaths.seat}`);
    this.#desk = await this.#page.content();
  }

  async openAccount(): Promise<void> {
    const page = this.#page;
    await this.#picture('desk');
    await page.goto(paths.home);
    await this.#picture('home');
    await page.goto(paths.identity);
    await this.#picture('identity');
    await this.#picture('franceconnect');
    await this.#identify(paths.proof);
    await this.#picture('proof');
    await page.locator('[name=iban7]').fill(this.#said('IBAN').replaceAll(' ', '').slice(-7));
    const serial = page.locator('[name=numeroSerie]:not([type=hidden])');
    if ((await serial.count()) === 0) {
      await this.#send();
      await this.#picture('card');
    }
    await serial.fill(this.#said('Numéro de série de la carte', 'Serial number of the card'));
    await this.#send(paths.terms);
    await this.#picture('terms');
    await page.locator('[name=accord][value=oui]').check();
    await this.#send(paths.password);
    await this.#picture('password');
    await this.#choosePassword();
    await this.#picture('contact');
    const email = this.#said('Adresse email', 'Email address');
    await page.locator('[name=email]').fill(email);
    await page.locator('[name=emailConfirmation]').fill(email);
    await this.#act({ action: 'incident', incident: 'mail-in-spam' });
    await this.#send();
    if (new URL(page.url()).pathname !== paths.waiting) {
      await this.#picture('telephones');
      await this.#send();
    }
    await page.waitForURL(`**${paths.waiting}`);
    await this.#picture('waiting');
  }

  async confirm(): Promise<void> {
    const page = this.#page;
    await page.goto(workshopPaths.seat);
    await this.#picture('desk-mails');
    await this.#untilThere(workshopPaths.seatSpam, '.message-list a');
    await this.#picture('spam');
    await this.#follow('.message-list a');
    await this.#picture('spam-mail');
    await this.#act({ action: 'incident', incident: 'link-dead' });
    await this.#follow('main a.govuk-button');
    await this.#picture('link-dead');
    // Another mail leaves only a while after the first.
    await this.#act({ action: 'horloge', duree: 'PT10M' });
    await this.#follow(next);
    await this.#openMail(paths.link);
    await this.#picture('mail');
    await this.#follow('main a.govuk-button');
    await this.#picture('link');
    await this.#send(paths.confirmed);
    await this.#picture('confirmed');
  }

  async useAccount(): Promise<void> {
    const page = this.#page;
    await page.goto(paths.signIn);
    await this.#picture('sign-in');
    await this.#picture('forgotten-link');
    await page.locator('main form [name=nir]').fill(this.#nir());
    await page.locator('[name=motDePasse]').fill(this.#password);
    await this.#send(paths.account);
    await this.#untilThere(paths.accountPayments, `main a[href^="${paths.accountPayments}/"]`);
    await this.#picture('payments');
    await this.#follow(`main a[href^="${paths.accountPayments}/"]`);
    await this.#picture('payment');
    await page.goto(paths.account);
    await this.#picture('account');
    await this.#picture('account-payments');
    await this.#picture('account-attestation');
    await this.#picture('account-messages');
    await page.goto(paths.accountAttestation);
    await this.#picture('attestation');
    await page.goto(paths.messages);
    await this.#picture('messages');
    await page.goto(paths.messageWrite);
    await this.#picture('message-write');
  }

  async throughFranceConnect(): Promise<void> {
    const page = this.#page;
    await page.goto(paths.identity);
    await this.#follow('.fr-connect');
    await page.locator('#identifiant').waitFor();
    await this.#picture('provider');
    await page.locator('#identifiant').fill(this.#said('Identifiant', 'Identifier'));
    await page.locator('#motDePasse').fill(simulatorPassword);
    await this.#follow('form button.primary');
    await this.#picture('provider-consent');
  }

  async forget(): Promise<void> {
    const page = this.#page;
    const cookies = await page.context().cookies();
    await page.context().clearCookies();
    await page.context().addCookies(cookies.filter(({ value }) => /^[a-f\d]{8}\./.test(value)));
    await page.goto(paths.forgotten);
    await this.#picture('forgotten');
    await page.locator('main form [name=nir]').fill(this.#nir());
    await page.locator('main form [name=email]').fill(this.#said('Adresse email', 'Email address'));
    await this.#send();
    await this.#openMail(paths.newPassword);
    await this.#follow('main a.govuk-button');
    await this.#picture('new-password');
  }

  /** Codes by SMS, then by post. */
  async askForCodes(): Promise<void> {
    const page = this.#page;
    await page.goto(paths.identity);
    await this.#identify(paths.proof);
    await page.goto(paths.otherWays);
    await page.locator('[name=canal][value=sms]').check();
    await this.#picture('other-ways');
    await this.#send(paths.provisionalCode);
    for (const filled of await page.locator('main form [name=nir], main form [name=nom]').all())
      if (await filled.isVisible()) await filled.fill('');
    await this.#picture('code');
    await page.goto(workshopPaths.seat);
    await this.#picture('desk-sms');
    await this.#picture('desk-letters');
    await this.#untilThere(workshopPaths.seatSms, '.bubble');
    // The address of the laptop, as it may be in a room.
    const here = new URL(page.url()).host;
    await page
      .locator('.bubble p')
      .first()
      .evaluate((text, host) => {
        text.innerHTML = text.innerHTML.replaceAll(host, '192.168.1.10:3000');
      }, here);
    await this.#picture('sms');
    await page.goto(paths.otherWays);
    await page.locator('[name=canal][value=courrier]').check();
    await this.#send();
    await this.#act({ action: 'facteur' });
    await this.#untilThere(workshopPaths.seatLetters, '.tile a.govuk-button');
    await this.#picture('letters');
  }

  async #picture(name: SheetPage): Promise<void> {
    this.#pages.set(name, await picturesOf(this.#page, classMarks[name], null, nearest));
  }

  async #choosePassword(): Promise<void> {
    await this.#page.locator('[name=motDePasse]').fill(this.#password);
    await this.#page.locator('[name=confirmation]').fill(this.#password);
    await this.#send(paths.contact);
  }

  async #identify(to: string): Promise<void> {
    const page = this.#page;
    const [day = '', month = '', year = ''] = this.#said('Date de naissance', 'Date of birth').split('/');
    await page.locator('[name=nom]').fill(this.#said('Nom', 'Name'));
    await page.locator('[name=nir]').fill(this.#nir());
    await page.locator('[name=dateNaissance-jour]').fill(day);
    await page.locator('[name=dateNaissance-mois]').fill(month);
    await page.locator('[name=dateNaissance-annee]').fill(year);
    await page.locator('form [name=codePostal]').fill(/(\d{5}) \p{Lu}/u.exec(this.#desk)?.[1] ?? '');
    await this.#send(to);
  }

  #nir(): string {
    return this.#said('Numéro de sécurité sociale', 'Social security number');
  }

  /** Opens the newest mail whose button leads to this page, once it has come. */
  async #openMail(path: string): Promise<void> {
    const page = this.#page;
    const link = `main a.govuk-button[href*="${path.split('/:')[0]}/"]`;
    for (let tries = 0; tries < 60; tries += 1) {
      await this.#untilThere(workshopPaths.seatMails, '.message-list a');
      if (!this.#pages.has('mails')) await this.#picture('mails');
      const mails = await page.locator('.message-list a').evaluateAll((all) => all.map(String));
      for (const mail of mails) {
        await page.goto(mail);
        if ((await page.locator(link).count()) > 0) return;
      }
      await page.waitForTimeout(500);
    }
    throw new Error(`No mail leads to ${path}`);
  }

  /** What the desk says under one of these names. */
  #said(...names: readonly string[]): string {
    for (const name of names) {
      const found = new RegExp(`>${name}</dt>\\s*<dd[^>]*>(.*?)</dd>`, 's').exec(this.#desk)?.[1];
      if (found !== undefined) return found.replaceAll('&nbsp;', ' ').replaceAll('\u00a0', ' ');
    }
    throw new Error(`The desk does not say ${names.join(', ')}`);
  }

  /** Presses the button of the form, and arrives. */
  async #send(to: string | null = null): Promise<void> {
    await this.#follow(next);
    if (to !== null)
      assert.equal(
        new URL(this.#page.url()).pathname,
        to,
        (await this.#page.locator('main').textContent()) ?? '',
      );
  }

  async #follow(target: string): Promise<void> {
    await Promise.all([this.#page.waitForEvent('load'), this.#page.locator(target).first().click()]);
  }

  /** Opens a page again until something is there. */
  async #untilThere(path: string, target: string): Promise<void> {
    for (let tries = 0; tries < 120; tries += 1) {
      await this.#page.goto(path);
      if ((await this.#page.locator(target).count()) > 0) return;
      await this.#page.waitForTimeout(500);
    }
    throw new Error(`${path} never had ${target}`);
  }
}
