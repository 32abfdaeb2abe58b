import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { demoPassword } from '#src/fictitious/person.ts';
import { paths } from '#src/paths.ts';
import { sharedDemo } from './open-demo.ts';

/** At the simulator: who one is, then what is passed on. */
async function be(page: Page, identifiant: string): Promise<void> {
  await page.locator('#identifiant').fill(identifiant);
  await page.locator('#motDePasse').fill('123');
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await page.getByRole('button', { name: /^Continuer sur/ }).click();
}

for (const javaScriptEnabled of [true, false])
  test(`to FranceConnect and back, ${javaScriptEnabled ? 'with' : 'without'} scripts`, async () => {
    const { browser, demo } = await sharedDemo();
    const person = await demo.person('isere');
    const context = await browser.newContext({ baseURL: demo.url, javaScriptEnabled });
    const page = await context.newPage();
    const button = page.getByRole('button', { name: 'S’identifier avec FranceConnect' });

    await page.goto(paths.identity);
    const box = await button.boundingBox();
    assert.ok(box && box.height >= 56 && box.width >= 245, 'large enough');
    await page.locator('[name=nom]').fill('Nom tapé');
    await page.locator('[name=nom]').press('Enter');
    await page.waitForURL(`**${paths.identity}`);
    assert.match(await page.title(), /^Erreur/, 'the return key sends the fields, not the button above them');

    await page.locator('[name=nir]').fill(person.nir);
    await button.click();
    await page.getByRole('button', { name: 'Annuler et revenir au service' }).click();
    await page.waitForURL(`**${paths.franceConnectOutcome}`);
    await page.getByRole('link', { name: 'Continuer avec ma carte Vitale' }).click();
    assert.equal(await page.locator('[name=nom]').inputValue(), 'Nom tapé');
    assert.equal(await page.locator('[name=nir]').inputValue(), person.nir);

    await button.click();
    await be(page, 'isere');
    await page.waitForURL(`**${paths.terms}`);
    await context.close();
  });

test('an account is linked after its password, opened and left with FranceConnect', async () => {
  const { browser, demo } = await sharedDemo();
  const context = await browser.newContext({ baseURL: demo.url });
  const page = await context.newPage();
  const person = await demo.person('compte-ouvert');
  await page.goto(paths.signIn);
  await page.getByRole('link', { name: 'S’identifier avec FranceConnect' }).click();
  await be(page, 'compte-ouvert');
  await page.waitForURL(`**${paths.franceConnectOutcome}`);
  await page.getByRole('link', { name: 'Me connecter avec mon mot de passe' }).click();
  await page.locator('[name=nir]').fill(person.nir);
  await page.locator('[name=motDePasse]').fill(demoPassword);
  await page.getByRole('button', { name: 'ME CONNECTER' }).click();
  await page.waitForURL(`**${paths.franceConnectLink}`);
  await page.getByRole('button', { name: 'Lier mon compte à FranceConnect' }).click();
  await page.waitForURL(`**${paths.accountFranceConnect}`);

  await page.goto(paths.account);
  await page.getByRole('button', { name: 'Se déconnecter' }).first().click();
  const agree = page.getByRole('button', { name: /déconnect/i });
  await Promise.race([page.waitForURL(`**${paths.franceConnectSignedOut}`), agree.first().waitFor()]);
  if (!page.url().endsWith(paths.franceConnectSignedOut)) await agree.first().click();
  await page.waitForURL(`**${paths.franceConnectSignedOut}`);
  assert.match(await page.title(), /déconnecté de FranceConnect/);

  await page.goto(paths.signIn);
  await page.getByRole('link', { name: 'S’identifier avec FranceConnect' }).click();
  await be(page, 'compte-ouvert');
  await page.waitForURL(`**${paths.account}`);
  await context.close();
});
