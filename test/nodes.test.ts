import assert from 'node:assert/strict';
import { test } from 'node:test';
import { personNamed } from '#src/fictitious/people.ts';
import { paths, withToken } from '#src/paths.ts';
import { latestMail, signIn } from './setting/account.ts';
import { testApp } from './setting/application.ts';
import { contactOf, goodPassword, identify, identityOf, proofOf } from './steps.ts';
import { Visitor } from './visitor.ts';

const venturi = personNamed('venturi');
const other = personNamed('carte-avec-photo');

test('two nodes are one service: forms, sessions, limits and sign-outs of one are those of the other', async (t) => {
  const site = await testApp(t);
  const [one, two] = [site.app, await site.another(site.services.keyring)];
  const visitor = new Visitor(one);
  const steps: readonly [string, Record<string, string>, string][] = [
    [paths.identity, identityOf(venturi), paths.proof],
    [paths.proof, proofOf(venturi), paths.terms],
    [paths.terms, { accord: 'oui' }, paths.password],
    [paths.password, { motDePasse: goodPassword, confirmation: goodPassword }, paths.contact],
    [paths.contact, contactOf('alternante@exemple.fr'), paths.waiting],
  ];
  for (const [index, [path, fields, to]] of steps.entries()) {
    const [shows, takes] = index % 2 === 0 ? [one, two] : [two, one];
    visitor.goTo(shows);
    assert.equal((await visitor.get(path)).status, 200, path);
    visitor.goTo(takes);
    const sent = visitor.twin();
    assert.equal((await visitor.post(path, fields)).location, to, path);
    // A double click whose second half reaches the other node gives the same result.
    sent.goTo(shows);
    assert.equal((await sent.post(path, fields)).location, to, `${path}, sent twice`);
  }

  const guessing = new Visitor(one);
  await identify(guessing, other);
  const wrong = { ...proofOf(other), iban7: '0000000' };
  for (let tries = 0; tries < 6; tries += 1) {
    guessing.goTo(tries % 2 === 0 ? two : one);
    await guessing.get(paths.proof);
    const { location } = await guessing.post(paths.proof, tries < 5 ? wrong : proofOf(other));
    assert.notEqual(location, paths.terms, 'five tries are those of both nodes together');
  }

  const { token = '' } = await latestMail(site, 'activation');
  await visitor.get(withToken(paths.link, token));
  assert.equal((await visitor.post(withToken(paths.link, token))).status, 303);
  const signedIn = new Visitor(two);
  await signIn(signedIn, venturi.line.nir);
  const elsewhere = signedIn.twin();
  elsewhere.goTo(one);
  const before = await elsewhere.get(paths.account);
  assert.equal(before.status, 200, before.title);
  await signedIn.get(paths.account);
  assert.equal((await signedIn.post(paths.signOut)).status, 303);
  assert.notEqual((await elsewhere.get(paths.account)).status, 200, 'a sign-out is known everywhere at once');
});
