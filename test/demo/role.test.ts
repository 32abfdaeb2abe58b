import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demoPaths } from '#src/demo/demo.ts';
import { roleOfPerson } from '#src/demo/people/role.ts';
import { openUnread } from '#src/demo/trays/unread.ts';
import { demoPersons } from '#src/fictitious/demo-register.ts';
import { paths } from '#src/paths.ts';
import { openWorld } from '../pages/world.ts';
import { Visitor } from '../visitor.ts';

test('a visitor who plays somebody finds the forms filled, until they type something else', async (t) => {
  const { app, services } = await openWorld(t, 'fr');
  const people = demoPersons({ generated: 0 });
  const role = (key: string) => people.find(({ cle }) => cle === key);
  Object.assign(services, {
    demo: {
      ...services.demo,
      person: (key: string) => {
        const person = role(key);
        return person ? roleOfPerson(person) : null;
      },
    },
  });
  const visitor = new Visitor(app);
  await visitor.get(demoPaths.people);
  const played = await visitor.post(demoPaths.people, { cle: 'venturi' });
  assert.deepEqual([played.status, played.location], [303, paths.identity]);
  const form = await visitor.get(paths.identity);
  for (const value of ['Venturi', '162122B010001', '18', '12', '1962', '63000'])
    assert.ok(form.html.includes(`value="${value}"`), value);
  assert.match(form.html, /Vous jouez Ange Venturi/);
  const refused = await visitor.post(paths.identity, { nom: 'Autre' });
  assert.equal(refused.status, 422);
  assert.match(refused.html, /value="Autre"/);
  assert.doesNotMatch(refused.html, /162122B010001/);
  assert.match((await visitor.get(paths.signIn)).html, /value="162122B010001"/);

  assert.match((await visitor.get(demoPaths.index)).html, /Vous jouez Ange Venturi/);
  const stopped = await visitor.post(demoPaths.people, { cle: '' });
  assert.deepEqual([stopped.status, stopped.location], [303, demoPaths.people]);
  assert.doesNotMatch((await visitor.get(paths.identity)).html, /Vous jouez|162122B010001/);

  const stranger = new Visitor(app);
  await stranger.get(demoPaths.people);
  assert.equal((await stranger.post(demoPaths.people, { cle: 'nobody' })).location, demoPaths.people);
  assert.doesNotMatch((await stranger.get(paths.identity)).html, /Vous jouez/);
});

test('outside a demo the cookie of a role fills nothing', async (t) => {
  const { app, services } = await openWorld(t, 'fr');
  Object.assign(services, { demo: null });
  const visitor = new Visitor(app);
  visitor.cookies.set('demo-personne', 'venturi');
  assert.doesNotMatch((await visitor.get(paths.identity)).html, /162122B010001|Venturi/);
});

test('messages are unread from their arrival until they are opened; those of before are read', () => {
  const ids = ['1'];
  const unread = openUnread({ ids: () => ids });
  assert.equal(unread.count(), 0);
  ids.push('2', '3');
  assert.equal(unread.count(), 2);
  unread.opened('3');
  assert.equal(unread.count(), 1);
  assert.deepEqual(
    ['1', '2', '3'].map((id) => unread.isNew(id)),
    [false, true, false],
  );
});
