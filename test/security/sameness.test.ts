import assert from 'node:assert/strict';
import { test } from 'node:test';
import { personNamed } from '#src/fictitious/people.ts';
import { paths } from '#src/paths.ts';
import { openWorld } from '../pages/world.ts';
import { openAccountOf } from '../setting/account.ts';
import { choosePassword, contactOf, enrol, goodPassword, identityOf } from '../steps.ts';
import { alike, oneEach, outside } from './alike.ts';

const venturi = personNamed('venturi');
const unknown = '2690549588157';

test('the identity page gives the same answer whatever is wrong and for any person', async (t) => {
  const world = await openWorld(t, 'fr');
  const holder = world.someone();
  await openAccountOf(world, holder, 'compte@exemple.fr');
  const waiting = world.someone();
  await enrol(world.visitor(), waiting, 'attente@exemple.fr');
  const wrong = { nom: 'Personne' };
  const of = (cle: string) => identityOf(personNamed(cle), wrong);
  await alike({
    path: paths.identity,
    rounds: 12,
    visitorOf: oneEach(world.visitor),
    situations: {
      unknown: identityOf(venturi, { nir: unknown, ...wrong }),
      'wrong name': identityOf(personNamed('nom-long'), wrong),
      'wrong day': identityOf(personNamed('jumelle-aline'), { 'dateNaissance-jour': '30' }),
      'wrong postal code': identityOf(personNamed('jumelle-elise'), { codePostal: '97400' }),
      deceased: of('decede'),
      'no bank account': of('sans-iban'),
      'no card': of('sans-carte'),
      'other scheme': of('regime-msa'),
      dependant: of('ayant-droit'),
      'account open': identityOf(holder, wrong),
      'account waiting': identityOf(waiting, wrong),
    },
  });
});

test('signing in gives the same answer: no account, wrong password, not confirmed, and suspended with the right one', async (t) => {
  const world = await openWorld(t, 'fr');
  const [open, locked, pending] = [world.someone(), world.someone(), world.someone()];
  await openAccountOf(world, open, 'compte@exemple.fr');
  await openAccountOf(world, locked, 'suspendu@exemple.fr');
  await enrol(world.visitor(), pending, 'attente@exemple.fr');
  const motDePasse = 'Faux.Lune8';
  const situations = {
    unknown: { nir: unknown, motDePasse },
    'account open': { nir: open.line.nir, motDePasse },
    'account waiting': { nir: pending.line.nir, motDePasse },
    'account to be suspended': { nir: locked.line.nir, motDePasse },
    'in the register only': { nir: venturi.line.nir, motDePasse },
  };
  const visitorOf = oneEach(world.visitor);
  await alike({ path: paths.signIn, situations, rounds: 6, visitorOf });
  const right = { nir: locked.line.nir, motDePasse: goodPassword };
  await alike({
    path: paths.signIn,
    situations: { ...situations, 'suspended, right password': right },
    rounds: 1,
    visitorOf: oneEach(world.visitor),
  });
});

test('a forgotten password and a code without a session give the same answers', async (t) => {
  const world = await openWorld(t, 'fr');
  const [open, pending] = [world.someone(), world.someone()];
  await openAccountOf(world, open, 'compte@exemple.fr');
  await enrol(world.visitor(), pending, 'attente@exemple.fr');
  const people = { unknown, open: open.line.nir, pending: pending.line.nir, none: venturi.line.nir };
  const forms = (fields: Record<string, string>) =>
    Object.fromEntries(Object.entries(people).map(([name, nir]) => [name, { nir, ...fields }]));
  const visitorOf = oneEach(world.visitor);
  await alike({ path: paths.forgotten, situations: forms({}), rounds: 7, visitorOf });
  await alike({ path: paths.waiting, situations: forms({ code: '12345678' }), rounds: 7, visitorOf });
});

test('an address held by an account is accepted like any other, up to the waiting page', async (t) => {
  const world = await openWorld(t, 'fr');
  await enrol(world.visitor(), world.someone(), 'prise@exemple.fr');
  const pages: unknown[] = [];
  for (const email of ['libre@exemple.fr', 'prise@exemple.fr']) {
    const visitor = world.visitor();
    await choosePassword(visitor, world.someone());
    await visitor.get(paths.contact);
    const answer = outside(await visitor.post(paths.contact, contactOf(email)));
    const page = outside(await visitor.get(paths.waiting));
    pages.push([answer, { ...page, html: page.html.replaceAll(email, '') }]);
  }
  assert.deepEqual(pages[0], pages[1]);
});
