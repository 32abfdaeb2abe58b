import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openKeyring } from '#src/crypto/keyring.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { paths } from '#src/paths.ts';
import { change, mailKinds, openAccountOf, signedInVisitor, signIn } from '../setting/account.ts';
import { Visitor } from '../visitor.ts';
import {
  Abroad,
  type FranceConnectSite,
  franceConnectSite,
  identityOf,
  refusals,
  throughFranceConnect,
} from './site.ts';

const person = personNamed('nom-usage');

/** The owner of an account links it; answers the browser they did it in. */
async function linked(site: FranceConnectSite, abroad = new Abroad()): Promise<Visitor> {
  await openAccountOf(site, person, 'compte@exemple.fr');
  const visitor = await signedInVisitor(site, person);
  const away = await change(visitor, paths.accountFranceConnect, { lien: 'faire' });
  assert.equal(away.status, 303);
  const back = await visitor.get(await abroad.signIn(away.location ?? '', person.cle));
  assert.equal(back.location, paths.accountFranceConnect);
  return visitor;
}

describe('an account and FranceConnect', () => {
  it('is linked and unlinked by its owner, who is notified by mail', async (t) => {
    const site = await franceConnectSite(t);
    const visitor = await linked(site);
    assert.match((await visitor.get(paths.accountFranceConnect)).html, /est lié à FranceConnect depuis/);
    assert.match((await visitor.get(paths.accountInformation)).html, /Compte lié/);
    assert.ok((await mailKinds(site)).includes('franceconnect-linked'));
    const other = new Visitor(site.app);
    const news = async () => (await mailKinds(site)).filter((kind) => kind === 'new-device').length;
    const before = await news();
    assert.equal((await throughFranceConnect(other, person.cle, 'connexion')).location, paths.account);
    assert.equal(await news(), before + 1, 'a browser that is not known');
    await other.get(paths.account);
    await other.post(paths.signOut);
    assert.equal((await throughFranceConnect(other, person.cle, 'connexion')).location, paths.account);
    assert.equal(await news(), before + 1, 'known by then');

    const undone = await change(visitor, paths.accountFranceConnect, { lien: 'defaire' });
    assert.equal(undone.location, paths.accountFranceConnect);
    assert.match((await visitor.get(paths.accountFranceConnect)).html, /n’est pas lié/);
    assert.ok((await mailKinds(site)).includes('franceconnect-unlinked'));
    assert.notEqual((await other.get(paths.account)).status, 200, 'what FranceConnect had opened is closed');
    const third = new Visitor(site.app);
    assert.equal(
      (await throughFranceConnect(third, person.cle, 'connexion')).location,
      paths.franceConnectOutcome,
    );
  });

  it('is not begun by somebody who wanted to sign in and has none, before they say so', async (t) => {
    const site = await franceConnectSite(t);
    const visitor = new Visitor(site.app);
    const back = await throughFranceConnect(visitor, person.cle, 'connexion');
    assert.equal(back.location, paths.franceConnectOutcome);
    const page = await visitor.get(paths.franceConnectOutcome);
    assert.match(page.html, /Vous n’avez pas encore de compte/);
    assert.match(page.html, /href="\/franceconnect\/connexion\?pour=creation"/);
    assert.equal((await throughFranceConnect(visitor, person.cle)).location, paths.terms);
  });

  it('is neither linked nor unlinked without the current password', async (t) => {
    const site = await franceConnectSite(t);
    const visitor = await linked(site);
    for (const motDePasseActuel of ['', 'Faux.Lune8'])
      assert.equal(
        (await change(visitor, paths.accountFranceConnect, { lien: 'defaire', motDePasseActuel })).status,
        422,
      );
    assert.match((await visitor.get(paths.accountFranceConnect)).html, /est lié/);
    const away = await visitor.get(`${paths.franceConnect}?pour=liaison`);
    assert.equal(away.location, paths.accountFranceConnect);
  });

  it('is not linked to somebody else', async (t) => {
    const site = await franceConnectSite(t);
    await openAccountOf(site, person, 'compte@exemple.fr');
    const visitor = await signedInVisitor(site, person);
    const away = await change(visitor, paths.accountFranceConnect, { lien: 'faire' });
    const back = await visitor.get(await new Abroad().signIn(away.location ?? '', 'corse-2a'));
    assert.equal(back.location, paths.franceConnectOutcome);
    assert.match((await visitor.get(paths.franceConnectOutcome)).html, /titulaire de ce compte/);
    assert.match((await visitor.get(paths.accountFranceConnect)).html, /n’est pas lié/);
    assert.deepEqual(await refusals(site), ['other-person']);
  });

  it('is not linked with what opens somebody else’s account, also while keys are changed', async (t) => {
    const site = await franceConnectSite(t);
    const { db } = site.services;
    const visitor = await linked(site);
    await openAccountOf(site, personNamed('venturi'), 'autre@exemple.fr');
    const { person_key } = await db
      .selectFrom('account')
      .select('person_key')
      .orderBy('created_at', 'desc')
      .executeTakeFirstOrThrow();
    await db.updateTable('franceconnect_subject').set({ person_key }).execute();
    await db.updateTable('franceconnect_link').set({ person_key }).execute();
    const failures = async () => {
      const away = await change(visitor, paths.accountFranceConnect, { lien: 'faire' });
      const back = await visitor.get(await new Abroad().signIn(away.location ?? '', person.cle));
      assert.equal(back.location, paths.franceConnectOutcome);
      const counted = await db
        .selectFrom('attempt')
        .select('failures')
        .where('kind', '=', 'franceconnect-client')
        .execute();
      return counted.map(({ failures }) => failures.length);
    };
    assert.deepEqual(await failures(), [1]);
    assert.deepEqual(await failures(), [2], 'the first one was not taken back');
    const keys = new Map([
      [2, Buffer.alloc(32, 8)],
      [1, Buffer.alloc(32, 7)],
    ]);
    Object.assign(site.services, { keyring: openKeyring(keys) });
    assert.deepEqual((await failures()).toSorted(), [1, 2]);
    assert.deepEqual(
      await refusals(site),
      Array.from({ length: 3 }, () => 'linked-elsewhere'),
    );
    assert.deepEqual(await db.selectFrom('franceconnect_link').select('person_key').execute(), [
      { person_key },
    ]);
  });

  it('leaves nothing of its owner on a shared computer: what was typed goes with the session', async (t) => {
    const site = await franceConnectSite(t);
    await openAccountOf(site, person, 'compte@exemple.fr');
    const visitor = new Visitor(site.app);
    await visitor.get(paths.identity);
    const { nir } = person.line;
    const away = await visitor.post(`${paths.franceConnect}?pour=creation`, { nir });
    await visitor.get(await new Abroad().signIn(away.location ?? '', person.cle));
    assert.ok((await visitor.get(paths.identity)).html.includes(`value="${nir}"`), 'kept for its owner');
    await signIn(visitor, nir);
    await visitor.get(paths.account);
    await visitor.post(paths.signOut);
    assert.ok(!(await visitor.get(paths.identity)).html.includes(nir));
  });

  it('is linked once the password has followed FranceConnect, and its owner says so', async (t) => {
    const site = await franceConnectSite(t);
    await openAccountOf(site, person, 'compte@exemple.fr');
    const visitor = new Visitor(site.app);
    assert.equal((await throughFranceConnect(visitor, person.cle)).location, paths.franceConnectOutcome);
    assert.match((await visitor.get(paths.franceConnectOutcome)).html, /Vous avez déjà un compte/);
    assert.equal((await signIn(visitor, person.line.nir)).location, paths.franceConnectLink);
    assert.match((await visitor.get(paths.franceConnectLink)).html, /Lier votre compte/);
    const twins = [visitor, visitor.twin(), visitor.twin(), visitor.twin()];
    const seen = await Promise.all(twins.map((twin) => twin.post(paths.franceConnectLink, { choix: 'oui' })));
    assert.ok(seen.some(({ location }) => location === paths.accountFranceConnect));
    for (const twin of twins) assert.equal((await twin.get(paths.account)).status, 200, 'pressed four times');
    assert.equal((await visitor.get(paths.franceConnectLink)).location, paths.account, 'once');
    const other = new Visitor(site.app);
    assert.equal((await throughFranceConnect(other, person.cle, 'connexion')).location, paths.account);
  });

  it('is not linked when its owner says no, or after ten minutes', async (t) => {
    const site = await franceConnectSite(t);
    await openAccountOf(site, person, 'compte@exemple.fr');
    const visitor = new Visitor(site.app);
    await throughFranceConnect(visitor, person.cle, 'connexion');
    await signIn(visitor, person.line.nir);
    await visitor.get(paths.franceConnectLink);
    assert.equal((await visitor.post(paths.franceConnectLink, { choix: 'non' })).location, paths.account);
    const late = new Visitor(site.app);
    await throughFranceConnect(late, person.cle, 'connexion');
    site.clock.advance(600_000);
    assert.equal((await signIn(late, person.line.nir)).location, paths.account);
    const links = await site.services.db.selectFrom('franceconnect_link').selectAll().execute();
    assert.equal(links.length, 0);
  });

  it('is never linked by somebody else’s password', async (t) => {
    const site = await franceConnectSite(t);
    const other = personNamed('corse-2a');
    await openAccountOf(site, person, 'compte@exemple.fr');
    await openAccountOf(site, other, 'autre@exemple.fr');
    const visitor = new Visitor(site.app);
    await throughFranceConnect(visitor, person.cle, 'connexion');
    assert.equal((await signIn(visitor, other.line.nir)).location, paths.account);
    assert.equal((await visitor.get(paths.franceConnectLink)).location, paths.account);
  });

  it('is linked anew when civil status was corrected and the subject changed', async (t) => {
    // A second given name was added: another subject there, the same person here.
    const corrected = identityOf(person, {
      given_name: `${person.line.givenNames.join(' ')} Ajouté`,
      given_name_array: [...person.line.givenNames, 'Ajouté'],
    });
    const site = await franceConnectSite(t, [{ ...corrected, identifiant: 'corrige' }]);
    await linked(site);
    const visitor = new Visitor(site.app);
    assert.equal(
      (await throughFranceConnect(visitor, 'corrige', 'connexion')).location,
      paths.franceConnectOutcome,
    );
    assert.match(
      (await visitor.get(paths.franceConnectOutcome)).html,
      /état civil d’une personne a été corrigé/,
    );
    await signIn(visitor, person.line.nir);
    await visitor.get(paths.franceConnectLink);
    await visitor.post(paths.franceConnectLink, { choix: 'oui' });
    const again = new Visitor(site.app);
    assert.equal((await throughFranceConnect(again, 'corrige', 'connexion')).location, paths.account);
    const old = new Visitor(site.app);
    assert.equal(
      (await throughFranceConnect(old, person.cle, 'connexion')).location,
      paths.franceConnectOutcome,
    );
    assert.deepEqual(await refusals(site), ['subject-changed', 'subject-changed']);
  });

  it('does not open when it is disabled', async (t) => {
    const site = await franceConnectSite(t);
    await linked(site);
    await site.services.db.updateTable('account').set({ status: 'disabled' }).execute();
    const visitor = new Visitor(site.app);
    assert.equal(
      (await throughFranceConnect(visitor, person.cle, 'connexion')).location,
      paths.franceConnectOutcome,
    );
    assert.match((await visitor.get(paths.franceConnectOutcome)).html, /désactivé/);
  });

  it('ends its session after the minutes of the policy, whatever happens', async (t) => {
    const site = await franceConnectSite(t);
    await linked(site);
    const visitor = new Visitor(site.app);
    await throughFranceConnect(visitor, person.cle, 'connexion');
    const { sessionMinutes } = site.services.policy.franceConnect;
    for (let minute = 0; minute < sessionMinutes - 1; minute += 10) {
      assert.equal((await visitor.get(paths.account)).status, 200, `minute ${minute}`);
      site.clock.advance(Math.min(10, sessionMinutes - 1 - minute) * 60_000);
    }
    assert.equal((await visitor.get(paths.account)).status, 200);
    site.clock.advance(60_000);
    assert.equal((await visitor.get(paths.account)).location, paths.signIn);
  });

  it('is left here and there: the session here ends first', async (t) => {
    const site = await franceConnectSite(t);
    await linked(site);
    const visitor = new Visitor(site.app);
    const abroad = new Abroad();
    await throughFranceConnect(visitor, person.cle, 'connexion', abroad);
    await visitor.get(paths.account);
    const out = await visitor.post(paths.signOut);
    assert.match(out.location ?? '', /\/session\/end\?.*id_token_hint=/);
    assert.equal((await visitor.get(paths.account)).location, paths.signIn);
    const back = await visitor.get(await abroad.signOut(out.location ?? ''));
    assert.equal(back.location, paths.franceConnectSignedOut);
    assert.match((await visitor.get(paths.franceConnectSignedOut)).html, /déconnecté de FranceConnect/);
    const forged = await visitor.get(`${paths.franceConnectSignedOut}?state=${'0'.repeat(64)}`);
    assert.equal(forged.location, paths.home);
    await visitor.get(paths.signIn);
    assert.equal((await visitor.post(paths.signOut)).location, paths.home, 'only once');
  });

  it('is left here when FranceConnect does not answer, and the page says so', async (t) => {
    const site = await franceConnectSite(t);
    await linked(site);
    const visitor = new Visitor(site.app);
    await throughFranceConnect(visitor, person.cle, 'connexion');
    const { franceConnect } = site.services;
    assert.ok(franceConnect);
    site.simulator.behave('panne-503');
    // Five failures open the breaker.
    for (let i = 0; i < 5; i++)
      await franceConnect.complete(
        new URLSearchParams({ state: 'x', code: 'y', iss: site.simulator.issuer }),
        {
          state: 'x',
          nonce: 'n',
          verifier: 'v'.repeat(43),
        },
      );
    assert.equal(franceConnect.available(), false);
    assert.match((await new Visitor(site.app).get(paths.signIn)).html, /pas disponible pour le moment/);
    await visitor.get(paths.account);
    assert.equal((await visitor.post(paths.signOut)).location, paths.franceConnectSignedOut);
    assert.match((await visitor.get(paths.franceConnectSignedOut)).html, /fermez toutes les fenêtres/);
    assert.equal((await visitor.get(paths.account)).location, paths.signIn);
  });

  it('goes on without FranceConnect where it is off', async (t) => {
    const site = await franceConnectSite(t, [], { franceConnect: null });
    await openAccountOf(site, person, 'compte@exemple.fr');
    const visitor = await signedInVisitor(site, person);
    assert.equal((await visitor.get(paths.accountFranceConnect)).location, paths.account);
    assert.doesNotMatch((await visitor.get(paths.account)).html, /FranceConnect/);
    const stranger = new Visitor(site.app);
    assert.equal((await stranger.get(`${paths.franceConnect}?pour=creation`)).location, paths.identity);
    assert.equal((await stranger.get(`${paths.franceConnectReturn}?state=a&code=b`)).location, paths.signIn);
    assert.doesNotMatch((await stranger.get(paths.signIn)).html, /FranceConnect/);
  });
});
