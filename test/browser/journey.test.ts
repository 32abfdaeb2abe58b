import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { paths } from '#src/paths.ts';
import { axeFaults } from '../pages/browser-checks.ts';
import { leaks } from '../security/leaks.ts';
import type { ListedPerson } from './demo.ts';
import { sharedDemo } from './open-demo.ts';
import { watch } from './watch.ts';

const password = 'Brouette.Lune8';

test('with scripts, somebody with a card with photo opens an account, signs in and out', async () => {
  const { browser, demo } = await sharedDemo();
  const person = await demo.person('carte-avec-photo');
  const context = await browser.newContext({ baseURL: demo.url, javaScriptEnabled: true });
  const elsewhere = await browser.newContext({ baseURL: demo.url });
  const watches = [watch(context, demo.url), watch(elsewhere, demo.url)];
  const page = await context.newPage();

  await chooseCaisse(page, person);
  await page.getByRole('link', { name: 'Je crée mon compte' }).click();
  await page.locator('[name=nom]').fill(person.nom.toLowerCase());
  await page.locator('[name=nir]').fill(person.nir);
  await page.keyboard.press('Tab');
  const [day = '', month = '', year = ''] = person.dateNaissance.split('/');
  assert.equal(
    await page.locator('[name=dateNaissance-mois]').inputValue(),
    month,
    'month taken from the NIR',
  );
  assert.equal(
    await page.locator('[name=dateNaissance-annee]').inputValue(),
    year,
    'year taken from the NIR',
  );
  await page.locator('[name=dateNaissance-jour]').fill(day);
  await page.locator('[name=codePostal]').fill(person.codePostal);
  await send(page, 'CONTINUER', paths.proof);

  await prove(page, person);
  await agree(page);

  const rules = page.locator('[data-rules] li');
  assert.deepEqual(await states(rules), [null, null, null, null, null]);
  await page.locator('[name=motDePasse]').pressSequentially('brouette');
  assert.deepEqual(await states(rules), ['met', 'unmet', 'unmet', 'met', 'met']);
  assert.match(await textOf(page.locator('[data-strength]')), /faible/);
  await page.locator('[name=motDePasse]').fill('Azerty123!');
  assert.match(await textOf(page.locator('[data-strength]')), /trop courant/);
  await page.locator('[name=motDePasse]').fill(`Lune-${year}`);
  assert.equal((await states(rules)).at(-1), 'unmet', 'the year of birth');
  await page.locator('[name=motDePasse]').fill(password);
  assert.deepEqual(await states(rules), ['met', 'met', 'met', 'met', 'met']);
  await page.getByRole('button', { name: 'Afficher' }).first().click();
  assert.equal(await page.locator('[name=motDePasse]').getAttribute('type'), 'text');
  await page.getByRole('button', { name: 'Masquer' }).first().click();
  assert.equal(await page.locator('[name=motDePasse]').getAttribute('type'), 'password');
  await page.locator('[name=confirmation]').fill(password);
  await send(page, 'CONTINUER', paths.contact);

  const email = 'avec.script@exemple.fr';
  await giveContact(page, email);
  await confirm(elsewhere, email);
  await signInAndOut(page, person);
  for (const { faults } of watches) assert.deepEqual(faults, []);
});

