import assert from 'node:assert/strict';
import { test } from 'node:test';
import { personNamed } from '#src/fictitious/people.ts';
import { paths } from '#src/paths.ts';
import { testApp } from '#test/setting/application.ts';
import { identityOf } from '../../test/steps.ts';
import { Visitor } from '../../test/visitor.ts';

test('clients without an address of their own count as one client, and the log says so', async (t) => {
  const site = await testApp(t, undefined, { unnamedShare: 1 });
  const told = () => site.log.filter((line) => line.includes('"event":"clientUnnamed"')).length;
  for (let i = 0; i < 30; i++) {
    const visitor = new Visitor(site.app);
    await visitor.get(paths.identity);
    const nir = `26905495${String(10_000 + i)}`;
    const seen = await visitor.post(paths.identity, identityOf(personNamed('venturi'), { nir }));
    assert.equal(seen.status, 422, `${i}`);
  }
  const visitor = new Visitor(site.app);
  await visitor.get(paths.identity);
  assert.equal((await visitor.post(paths.identity, identityOf(personNamed('venturi')))).status, 429);
  assert.equal(told(), 1);
  const named = new Visitor(site.app, { 'x-forwarded-for': '203.0.113.7' });
  await named.get(paths.identity);
  assert.equal((await named.post(paths.identity, identityOf(personNamed('venturi')))).location, paths.proof);
  site.clock.advance(600_000);
  await new Visitor(site.app).get(paths.home);
  assert.equal(told(), 2);
});
