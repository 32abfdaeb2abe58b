import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { personNamed } from '#src/fictitious/people.ts';
import { paths, withToken } from '#src/paths.ts';
import { latestMail } from '../setting/account.ts';
import { contactOf, goodPassword, submit, identityOf as typedOf } from '../steps.ts';
import { Visitor } from '../visitor.ts';
import { Abroad, franceConnectSite, identityOf, refusals, throughFranceConnect } from './site.ts';

const person = personNamed('nom-usage');

describe('creating an account with FranceConnect', () => {
  it('goes from the button to an active account that opens with FranceConnect', async (t) => {
    const site = await franceConnectSite(t);
    const visitor = new Visitor(site.app);
    const page = await visitor.get(paths.identity);
    assert.match(page.html, /Je crée immédiatement mon compte via FranceConnect/);
    assert.equal((await throughFranceConnect(visitor, person.cle)).location, paths.terms);
    await submit(visitor, paths.terms, { accord: 'oui' }, paths.password);
    await submit(
      visitor,
      paths.password,
      { motDePasse: goodPassword, confirmation: goodPassword },
      paths.contact,
    );
    const contact = await visitor.get(paths.contact);
    assert.match(contact.html, /FranceConnect nous a donné cette adresse/);
    assert.match(contact.html, new RegExp(`value="${person.cle}@exemple.fr"`));
    const replaced = { ...contactOf('autre@exemple.fr'), emailConfirmation: `${person.cle}@exemple.fr` };
    const asked = await visitor.post(paths.contact, replaced);
    assert.match(asked.html, /id="emailConfirmation-error"/);
    assert.doesNotMatch(asked.html, new RegExp(`${person.cle}@exemple.fr|différent`), 'it was never typed');
    assert.equal((await visitor.post(paths.contact, contactOf('autre@exemple.fr'))).location, paths.waiting);
    assert.match((await visitor.get(paths.waiting)).html, /Me déconnecter de FranceConnect/);

    const again = new Visitor(site.app);
    assert.equal((await throughFranceConnect(again, person.cle, 'connexion')).location, paths.waiting);
    const link = withToken(paths.link, (await latestMail(site, 'activation')).token ?? '');
    await again.get(link);
    assert.equal((await again.post(link)).location, paths.confirmed);
    const home = new Visitor(site.app);
    assert.equal((await throughFranceConnect(home, person.cle, 'connexion')).location, paths.account);
    assert.equal((await home.get(paths.account)).status, 200);
    assert.deepEqual(await refusals(site), []);
  });

  it('begins at its bare address too: a link signs in, a form creates', async (t) => {
    const site = await franceConnectSite(t);
    const visitor = new Visitor(site.app);
    const toSignIn = await visitor.get(paths.franceConnect);
    await visitor.get(await new Abroad().cancel(toSignIn.location ?? ''));
    assert.match((await visitor.get(paths.franceConnectOutcome)).html, /Me connecter avec mon mot de passe/);

    await visitor.get(paths.identity);
    const toCreate = await visitor.post(paths.franceConnect, typedOf(person));
    await visitor.get(await new Abroad().cancel(toCreate.location ?? ''));
    assert.match((await visitor.get(paths.franceConnectOutcome)).html, /Ce que vous avez saisi est gardé/);
    assert.equal((await visitor.get(`${paths.franceConnect}?pour=autre`)).location, paths.signIn);
  });

  it('keeps what was typed when the person comes back without', async (t) => {
    const site = await franceConnectSite(t);
    const visitor = new Visitor(site.app);
    await visitor.get(paths.identity);
    const to = `${paths.franceConnect}?pour=creation`;
    const away = await visitor.post(to, { ...typedOf(person), nom: 'Nom tapé' });
    assert.equal(away.status, 303);
    const back = await visitor.get(await new Abroad().cancel(away.location ?? ''));
    assert.equal(back.location, paths.franceConnectOutcome);
    const outcome = await visitor.get(paths.franceConnectOutcome);
    assert.match(outcome.html, /n’a pas abouti/);
    assert.match(outcome.html, /Ce que vous avez saisi est gardé/);
    const form = await visitor.get(paths.identity);
    assert.match(form.html, /value="Nom tapé"/);
    assert.match(form.html, new RegExp(`value="${person.line.nir}"`));
    assert.deepEqual(await refusals(site), ['cancelled']);
  });

  it('takes the NIR that was typed, and refuses another person’s', async (t) => {
    const site = await franceConnectSite(t);
    const typed = async (nir: string) => {
      const visitor = new Visitor(site.app);
      await visitor.get(paths.identity);
      const away = await visitor.post(`${paths.franceConnect}?pour=creation`, { nir });
      return visitor.get(await new Abroad().signIn(away.location ?? '', person.cle));
    };
    assert.equal((await typed(person.line.nir)).location, paths.terms);
    assert.equal((await typed(personNamed('corse-2a').line.nir)).location, paths.franceConnectOutcome);
    assert.equal((await typed('1990175056999')).location, paths.franceConnectOutcome);
    assert.equal((await typed('12')).location, paths.terms, 'what is no number is not asked for');
    assert.deepEqual(await refusals(site), ['other-person', 'other-person']);
  });

  it('refuses who is not the person of the open dossier', async (t) => {
    const site = await franceConnectSite(t);
    const visitor = new Visitor(site.app);
    await submit(visitor, paths.identity, typedOf(personNamed('corse-2a')), paths.proof);
    assert.equal((await throughFranceConnect(visitor, person.cle)).location, paths.franceConnectOutcome);
    const outcome = await visitor.get(paths.franceConnectOutcome);
    assert.match(outcome.html, /autre personne/);
    assert.match(outcome.html, new RegExp(`href="${paths.proof}"`), 'the dossier goes on');
  });

  it('goes on with the open dossier of the same person', async (t) => {
    const site = await franceConnectSite(t);
    const visitor = new Visitor(site.app);
    await submit(visitor, paths.identity, typedOf(person), paths.proof);
    const before = visitor.cookies.get('session');
    assert.equal((await throughFranceConnect(visitor, person.cle)).location, paths.terms);
    assert.notEqual(visitor.cookies.get('session'), before, 'a new session');
  });

  it('explains nobody, several, and a name that changed', async (t) => {
    const stranger = { ...identityOf(person, { family_name: 'PERSONNE' }), identifiant: 'inconnu' };
    const nameless = { ...identityOf(person, { family_name: '' }), identifiant: 'sans-nom' };
    const site = await franceConnectSite(t, [stranger, nameless]);
    const seen = async (identifiant: string) => {
      const visitor = new Visitor(site.app);
      assert.equal((await throughFranceConnect(visitor, identifiant)).location, paths.franceConnectOutcome);
      return (await visitor.get(paths.franceConnectOutcome)).html;
    };
    assert.match(await seen('inconnu'), /Nous ne vous trouvons pas/);
    assert.match(await seen('sans-nom'), /avec certitude/);
    assert.deepEqual(await refusals(site), ['no-match', 'not-recognised']);
    const { count } = await site.services.db
      .selectFrom('session')
      .select((eb) => eb.fn.countAll().as('count'))
      .executeTakeFirstOrThrow();
    assert.equal(Number(count), 0);
  });
});
