import assert from 'node:assert/strict';
import { test } from 'node:test';
import { personNamed } from '#src/fictitious/people.ts';
import { paths } from '#src/paths.ts';
import { openWorld, type World } from '../pages/world.ts';
import { openAccountOf, signIn } from '../setting/account.ts';
import {
  agree,
  choosePassword,
  contactOf,
  enrol,
  goodPassword,
  identify,
  identityOf,
  proofOf,
  prove,
} from '../steps.ts';
import type { Visitor } from '../visitor.ts';
import { checksums } from './tables.ts';

const venturi = personNamed('venturi');
const { identity, proof, otherWays, terms, password, contact, waiting, account, signIn: entrance } = paths;
const here = 200;

/** Where each page leads from each point of the journey. */
const columns = [proof, otherWays, terms, password, contact, waiting, paths.waitingAddress, account] as const;
const table: Record<string, readonly (string | number)[]> = {
  stranger: [identity, identity, identity, identity, identity, here, entrance, entrance],
  identified: [here, here, proof, proof, proof, here, entrance, entrance],
  barred: [otherWays, here, otherWays, otherWays, otherWays, here, entrance, entrance],
  proven: [terms, here, here, terms, terms, here, entrance, entrance],
  refusing: [terms, here, here, terms, terms, here, entrance, entrance],
  agreed: [password, here, here, here, password, here, entrance, entrance],
  secured: [contact, here, here, here, here, here, entrance, entrance],
  waiting: [waiting, waiting, waiting, waiting, waiting, here, here, entrance],
  'signed in': [account, account, account, account, account, account, account, here],
};

async function comeTo(world: World, point: string): Promise<Visitor> {
  const visitor = world.visitor();
  const arrivals: Record<string, () => Promise<unknown>> = {
    stranger: () => visitor.get(paths.home),
    identified: () => identify(visitor, venturi),
    barred: async () => {
      await visitor.get(identity);
      await visitor.post(identity, identityOf(personNamed('sans-iban')));
    },
    proven: () => prove(visitor, venturi),
    refusing: async () => {
      await prove(visitor, venturi);
      await visitor.get(terms);
      await visitor.post(terms, { accord: 'non' });
    },
    agreed: () => agree(visitor, venturi),
    secured: () => choosePassword(visitor, venturi),
    waiting: () => enrol(visitor, world.someone(), 'attente@exemple.fr'),
    'signed in': async () => {
      const person = world.someone();
      await openAccountOf(world, person, 'compte@exemple.fr');
      await signIn(visitor, person.line.nir);
    },
  };
  await arrivals[point]?.();
  return visitor;
}

const sent: Record<string, Record<string, string>> = {
  [proof]: proofOf(venturi),
  [terms]: { accord: 'oui', status: 'active', answers: '{}' },
  [password]: { motDePasse: goodPassword, confirmation: goodPassword },
  [contact]: contactOf('venturi@exemple.fr'),
  [waiting]: { code: '12345678' },
  [paths.waitingAddress]: contactOf('autre@exemple.fr'),
};

test('each page at each point of the journey: shown, or redirected to the current step', async (t) => {
  const world = await openWorld(t, 'fr');
  for (const [point, row] of Object.entries(table)) {
    const visitor = await comeTo(world, point);
    for (const [index, path] of columns.entries()) {
      const seen = await visitor.get(path);
      assert.equal(seen.location ?? seen.status, row[index], `GET ${path}, ${point}`);
    }
  }
});

test('a form sent at the wrong point does nothing, and redirects to the current step', async (t) => {
  const world = await openWorld(t, 'fr');
  for (const [point, row] of Object.entries(table)) {
    const visitor = await comeTo(world, point);
    await visitor.get(paths.signIn);
    const before = await checksums(world.services.db);
    for (const [index, path] of columns.entries()) {
      const fields = sent[path];
      if (row[index] === here || !fields) continue;
      const seen = await visitor.post(path, fields);
      assert.equal(seen.location, row[index], `POST ${path}, ${point}`);
    }
    assert.deepEqual(await checksums(world.services.db), before, point);
  }
});

test('going back and changing an answer deletes the answers that depended on it', async (t) => {
  const world = await openWorld(t, 'fr');
  const visitor = await comeTo(world, 'secured');
  await visitor.get(terms);
  await visitor.post(terms, { accord: 'non' });
  assert.equal((await visitor.get(contact)).location, terms);
  await visitor.post(terms, { accord: 'oui' });
  assert.equal((await visitor.get(contact)).location, password, 'the password went with the refusal');
  await visitor.get(identity);
  await visitor.post(identity, identityOf(personNamed('isere')));
  assert.equal((await visitor.get(password)).location, proof, 'another person proves anew');
});

test('two tabs: the older one lands where the newer one went', async (t) => {
  const world = await openWorld(t, 'fr');
  const tab = await comeTo(world, 'identified');
  await tab.get(proof);
  const other = tab.twin();
  assert.equal((await tab.post(proof, proofOf(venturi))).location, terms);
  assert.equal((await other.post(proof, proofOf(venturi))).location, terms);
  await tab.get(terms);
  const [one, two] = await Promise.all([
    tab.post(terms, { accord: 'oui' }),
    other.post(terms, { accord: 'oui' }),
  ]);
  assert.deepEqual([one.location, two.location], [password, password]);
});
