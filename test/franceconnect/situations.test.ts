import assert from 'node:assert/strict';
import { test } from 'node:test';
import { simulatedIdentities } from '#src/demo/franceconnect/people/identities.ts';
import { people } from '#src/fictitious/people.ts';
import { simulated } from './simulated.ts';

/** Where FranceConnect leads somebody who opens an account; everybody of the register else to the first step. */
const elsewhere: Readonly<Record<string, string | undefined>> = {
  'nom-usage-seul': 'no-match',
  'homonyme-bourges': 'several',
  'homonyme-tours': 'several',
  decede: 'not-recognised',
  'numero-provisoire-7': 'non-eligible',
  'numero-provisoire-8': 'non-eligible',
  'numero-non-certifie': 'non-eligible',
  'regime-msa': 'non-eligible',
  'regime-mgen': 'non-eligible',
  'ayant-droit': 'non-eligible',
  'dix-huit-ans': 'non-eligible',
  'carte-9-chiffres-rectifiee': 'conditions',
  'sans-nom-naissance': 'not-recognised',
  'rnipp-introuvable': 'not-recognised',
  'rnipp-une-approchante': 'not-recognised',
  'rnipp-plusieurs': 'not-recognised',
  'rnipp-nom-usage': 'not-recognised',
};

test('everybody of the simulator is led where they belong, and nobody is chosen among several', async (t) => {
  const world = await simulated(t);
  const registered = new Set(people.map(({ cle }) => cle));
  const lastRefusal = async () =>
    world.services.db
      .selectFrom('audit_event')
      .select('details')
      .where('kind', '=', 'franceconnect-refused')
      .orderBy('at', 'desc')
      .limit(1)
      .executeTakeFirst();
  for (const { identifiant, situation } of simulatedIdentities(people))
    await t.test(`${identifiant}: ${situation}`, async () => {
      world.clock.advance(1_000);
      const { url, status } = await world.traveller().signsIn(identifiant);
      const place = url.split('/').at(-1);
      const reached = place === 'suite' ? (await lastRefusal())?.details.reason : place;
      assert.equal(status, 200);
      assert.equal(
        reached,
        elsewhere[identifiant] ?? (registered.has(identifiant) ? 'conditions' : 'no-match'),
      );
    });
});