test('without scripts, somebody with a card without photo does the same', async () => {
  const { browser, demo } = await sharedDemo();
  const person = await demo.person('carte-8-chiffres');
  const context = await browser.newContext({ baseURL: demo.url, javaScriptEnabled: false });
  const elsewhere = await browser.newContext({ baseURL: demo.url, javaScriptEnabled: false });
  const watches = [watch(context, demo.url), watch(elsewhere, demo.url)];
  const page = await context.newPage();

  await chooseCaisse(page, person);
  await page.getByRole('link', { name: 'Je crée mon compte' }).click();
  await send(page, 'CONTINUER', paths.identity);
  assert.match(await page.title(), /^Erreur\u00a0: /);
  await page.getByRole('link', { name: 'Écrivez votre numéro de sécurité sociale' }).click();
  assert.equal(await page.evaluate('location.hash').catch(() => '#nir'), '#nir');
  const [day = '', month = '', year = ''] = person.dateNaissance.split('/');
  await page.locator('[name=nom]').fill(person.nom);
  await page.locator('[name=nir]').fill(person.nir);
  await page.locator('[name=dateNaissance-jour]').fill(day);
  await page.locator('[name=dateNaissance-mois]').fill(month);
  await page.locator('[name=dateNaissance-annee]').fill(year);
  await page.locator('[name=codePostal]').fill(person.codePostal);
  await send(page, 'CONTINUER', paths.proof);

  await prove(page, person);
  await agree(page);
  await page.locator('[name=motDePasse]').fill(password);
  await page.locator('[name=confirmation]').fill(password);
  assert.equal(
    await page.getByRole('button', { name: 'Afficher' }).count(),
    0,
    'no button that does nothing',
  );
  await send(page, 'CONTINUER', paths.contact);

  const email = 'sans.script@exemple.fr';
  await giveContact(page, email);
  await confirm(elsewhere, email);
  await signInAndOut(page, person);
  for (const { faults } of watches) assert.deepEqual(faults, []);
});

test('what the demo wrote while they did says nothing of them', async () => {
  const { demo } = await sharedDemo();
  assert.ok(demo.output().some((line) => line.includes('requestServed')));
  for (const [cle, email] of [
    ['carte-avec-photo', 'avec.script@exemple.fr'],
    ['carte-8-chiffres', 'sans.script@exemple.fr'],
  ] as const) {
    const { nir, iban7, carte, nom } = await demo.person(cle);
    const links = (await demo.mailsTo(email)).flatMap(({ liens }) => liens);
    const token = links.map((link) => link.split('/validation-email/')[1] ?? '').join('');
    const secrets = {
      nir,
      nom,
      iban7: iban7 ?? '',
      serial: carte?.numeroSerie ?? '',
      email,
      password,
      token,
    };
    const found = demo.output().filter((line) => leaks(line, secrets).length > 0);
    assert.deepEqual(found, []);
  }
});

test('every component in every state is legible in light, dark, contrasted and on paper', async (t) => {
  const { browser, demo } = await sharedDemo();
  const context = await browser.newContext({ baseURL: demo.url, bypassCSP: true });
  t.after(() => context.close());
  const page = await context.newPage();
  const sizes = new Set<number>();
  for (const [version, { contrast, ...media }] of [
    ['light', { colorScheme: 'light', contrast: 'non' }],
    ['dark', { colorScheme: 'dark', contrast: 'non' }],
    ['contrasted', { colorScheme: 'light', contrast: 'oui' }],
    ['print', { colorScheme: 'light', contrast: 'non', media: 'print' }],
  ] as const) {
    await page.emulateMedia({ media: 'screen', ...media });
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 800 });
      await page.goto(`/demo/composants?contraste=${contrast}`);
      assert.equal(await page.evaluate('document.documentElement.scrollWidth'), width, `${version} ${width}`);
      const picture = await page.screenshot({ fullPage: true, type: 'jpeg' });
      sizes.add(picture.length);
    }
    if (version === 'print') continue;
    assert.deepEqual(await axeFaults(page), [], version);
    const looks = await page.evaluate<
      string[]
    >(`[...document.querySelectorAll('.govuk-button-group .govuk-button')]
      .map((button) => { const { backgroundColor, opacity, cursor } = getComputedStyle(button); return [backgroundColor, opacity, cursor].join(); })`);
    assert.equal(
      new Set(looks.slice(0, 5)).size,
      5,
      `${version}: five states of a button, each of its own look`,
    );
  }
  assert.equal(sizes.size, 8, 'no picture is empty or twice the same');
  assert.equal(await page.getByRole('button').count(), 0, 'no button on paper');
  await page.goto(paths.identity);
  assert.equal(
    await page.locator('.unfold summary').first().isVisible(),
    false,
    'nothing to unfold on paper',
  );
  assert.equal(await page.locator('main .unfolded').first().isVisible(), true, 'what it hid is there');
  assert.equal(await page.locator('footer').getByText('3646').first().isVisible(), true, 'the telephone is');
  assert.equal(await page.locator('.demo-banner').isVisible(), false);
});

