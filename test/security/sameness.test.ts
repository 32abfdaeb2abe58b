import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openAccountOf } from '#src/account/testing.ts';
import { paths } from '#src/paths.ts';
import { personNamed } from '#src/register/fictitious/people.ts';
import { openWorld, type World } from '../pages/world.ts';
import { choosePassword, contactOf, enrol, goodPassword, identityOf } from '../steps.ts';
import type { Seen, Visitor } from '../visitor.ts';

const venturi = personNamed('venturi');
const unknown = '2690549588157';

/** All that somebody outside can compare: not the time, which has its own test. */
function outside({ status, location, html, headers }: Seen) {
  const { date: _date, 'content-length': _length, 'set-cookie': cookies, ...others } = headers;
  return {
    status,
    location,
    headers: others,
    cookies: [cookies ?? []].flat().map((cookie) => cookie.replace(/=[^;]*/, (value) => `=${value.length}`)),
    html: html.replace(/name="_csrf" value="[^"]*"/g, '').replace(/ value="[^"]*"/g, ''),
  };
}

/** Sends the same kind of form for each situation, again and again: no two answers of a round may differ. */
async function alike(
  world: World,
  path: string,
  situations: Readonly<Record<string, Record<string, string>>>,
  rounds: number,
): Promise<void> {
  const visitors = new Map<string, Visitor>();
  for (const name of Object.keys(situations)) visitors.set(name, world.visitor());
  for (let round = 1; round <= rounds; round++) {
    const answers: [string, ReturnType<typeof outside>][] = [];
    for (const [name, fields] of Object.entries(situations)) {
      const visitor = visitors.get(name);
      assert.ok(visitor);
      await visitor.get(path);
      answers.push([name, outside(await visitor.post(path, fields))]);
    }
    const [first] = answers;
    for (const [name, answer] of answers)
      assert.deepEqual(answer, first?.[1], `${path}: ${name} and ${first?.[0]}, try ${round}`);
  }
}

test('the identity page answers alike whatever is wrong and whoever is meant', async (t) => {
  const world = await openWorld(t, 'fr');
  const holder = world.someone();
  await openAccountOf(world, holder, 'compte@exemple.fr');
  const waiting = world.someone();
  await enrol(world.visitor(), waiting, 'attente@exemple.fr');
  const wrong = { nom: 'Personne' };
  const of = (cle: string) => identityOf(personNamed(cle), wrong);
  await alike(
    world,
    paths.identity,
    {
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
    12,
  );
});

test('signing in answers alike: no account, wrong password, not confirmed, and suspended with the right one', async (t) => {
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
  await alike(world, paths.signIn, situations, 6);
  await alike(
    world,
    paths.signIn,
    { ...situations, 'suspended, right password': { nir: locked.line.nir, motDePasse: goodPassword } },
    1,
  );
});

test('a forgotten password and a code without a session answer alike', async (t) => {
  const world = await openWorld(t, 'fr');
  const [open, pending] = [world.someone(), world.someone()];
  await openAccountOf(world, open, 'compte@exemple.fr');
  await enrol(world.visitor(), pending, 'attente@exemple.fr');
  const people = { unknown, open: open.line.nir, pending: pending.line.nir, none: venturi.line.nir };
  const forms = (fields: Record<string, string>) =>
    Object.fromEntries(Object.entries(people).map(([name, nir]) => [name, { nir, ...fields }]));
  await alike(world, paths.forgotten, forms({}), 7);
  await alike(world, paths.waiting, forms({ code: '12345678' }), 7);
});

test('an address that somebody holds is taken like any other, up to the waiting page', async (t) => {
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
