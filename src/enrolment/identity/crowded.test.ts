import assert from 'node:assert/strict';
import { test } from 'node:test';
import { personNamed } from '#src/fictitious/people.ts';
import { paths } from '#src/paths.ts';
import { testApp } from '#test/setting/application.ts';
import { identityOf } from '../../../test/steps.ts';
import { Visitor } from '../../../test/visitor.ts';

test('while the password queue is crowded, newcomers are asked to come back and others continue', async (t) => {
  const { app, services } = await testApp(t);
  const person = personNamed('carte-avec-photo');
  const begun = new Visitor(app);
  await begun.get(paths.identity);
  assert.equal((await begun.post(paths.identity, identityOf(person))).location, paths.proof);
  const typing = new Visitor(app);
  await typing.get(paths.identity);
  const arriving = new Visitor(app);
  await arriving.get(paths.home);

  const { passwords } = services;
  const stats = () => ({ ...passwords.stats(), crowded: true });
  Object.assign(services, { passwords: { ...passwords, stats } });
  const refused = await new Visitor(app).get(paths.identity);
  assert.equal(refused.status, 503);
  assert.ok(Number(refused.headers['retry-after']) >= 3);
  const posted = await typing.post(paths.identity, identityOf(person, { nom: 'Tapé' }));
  assert.equal(posted.status, 503);
  assert.match(posted.html, /value="Tapé"/, 'what was typed can be sent again');
  const chosen = await arriving.post(paths.caisse, { codePostal: '59000' });
  assert.equal(chosen.status, 503, 'an enrolment begins with the choice of the caisse');
  assert.match(chosen.html, /name="codePostal" value="59000"/);
  assert.equal((await arriving.get(paths.home)).status, 200);
  assert.equal((await arriving.get(paths.signIn)).status, 200);
  await begun.get(paths.home);
  assert.equal((await begun.post(paths.caisse, { codePostal: '59000' })).location, paths.caisseConfirm);
  assert.equal((await begun.get(paths.identity)).status, 200);
  assert.equal((await begun.get(paths.proof)).status, 200);
});
