import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { paths } from '#src/paths.ts';
import type { ListedPerson } from './demo.ts';
import { sharedDemo } from './open-demo.ts';
import { watch } from './watch.ts';

const password = 'Brouette.Lune8';

test('two tabs, two people: what the first had typed is neither stored nor shown for the second', async () => {
  const { browser, demo } = await sharedDemo();
  const first = await demo.person('venturi');
  const second = await demo.person('loire');
  const context = await browser.newContext({ baseURL: demo.url });
  const { faults } = watch(context, demo.url);
  const one = await context.newPage();
  await toContact(one, first);
  await one.locator('[name=email]').fill('premiere@exemple.fr');
  await one.locator('[name=emailConfirmation]').fill('premiere@exemple.fr');

  const two = await context.newPage();
  await toContact(two, second);
  await press(one, 'CONTINUER');
  assert.match(await one.title(), /Une autre personne utilise ce navigateur/);
  assert.doesNotMatch(await one.content(), /premiere@exemple\.fr/);
  assert.equal(new URL(one.url()).pathname, paths.contact);

  await two.locator('[name=email]').fill('seconde@exemple.fr');
  await two.locator('[name=emailConfirmation]').fill('seconde@exemple.fr');
  await press(two, 'CONTINUER');
  assert.equal(new URL(two.url()).pathname, paths.waiting);
  await demo.mailsTo('seconde@exemple.fr');
  await one
    .getByRole('link', { name: 'Continuer' })
    .or(one.getByRole('button', { name: 'Continuer' }))
    .click();
  await one.waitForURL(demo.url + paths.waiting);

  assert.deepEqual(faults, []);
  await context.close();
});

test('the explanation leads the first person on as well: the open session is closed, and they begin again', async () => {
  const { browser, demo } = await sharedDemo();
  const first = await demo.person('corse-2a');
  const second = await demo.person('corse-2b');
  const context = await browser.newContext({ baseURL: demo.url, javaScriptEnabled: false });
  const one = await context.newPage();
  await toProof(one, first);
  const two = await context.newPage();
  await toProof(two, second);
  await fillProof(one, first);
  await press(one, 'VALIDER');
  assert.match(await one.title(), /Une autre personne utilise ce navigateur/);
  await press(one, 'Fermer la session ouverte');
  assert.equal(new URL(one.url()).pathname, paths.home);
  await toProof(one, first);
  await fillProof(one, first);
  await press(one, 'VALIDER');
  assert.equal(new URL(one.url()).pathname, paths.terms);
  await context.close();
});

test('without scripts, a button pressed twice: the browser drops the first answer, and the person goes on', async () => {
  const { browser, demo } = await sharedDemo();
  const person = await demo.person('isere');
  for (const clickCount of [2, 3]) {
    const context = await browser.newContext({ baseURL: demo.url, javaScriptEnabled: false });
    const page = await context.newPage();
    await toProof(page, person);
    await fillProof(page, person);
    await page.getByRole('button', { name: 'VALIDER', exact: true }).click({ clickCount, noWaitAfter: true });
    // Not `waitForURL`: it takes the answer that the browser drops for a failure.
    while (new URL(page.url()).pathname !== paths.terms) await wait(20);
    await page.waitForLoadState();
    await page.reload();
    assert.equal(new URL(page.url()).pathname, paths.terms, 'the session is there');
    await context.close();
  }
});

async function toProof(page: Page, { nom, nir, dateNaissance, codePostal }: ListedPerson): Promise<void> {
  await page.goto(paths.identity);
  await page.locator('[name=nom]').fill(nom);
  await page.locator('[name=nir]').fill(nir);
  for (const [index, part] of (['jour', 'mois', 'annee'] as const).entries())
    await page.locator(`[name=dateNaissance-${part}]`).fill(dateNaissance.split('/')[index] ?? '');
  await page.locator('[name=codePostal]').fill(codePostal);
  await press(page, 'CONTINUER');
  assert.equal(new URL(page.url()).pathname, paths.proof);
}

async function fillProof(page: Page, { iban7, carte }: ListedPerson): Promise<void> {
  await page.locator('[name=iban7]').fill(iban7 ?? '');
  await page.locator('[name=numeroSerie]').fill(carte?.numeroSerie ?? '');
}

async function toContact(page: Page, person: ListedPerson): Promise<void> {
  await toProof(page, person);
  await fillProof(page, person);
  await press(page, 'VALIDER');
  await page.getByRole('radio', { name: 'Oui, j’accepte' }).check();
  await press(page, 'CONTINUER');
  await page.locator('[name=motDePasse]').fill(password);
  await page.locator('[name=confirmation]').fill(password);
  await press(page, 'CONTINUER');
  assert.equal(new URL(page.url()).pathname, paths.contact);
}

async function press(page: Page, name: string): Promise<void> {
  const loaded = page.waitForEvent('load');
  await page.getByRole('button', { name, exact: true }).click();
  await loaded;
}