async function chooseCaisse(page: Page, { codePostal }: ListedPerson): Promise<void> {
  await page.goto(paths.home);
  await page.locator('[name=codePostal]').fill(codePostal);
  await send(page, 'SÉLECTIONNER', paths.caisseConfirm);
  await send(page, 'CONFIRMER', paths.home);
  assert.match(await textOf(page.locator('header')), /VOTRE CAISSE\s: /);
  await fitsSmallScreen(page);
}

async function prove(page: Page, { iban7, carte }: ListedPerson): Promise<void> {
  await page.locator('[name=iban7]').fill(iban7 ?? '');
  await page.locator('[name=numeroSerie]').fill(carte?.numeroSerie ?? '');
  await send(page, 'VALIDER', paths.terms);
}

async function agree(page: Page): Promise<void> {
  await page.getByRole('radio', { name: 'Oui, j’accepte' }).check();
  await send(page, 'CONTINUER', paths.password);
}

async function giveContact(page: Page, email: string): Promise<void> {
  await page.locator('[name=email]').fill(email);
  await page.locator('[name=emailConfirmation]').fill(email);
  for (const no of await page.getByRole('radio', { name: 'Non' }).all()) assert.ok(await no.isChecked());
  await send(page, 'CONTINUER', paths.waiting);
}

/** Opens the link of the mail in a browser that knows nothing of the enrolment. */
async function confirm(elsewhere: BrowserContext, email: string): Promise<void> {
  const { demo } = await sharedDemo();
  const [mail] = await demo.mailsTo(email);
  const [link = ''] = mail.liens.filter((address) => address.includes('/validation-email/'));
  const page = await elsewhere.newPage();
  await page.goto(link);
  await fitsSmallScreen(page);
  await page.getByRole('button', { name: 'Confirmer mon email' }).click();
  await page.waitForURL(demo.url + paths.confirmed);
  await page.goto(link);
  assert.match(await page.title(), /^Votre adresse est déjà confirmée/);
}

async function signInAndOut(page: Page, { nir }: ListedPerson): Promise<void> {
  const { demo } = await sharedDemo();
  await page.goto(paths.signIn);
  await page.locator('[name=nir]').fill(nir);
  await page.locator('[name=motDePasse]').fill(password);
  await send(page, 'ME CONNECTER', paths.account);
  const shown = await textOf(page.locator('main'));
  assert.ok(!shown.includes(nir), 'the number is masked');
  await page.locator('header').getByRole('button', { name: 'Se déconnecter' }).click();
  await page.waitForURL(demo.url + paths.home);
  await page.goto(paths.account);
  assert.equal(new URL(page.url()).pathname, paths.signIn);
}

/** Presses the button by its name, and waits for the page it leads to. */
async function send(page: Page, name: string, to: string): Promise<void> {
  await fitsSmallScreen(page);
  const loaded = page.waitForEvent('load');
  await page.getByRole('button', { name, exact: true }).click();
  await loaded;
  const main = await textOf(page.locator('main'));
  assert.equal(new URL(page.url()).pathname, to, main.slice(0, 500));
}

/** WCAG 1.4.10: at 320 px wide, one scrolls down only. */
async function fitsSmallScreen(page: Page): Promise<void> {
  const size = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  const width = await page.evaluate<number>('document.documentElement.scrollWidth');
  assert.ok(width <= 320, `${page.url()} is ${width} px wide`);
  if (size) await page.setViewportSize(size);
}

async function states(rules: Locator): Promise<(string | null)[]> {
  const all = await rules.all();
  return Promise.all(all.map((rule) => rule.getAttribute('data-state')));
}

async function textOf(place: Locator): Promise<string> {
  return (await place.textContent()) ?? '';
}
