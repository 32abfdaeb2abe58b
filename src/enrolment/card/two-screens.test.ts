import assert from 'node:assert/strict';
import { test } from 'node:test';
import { personNamed } from '#src/fictitious/people.ts';
import { paths } from '#src/paths.ts';
import { loadPolicy } from '#src/policy/load.ts';
import { testApp } from '../../../test/setting/application.ts';
import { choosePassword, contactOf, identify, proofOf } from '../../../test/steps.ts';
import { Visitor } from '../../../test/visitor.ts';

test('on two screens, both values are judged together and at the end', async (t) => {
  const { app } = await testApp(t, undefined, { policy: loadPolicy('claire') });
  const person = personNamed('loire');
  const right = proofOf(person);
  const visitor = new Visitor(app);
  await identify(visitor, person);

  const first = await visitor.get(paths.proof);
  assert.match(first.html, /name="iban7"/);
  assert.doesNotMatch(first.html, /name="numeroSerie"/);

  const wrongTail = { iban7: 'ZZZZZZZ' };
  const [rightSecond, wrongSecond] = [
    await visitor.post(paths.proof, { iban7: right.iban7 ?? '' }),
    await visitor.post(paths.proof, wrongTail),
  ];
  assert.deepEqual([rightSecond.status, wrongSecond.status], [200, 200]);
  const same = (html: string, tail: string) =>
    html.replaceAll(tail, '').replace(/name="_csrf" value="[^"]*"/g, '');
  assert.equal(same(wrongSecond.html, 'ZZZZZZZ'), same(rightSecond.html, right.iban7 ?? ''));
  assert.match(wrongSecond.html, /type="hidden" name="iban7" value="ZZZZZZZ"/);

  const refused = await visitor.post(paths.proof, { ...right, ...wrongTail });
  assert.equal(refused.status, 422);
  assert.match(
    refused.html,
    /<input[^>]*name="iban7"/,
    'after a refusal both are asked again, from the first on',
  );
  assert.doesNotMatch(refused.html, /name="numeroSerie"/);

  const misread = await visitor.post(paths.proof, { iban7: '1', numeroSerie: '1' });
  assert.equal(misread.status, 422);
  assert.doesNotMatch(misread.html, /#numeroSerie/, 'a link leads to no field of the other screen');

  const atOnce = await visitor.post(paths.proof, right);
  assert.equal(atOnce.location, paths.terms, 'a form with all fields at once is accepted');
});

test('a first screen that is shown again, or filled beforehand, stays the first one', async (t) => {
  const site = await testApp(t, undefined, { policy: loadPolicy('claire') });
  const person = personNamed('loire');
  const visitor = new Visitor(site.app);
  await identify(visitor, person);
  await visitor.get(paths.proof);
  const kept = await visitor.post(`${paths.proof}?lang=en`, { iban7: '0G0', _garder: '' });
  assert.match(kept.html, /Nothing is lost[\s\S]*<input[^>]*id="iban7"[^>]*value="0G0"/);
  assert.doesNotMatch(kept.html, /name="numeroSerie"/);
  const second = { ...proofOf(person), numeroSerie: '0467', _garder: '' };
  const keptSecond = await visitor.post(`${paths.proof}?lang=fr`, second);
  assert.match(
    keptSecond.html,
    /type="hidden" name="iban7"[\s\S]*<input[^>]*id="numeroSerie"[^>]*value="0467"/,
  );

  await choosePassword(visitor, person);
  await visitor.get(paths.contact);
  const email = 'camille@exemple.fr';
  const typed = await visitor.post(`${paths.contact}?lang=fr`, { email: 'camille@', _garder: '' });
  assert.match(typed.html, /<input[^>]*id="email"[^>]*value="camille@"/);
  assert.doesNotMatch(typed.html, /name="portable"/);
  site.clock.advance(16 * 60_000);
  await visitor.post(paths.contact, { ...contactOf(email), portable: '0612345678' });
  assert.ok(visitor.cookies.has('brouillon'));
  await choosePassword(visitor, person);
  const again = await visitor.get(paths.contact);
  assert.match(
    again.html,
    /<input[^>]*id="email"[^>]*value="camille@exemple\.fr"/,
    'the address can be read and corrected',
  );
  const corrected = { email: 'c@exemple.fr', emailConfirmation: 'c@exemple.fr' };
  const telephones = await visitor.post(paths.contact, corrected);
  assert.match(
    telephones.html,
    /type="hidden" name="email" value="c@exemple\.fr"[\s\S]*<input[^>]*id="portable"[^>]*value="0612345678"/,
  );
});
