import { keepOutcome } from '#src/franceconnect/browser.ts';
import { outcomeOf, purposes, reasons } from '#src/franceconnect/outcome.ts';
import { paths } from '#src/paths.ts';
import { proven } from '../../franceconnect/scripted.ts';
import { openAccountOf, signIn } from '../../setting/account.ts';
import { contactOf, goodPassword, identityOf } from '../../steps.ts';
import type { Seen, Visitor } from '../../visitor.ts';
import { state, type World } from '../world.ts';

/** To the provider and back, with the answer that it was set to give. */
async function through(visitor: Visitor, pour: 'creation' | 'connexion'): Promise<Seen> {
  const away = await visitor.get(`${paths.franceConnect}?pour=${pour}`);
  const { searchParams } = new URL(away.location ?? '');
  return visitor.get(`${paths.franceConnectReturn}?state=${searchParams.get('state')}&code=c`);
}

/** Every way in which FranceConnect does not open the way. */
export async function* franceConnectOutcomes(world: World) {
  const { db, keyring } = world.services;
  const now = world.clock.now();
  const until = new Date(now.getTime() + 3_600_000).toISOString();
  const typed = { nom: 'Fictif' };
  for (const purpose of purposes)
    for (const reason of reasons) {
      const visitor = world.visitor();
      const secret = Buffer.alloc(32, `${purpose}${reason}`).toString('base64url');
      visitor.cookies.set('franceconnect', secret);
      await keepOutcome(db, keyring, secret, outcomeOf(reason, purpose, { typed, until }), now);
      yield state(`FranceConnect, ${purpose}, ${reason}`, 200, await visitor.get(paths.franceConnectOutcome));
      if (!reason.startsWith('signed-out')) continue;
      yield state(`FranceConnect, ${reason}`, 200, await visitor.get(paths.franceConnectSignedOut));
    }
  yield state('FranceConnect, nothing to tell', 200, await world.visitor().get(paths.franceConnectOutcome));

  world.franceConnect.isAway(true);
  yield state('sign in, FranceConnect away', 200, await world.visitor().get(paths.signIn));
  yield state('identity, FranceConnect away', 200, await world.visitor().get(paths.identity));
  world.franceConnect.isAway(false);
}

/** An account opened with FranceConnect, then linked and unlinked. */
export async function* franceConnectPages(world: World) {
  const person = world.someone();
  const visitor = world.visitor();
  world.franceConnect.answers({ kind: 'refused', reason: 'cancelled' });
  await visitor.get(paths.identity);
  const away = await visitor.post(`${paths.franceConnect}?pour=creation`, identityOf(person));
  const sent = new URL(away.location ?? '').searchParams.get('state');
  await visitor.get(`${paths.franceConnectReturn}?state=${sent}&error=access_denied`);
  yield state('FranceConnect left, what was typed', 200, await visitor.get(paths.identity));
  yield state(
    'FranceConnect, form too old',
    403,
    await visitor.post(`${paths.franceConnect}?pour=creation`, {}, { csrf: 'old' }),
  );

  world.franceConnect.answers(proven(person));
  await through(visitor, 'creation');
  await visitor.get(paths.terms);
  await visitor.post(paths.terms, { accord: 'oui' });
  await visitor.get(paths.password);
  await visitor.post(paths.password, { motDePasse: goodPassword, confirmation: goodPassword });
  yield state('contact, address of FranceConnect', 200, await visitor.get(paths.contact));
  await visitor.post(paths.contact, contactOf('fc@exemple.fr'));
  yield state('waiting, session at FranceConnect', 200, await visitor.get(paths.waiting));

  const owner = world.someone();
  await openAccountOf(world, owner, 'lie@exemple.fr');
  world.franceConnect.answers(proven(owner));
  const other = world.visitor();
  await through(other, 'connexion');
  yield state('FranceConnect, account not linked', 200, await other.get(paths.franceConnectOutcome));
  await signIn(other, owner.line.nir);
  yield state('link to FranceConnect?', 200, await other.get(paths.franceConnectLink));
  yield state('account FranceConnect, not linked', 200, await other.get(paths.accountFranceConnect));
  yield state(
    'account FranceConnect, no password',
    422,
    await other.post(paths.accountFranceConnect, { lien: 'faire' }),
  );
  world.franceConnect.isAway(true);
  yield state('account FranceConnect, away', 200, await other.get(paths.accountFranceConnect));
  world.franceConnect.isAway(false);
  await other.get(paths.franceConnectLink);
  await other.post(paths.franceConnectLink, { choix: 'oui' });
  yield state('account FranceConnect, linked', 200, await other.get(paths.accountFranceConnect));
  yield state('account, linked to FranceConnect', 200, await other.get(paths.accountInformation));
}
