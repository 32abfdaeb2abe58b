import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import type { Download, Page } from 'playwright-core';
import { personNamed } from '#src/fictitious/people.ts';
import { paths } from '#src/paths.ts';
import { readPdf } from '../documents/other-readers.ts';
import { addSender, codeOn, depositDocument, depositRights, familyOf } from '../papers/setting.ts';
import { openAccountOf } from '../setting/account.ts';
import { testApp } from '../setting/application.ts';
import { goodPassword } from '../steps.ts';
import { follow } from './follow.ts';
import { sharedChromium } from './shared.ts';

const ange = personNamed('venturi');

async function saved(page: Page, button: RegExp): Promise<{ name: string; bytes: Buffer }> {
  const [download]: [Download, unknown] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

test('without scripts: a document is read, an attestation made and checked, a card ordered', async (t) => {
  const site = await testApp(t);
  await addSender(site);
  await openAccountOf(site, ange, 'venturi@exemple.fr');
  await depositRights(site, ange, familyOf(ange));
  await depositDocument(site, ange, {
    reference: 'D-1',
    title: 'Décision sur vos transports',
    matters: true,
  });
  const { port } = new URL(await site.app.listen({ port: 0, host: '127.0.0.1' }));
  const origin = `http://localhost:${port}`;
  const browser = await sharedChromium();
  const context = await browser.newContext({
    ...{ javaScriptEnabled: false, baseURL: origin, locale: 'fr-FR', acceptDownloads: true },
    viewport: { width: 360, height: 740 },
  });
  t.after(() => context.close());
  const page = await context.newPage();
  const heading = () => page.getByRole('heading', { level: 1 }).innerText();
  await page.goto(paths.signIn);
  await page.locator('[name=nir]').fill(ange.line.nir);
  await page.locator('[name=motDePasse]').fill(goodPassword);
  await page.locator('[name=motDePasse]').press('Enter');

  await page.waitForURL(`**${paths.account}`);
  await page.goto(paths.accountDocuments);
  await follow(page.getByRole('link', { name: 'Décision sur vos transports' }));
  assert.match(await page.locator('main').innerText(), /Pas encore lu/);
  const document = await saved(page, /TÉLÉCHARGER/);
  assert.deepEqual(
    [document.name, document.bytes.toString()],
    ['document-2026-03-02.pdf', '%PDF-1.7 Décision sur vos transports'],
  );
  await follow(page.getByRole('link', { name: 'Mes documents' }));
  assert.match(await page.locator('main').innerText(), /Lu le/);

  await follow(page.getByRole('link', { name: 'Faire une attestation de droits' }));
  await page.getByLabel('Ange Venturi').check();
  const attestation = await saved(page, /TÉLÉCHARGER/);
  const code = codeOn((await readPdf(attestation.bytes)).text);
  const anybody = await (
    await browser.newContext({ javaScriptEnabled: false, baseURL: origin, locale: 'fr-FR' })
  ).newPage();
  t.after(() => anybody.context().close());
  await anybody.goto(paths.check);
  await anybody.locator('[name=code]').fill(code.toLowerCase());
  await follow(anybody.getByRole('button', { name: /VÉRIFIER/ }));
  assert.match(await anybody.locator('main').innerText(), /est valable[\s\S]*A\.\sV\./);

  await page.goto(paths.accountEuropeanCard);
  await follow(page.getByRole('button', { name: 'COMMANDER' }));
  assert.match(await page.locator('.govuk-error-summary').innerText(), /Cochez au moins une personne/);
  await page.locator('#depart-jour').fill('12');
  await page.locator('#depart-mois').fill('3');
  await page.locator('#depart-annee').fill('2026');
  await page.getByLabel('Ange Venturi').check();
  await page.getByLabel(/^Lise/).check();
  await follow(page.getByRole('button', { name: 'COMMANDER' }));
  assert.match(await heading(), /Carte européenne/);
  assert.match(
    await page.locator('main').innerText(),
    /Votre commande est partie[\s\S]*Lise Venturi\s: commandée/,
  );
  const certificate = await saved(page, /CERTIFICAT POUR Lise/);
  assert.equal(certificate.name, 'certificat-provisoire.pdf');
});
