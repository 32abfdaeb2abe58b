import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deposit } from '#src/depot/deposit.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { paths } from '#src/paths.ts';
import { findSender } from '#src/senders/sender.ts';
import { sharedChromium } from '../browser/shared.ts';
import { openAccountOf } from '../setting/account.ts';
import { testApp } from '../setting/application.ts';
import { jpeg, page as pages, pdf } from '../setting/made-files.ts';
import { readMessages } from '../setting/messages.ts';
import { goodPassword } from '../steps.ts';

const venturi = personNamed('venturi');

test('in a browser without JavaScript: files, a message, its answer and the file that comes back', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  await readMessages(site);
  await site.app.listen({ host: '127.0.0.1', port: 0 });
  const [address] = site.app.addresses();
  assert.ok(typeof address === 'object');
  const origin = `http://localhost:${address.port}`;
  const browser = await sharedChromium();
  const context = await browser.newContext({
    javaScriptEnabled: false,
    viewport: { width: 360, height: 640 },
  });
  t.after(() => context.close());
  const page = await context.newPage();
  const shot = async (name: string) => {
    if (process.env.SCREENS === '1')
      await page.screenshot({ path: `.cache/screens/${name}.png`, fullPage: true });
  };
  const press = (name: string) => page.getByRole('button', { name }).click();

  await page.goto(`${origin}${paths.signIn}`);
  await page.fill('#nir', venturi.line.nir);
  await page.fill('#motDePasse', goodPassword);
  await page.locator('main form button[type=submit]').first().click();
  await page.waitForURL(`${origin}${paths.account}`);
  await page.goto(`${origin}${paths.messages}`);
  await shot('messages-none');
  await page.getByRole('link', { name: 'Écrire à ma caisse' }).click();
  await page.getByLabel('Un remboursement').check();
  await page.fill('#texte', 'Bonjour,\n\nJe n’ai pas reçu mes 30 €.');
  const fit = pdf(['<< /Type /Catalog /Pages 2 0 R >>', ...pages]);
  await page.setInputFiles('#pieces', [
    { name: 'relevé.pdf', mimeType: 'application/pdf', buffer: fit },
    { name: 'lettre.docx', mimeType: 'application/msword', buffer: Buffer.from('PK\u0003\u0004') },
  ]);
  await press('Ajouter ce document');
  await shot('message-refused');
  assert.match(await page.title(), /^Erreur/);
  assert.match(await page.innerText('.govuk-error-summary'), /lettre\.docx/);
  assert.match(await page.innerText('main'), /relevé\.pdf \(PDF, 1\sKo\)/);
  assert.match(await page.inputValue('#texte'), /30 €/);
  site.clock.advance(1_000);
  await page.setInputFiles('#pieces', [{ name: 'photo.jpg', mimeType: 'image/jpeg', buffer: jpeg(30, 40) }]);
  await shot('message-before');
  await press('Envoyer mon message');
  await shot('message-sent');
  assert.match(await page.innerText('main'), /Votre message est envoyé[\s\S]*relevé\.pdf[\s\S]*photo\.jpg/);
  const thread = page.url().split('/').at(-1) ?? '';
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: /relevé\.pdf/ }).click();
  assert.equal((await download).suggestedFilename(), 'piece-jointe.pdf');

  const { db } = site.services;
  const row = await db.selectFrom('message').select('sender').executeTakeFirstOrThrow();
  const sender = await findSender(db, row.sender);
  assert.ok(sender);
  site.clock.advance(60_000);
  const message = {
    subject: 'Un remboursement',
    text: 'Bonjour,\n\nIl part demain.\n\nVotre caisse',
    thread,
    attachments: [{ title: 'Relevé du mois', file: fit }],
  };
  await deposit(
    site.services,
    sender,
    { kind: 'message', id: '1', nir: venturi.line.nir, message },
    site.clock.now(),
  );
  await page.goto(`${origin}${paths.messages}`);
  await shot('messages-unread');
  await page.getByRole('link', { name: 'Un remboursement' }).click();
  await shot('message-answered');
  assert.match(await page.innerText('main'), /Répondu[\s\S]*Il part demain/);
  await page.setViewportSize({ width: 1280, height: 800 });
  await shot('message-answered-wide');
  await page.goto(`${origin}${paths.messageWrite}`);
  await shot('message-wide');
});
