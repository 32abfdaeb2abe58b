import assert from 'node:assert/strict';
import { test } from 'node:test';
import { personNamed } from '#src/fictitious/people.ts';
import { paths, withToken } from '#src/paths.ts';
import { change, latestMail, openAccountOf, signedInVisitor } from '#test/setting/account.ts';
import { type TestApp, testApp } from '#test/setting/application.ts';
import { contactOf, enrol, goodPassword } from '../../test/steps.ts';
import { type Seen, Visitor } from '../../test/visitor.ts';

const venturi = personNamed('venturi');
const neighbour = personNamed('nom-usage');
const newPassword = { motDePasse: 'Girafe.Soleil9', confirmation: ' Girafe.Soleil9\n' };

/** The banner of a page that says what was done. */
function saidDone({ html }: Seen): string | null {
  return /banner--success[\s\S]*?banner__heading">([^<]*)</.exec(html)?.[1] ?? null;
}

test('the page after a change says once what was done', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  const visitor = await signedInVisitor(site, venturi);

  async function says(sent: Seen, expected: RegExp): Promise<void> {
    assert.equal(sent.status, 303, sent.html);
    assert.doesNotMatch(sent.location ?? '', /\?/, 'nothing of it in the address');
    const next = await visitor.get(sent.location ?? '');
    assert.match(saidDone(next) ?? '', expected);
    assert.match(next.title, /^C’est fait\u00a0: /);
    assert.equal(visitor.cookies.has('fait'), false);
    const again = await visitor.get(sent.location ?? '');
    assert.equal(saidDone(again), null, 'once only');
    assert.doesNotMatch(again.title, /C’est fait/);
  }

  // A space and a line end, as pasting adds them.
  const motDePasseActuel = `\u00a0${goodPassword} \r\n`;
  const telephones = { portable: '06 12 34 56 78', fixe: '', motDePasseActuel };
  await says(await change(visitor, paths.accountTelephones, telephones), /numéros de téléphone/);
  await says(await change(visitor, paths.accountConsents, { etudes: 'oui' }), /choix de communication/);
  await says(
    await change(visitor, paths.accountEmail, contactOf('nouvelle@exemple.fr')),
    /message est parti à votre nouvelle adresse/,
  );
  const { code = '' } = await latestMail(site, 'new-address');
  await says(await change(visitor, paths.accountEmailCode, { code }), /nouvelle adresse email est confirmée/);
  await says(await change(visitor, paths.accountPassword, newPassword), /mot de passe est changé/);
  await visitor.get(paths.account);
  await says(await visitor.post(paths.extendSession), /session est prolongée/);
  await visitor.get(paths.account);
  await says(await visitor.post(paths.signOut), /déconnecté/);

  await visitor.get(paths.forgotten);
  await visitor.post(paths.forgotten, { nir: venturi.line.nir });
  const link = withToken(paths.newPassword, (await latestMail(site, 'password-reset')).token ?? '');
  await visitor.get(link);
  await says(await visitor.post(link, newPassword), /nouveau mot de passe est enregistré/);

  await visitor.get(paths.caisse);
  await visitor.post(paths.caisse, { codePostal: '75011' });
  await visitor.get(paths.caisseConfirm);
  await says(await visitor.post(paths.caisseConfirm), /caisse est choisie/);

  await sayAgain(site);
  await forge(site);
});

/** A message sent again is said once, and not above a mailbox that refuses it. */
async function sayAgain(site: TestApp): Promise<void> {
  const visitor = new Visitor(site.app);
  await enrol(visitor, neighbour, 'voisine@exemple.fr');
  site.clock.advance(121_000);
  await visitor.get(paths.waiting);
  assert.equal((await visitor.post(paths.waitingResend)).location, paths.waiting);
  assert.match(saidDone(await visitor.get(paths.waiting)) ?? '', /nouveau message est parti/);
  await site.services.db.updateTable('notice').set({ state: 'bounced', reason: 'dsn-5.1.1' }).execute();
  const refused = await visitor.get(paths.waiting);
  assert.match(refused.html, /messagerie a refusé/);
  assert.equal(saidDone(refused), null);
}

/** What was done is a name of ours, in a cookie of two minutes. */
async function forge(site: TestApp): Promise<void> {
  const visitor = new Visitor(site.app);
  await visitor.get(paths.home);
  const { headers } = await visitor.post(paths.signOut);
  assert.match(
    String(headers['set-cookie']),
    /fait=signed-out; Max-Age=120; Path=\/; HttpOnly; SameSite=Lax/,
  );
  for (const forged of ['constructor', '<b>', 'x'.repeat(999)]) {
    visitor.cookies.set('fait', forged);
    assert.equal(saidDone(await visitor.get(paths.home)), null, forged);
  }
}
