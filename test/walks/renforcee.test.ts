import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { personNamed } from '#src/fictitious/people.ts';
import { paths } from '#src/paths.ts';
import { loadPolicy } from '#src/policy/load.ts';
import { launchChromium } from '../browser/chromium.ts';
import { testApp } from '../setting/application.ts';
import { identityOf } from '../steps.ts';
import { Visitor } from '../visitor.ts';
import { renforcee } from './labels/renforcee.ts';
import { walk } from './walk.ts';

const browser = await launchChromium();
after(() => browser.close());

test('renforcee: the steps that the tutorials share', async (t) => {
  await walk(t, renforcee, { browser });
});

test('renforcee: one answer for who is unknown and for who may not enrol; nothing of the IBAN', async (t) => {
  const { app } = await testApp(t, undefined, { policy: loadPolicy('renforcee') });
  const answerTo = async (fields: Record<string, string>) => {
    const visitor = new Visitor(app);
    await visitor.get(paths.identity);
    const seen = await visitor.post(paths.identity, fields);
    return [seen.status, seen.location, seen.title];
  };
  const unknown = await answerTo(identityOf(personNamed('loire'), { nom: 'Personne' }));
  for (const cle of ['regime-msa', 'decede'])
    assert.deepEqual(await answerTo(identityOf(personNamed(cle))), unknown);

  const loire = new Visitor(app);
  await loire.get(paths.identity);
  await loire.post(paths.identity, identityOf(personNamed('loire')));
  const { html } = await loire.get(paths.proof);
  assert.ok(!html.includes('known-iban'), 'nothing of the IBAN is shown');
});
