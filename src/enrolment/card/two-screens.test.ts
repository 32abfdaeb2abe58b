import assert from 'node:assert/strict';
import { test } from 'node:test';
import { personNamed } from '#src/fictitious/people.ts';
import { paths } from '#src/paths.ts';
import { loadPolicy } from '#src/policy/load.ts';
import { testApp } from '../../../test/setting/application.ts';
import { identify, proofOf } from '../../../test/steps.ts';
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
