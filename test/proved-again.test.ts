import assert from 'node:assert/strict';
import { test } from 'node:test';
import { personNamed } from '#src/fictitious/people.ts';
import { paths, withToken } from '#src/paths.ts';
import { ownMails } from './setting/account.ts';
import { testApp } from './setting/application.ts';
import { contactOf, enrol, goodPassword, prove, submit } from './steps.ts';
import { Visitor } from './visitor.ts';

const venturi = personNamed('venturi');

test('a person who proves again replaces a pending account: its password, address, links and sessions are gone', async (t) => {
  const site = await testApp(t);
  const thief = new Visitor(site.app);
  await enrol(thief, venturi, 'voleur@exemple.fr');
  const [stolen] = await ownMails(site);
  site.clock.advance(3_600_000);

  const owner = new Visitor(site.app);
  const own = 'Tournesol.Quai7';
  await prove(owner, venturi);
  await submit(owner, paths.terms, { accord: 'oui' }, paths.password);
  await submit(owner, paths.password, { motDePasse: own, confirmation: own }, paths.contact);
  await submit(owner, paths.contact, contactOf('venturi@exemple.fr'), paths.waiting);

  assert.notEqual((await thief.get(paths.waiting)).status, 500);
  assert.doesNotMatch((await thief.get(paths.waiting)).html, /venturi@exemple\.fr/);
  const old = withToken(paths.link, stolen?.content.token ?? '');
  await thief.get(old);
  assert.equal((await thief.post(old)).status, 404, 'the older link is of an account that is no more');
  const mails = await ownMails(site);
  const link = withToken(paths.link, mails.at(-1)?.content.token ?? '');
  await owner.get(link);
  assert.equal((await owner.post(link)).location, paths.confirmed);
  const signIn = async (motDePasse: string) => {
    const visitor = new Visitor(site.app);
    await visitor.get(paths.signIn);
    return visitor.post(paths.signIn, { nir: venturi.line.nir, motDePasse });
  };
  assert.equal((await signIn(goodPassword)).status, 422);
  assert.equal((await signIn(own)).location, paths.account);
  const claims = await site.services.db.selectFrom('email_claim').select('email_key').execute();
  assert.equal(claims.length, 1, 'the first address is free again');
});
