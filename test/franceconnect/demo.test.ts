import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { startDemo } from '../browser/demo.ts';
import { databaseFor } from '../reliability/place-database.ts';
import { Traveller } from './traveller.ts';

const listed = z.array(
  z.object({
    cle: z.string(),
    franceConnect: z.object({ identifiant: z.string(), motDePasse: z.string() }).nullable(),
  }),
);

/** Everything is asked by HTTP here: nobody is at home. */
const nowhere: ConstructorParameters<typeof Traveller>[0] = Object.create(null);

test('the demo signs in with its simulator, whatever its clock pretends, and closes it', async (t) => {
  const demo = await startDemo(t, await databaseFor(t));
  const people = listed.parse(await (await fetch(`${demo.url}/demo/personnes.json`)).json());
  const isere = people.find(({ cle }) => cle === 'isere')?.franceConnect;
  assert.ok(isere);
  const simulator = /href="(http:\/\/127[^"]+)"/.exec(await (await fetch(`${demo.url}/demo`)).text())?.[1];
  assert.ok(simulator, 'the page of the demo leads to the simulator');

  const goesThrough = async () => {
    const traveller = new Traveller(nowhere, '192.0.2.1');
    const leaves = await traveller.abroad(`${demo.url}/franceconnect/connexion?pour=creation`);
    const away = leaves?.location ?? '';
    assert.ok(away.startsWith(simulator), away);
    const back = await traveller.passes(away, isere.identifiant);
    return (await traveller.abroad(back))?.location;
  };
  assert.equal(await goesThrough(), '/creer-mon-compte/conditions');
  const moved = await fetch(`${demo.url}/demo/horloge`, {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams({ avancerDe: 'P10D' }),
  });
  assert.equal(moved.status, 200);
  assert.equal(await goesThrough(), '/creer-mon-compte/conditions');
  assert.deepEqual(
    demo.output().filter((line) => line.includes('oidc-provider')),
    [],
    'the library is quiet',
  );
  await demo.stop();
  await assert.rejects(fetch(simulator));
});
