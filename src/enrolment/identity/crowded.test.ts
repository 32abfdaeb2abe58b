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

  const { passwords } = services;
  const stats = () => ({ ...passwords.stats(), crowded: true });
  Object.assign(services, { passwords: { ...passwords, stats } });
  const refused = await new Visitor(app).get(paths.identity);
  assert.equal(refused.status, 503);
  assert.ok(Number(refused.headers['retry-after']) >= 3);
  const posted = await typing.post(paths.identity, identityOf(person, { nom: 'Tapé' }));
  assert.equal(posted.status, 503);
  assert.match(posted.html, /value="Tapé"/, 'what was typed can be sent again');
  assert.equal((await begun.get(paths.identity)).status, 200);
  assert.equal((await begun.get(paths.proof)).status, 200);
});
