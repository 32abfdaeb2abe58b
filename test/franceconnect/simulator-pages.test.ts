import assert from 'node:assert/strict';
import { test } from 'node:test';
import { simulatedIdentities } from '#src/demo/franceconnect/people/identities.ts';
import { openSimulator } from '#src/demo/franceconnect/simulator.ts';
import { demoPersons } from '#src/fictitious/demo-register.ts';
import { frenchTypographyFaults } from '#src/texts/typography.ts';
import { sharedChromium } from '../browser/shared.ts';
import { axeFaults, formFaults, widthAt320 } from '../pages/browser-checks.ts';
import { markupFaults } from '../pages/document-checks.ts';

const clientUrl = 'http://localhost:9';
const request = new URLSearchParams({
  client_id: 'compte-assure',
  response_type: 'code',
  redirect_uri: `${clientUrl}/franceconnect/retour`,
  scope: 'openid given_name family_name birthdate gender birthplace birthcountry preferred_username email',
  acr_values: 'eidas1',
  state: 's'.repeat(64),
  nonce: 'n'.repeat(64),
});

test('the simulator’s pages: valid, accessible, without JavaScript, on a small screen, in good French', async (t) => {
  const simulator = await openSimulator({
    port: 0,
    clientUrl,
    client: { id: 'compte-assure', secret: 'x'.repeat(32) },
    identities: simulatedIdentities(demoPersons({ generated: 100 })),
  });
  // Axe is a script: the policy of the pages would refuse it.
  const context = await (await sharedChromium()).newContext({ bypassCSP: true });
  t.after(async () => {
    await context.close();
    await simulator.close();
  });
  const page = await context.newPage();
  const check = async (name: string, heading: RegExp) =>
    t.test(name, async () => {
      await page.setViewportSize({ width: 1280, height: 800 });
      // As sent: the browser writes what has no value in its own way.
      const sent = (await page.content()).replaceAll('selected=""', 'selected');
      assert.deepEqual(await markupFaults(sent), []);
      assert.match(await page.locator('h1').innerText(), heading);
      assert.match(await page.locator('header').innerText(), /aucun vrai service/);
      assert.deepEqual(frenchTypographyFaults(await page.locator('body').innerText()), []);
      assert.deepEqual(await axeFaults(page), []);
      assert.deepEqual(await formFaults(page), []);
      assert.equal(await widthAt320(page), 320);
      assert.equal(await page.locator('script').count(), 0);
    });

  await page.goto(simulator.url);
  await check('the switches', /Régler le simulateur/);
  await page.getByLabel('Comportement à partir de maintenant').selectOption('jetons-lente');
  await page.getByRole('button', { name: 'Changer' }).click();
  assert.equal(simulator.behaviour().name, 'jetons-lente');
  await check('the switches, misbehaving', /Régler le simulateur/);
  await page.getByRole('button', { name: 'Revenir au comportement normal' }).click();

  await page.goto(`${simulator.issuer}/authorize?${request}`);
  await check('who are you', /Qui êtes-vous/);
  await page.getByLabel('Identifiant').fill('venturi');
  await page.getByLabel('Mot de passe').fill('faux');
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await check('a wrong password', /Qui êtes-vous/);
  await page.getByLabel('Chercher un nom ou une situation').fill('montgolfier');
  await page.getByRole('button', { name: 'Chercher' }).click();
  await check('found people', /Qui êtes-vous/);
  await page.getByRole('button', { name: /^Être Maximilien/ }).click();
  await check('what is passed on', /Continuer vers le service/);

  await page.goto(`${simulator.issuer}/authorize?client_id=compte-assure`);
  await check('a request that is not valid', /Connexion impossible/);
});

test('no page of the simulator loads anything but its stylesheet', async (t) => {
  const simulator = await openSimulator({
    port: 0,
    clientUrl,
    client: { id: 'compte-assure', secret: 'x'.repeat(32) },
    identities: [],
  });
  t.after(() => simulator.close());
  for (const path of [
    '/',
    '/api/v2/authorize',
    '/api/v2/interaction/inconnu',
    '/api/v2/session/end?id_token_hint=x',
  ]) {
    const { headers } = await fetch(simulator.url + path);
    assert.match(
      headers.get('content-security-policy') ?? '',
      /^default-src 'none'; style-src 'self'; form-action 'self' /,
    );
    assert.equal(headers.get('cache-control'), 'no-store');
  }
});
