import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fitsPolicy } from '#src/exercise/scenario.ts';
import { loadPolicy } from '#src/policy/load.ts';
import { frenchTypographyFaults } from '#src/texts/typography.ts';
import { openScenarios } from '#src/workshop/classes/scenarios.ts';

const shipped = readFileSync('scenarios/premiers-pas-carte-vitale.json', 'utf8');

test('an exercise with FranceConnect needs a policy that offers it', () => {
  const policy = loadPolicy('ameli-2025');
  const without = {
    ...policy,
    franceConnect: { ...policy.franceConnect, position: 'none' },
  } as const;
  const { scenarios } = openScenarios(mkdtempSync(join(tmpdir(), 'compte-scenarios-'))).read();
  const unfit = scenarios.filter((one) => !fitsPolicy(one, without)).map(({ key }) => key);
  assert.deepEqual(unfit, ['franceconnect-en-panne', 'franceconnect']);
  assert.ok(scenarios.every((one) => fitsPolicy(one, policy)));
});

test('a trainer’s own files are used, or refused with the field and what may stand there', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'compte-scenarios-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const put = (name: string, text: string) => writeFileSync(join(folder, name), text);
  const changed = (changes: object) => JSON.stringify({ ...JSON.parse(shipped), ...changes });
  put('mon-atelier.json', shipped);
  put('premiers-pas-carte-vitale.json', shipped);
  put('Mon Fichier.json', shipped);
  put('coupe.json', shipped.slice(0, -5));
  put('court.json', changed({ minutes: 5 }));
  put('niveau.json', changed({ level: 'expert', autre: 1 }));
  put('ordre.json', changed({ steps: ['identity', 'start'] }));
  put('incident.json', changed({ faults: [{ at: 'mail', fault: 'franceconnect-down' }] }));
  const { scenarios, refused } = openScenarios(folder).read();
  assert.ok(scenarios.some(({ key }) => key === 'mon-atelier'));
  const why = refused.map(({ file, problems }) => [
    file,
    ...problems.map((one) => `${'field' in one ? one.field : null} ${one.kind}`),
  ]);
  assert.deepEqual(why, [
    ['Mon Fichier.json', 'null name'],
    ['coupe.json', 'null not-json'],
    ['court.json', 'minutes size'],
    ['incident.json', 'faults.0.fault no-franceconnect'],
    ['niveau.json', 'level not-one-of', 'autre unknown-field'],
    ['ordre.json', 'steps order'],
    ['premiers-pas-carte-vitale.json', 'null name-taken'],
  ]);
});

test('what ships is typeset as French, in sentences of twenty words at most', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'compte-scenarios-'));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const { key, title, aim, prerequisites, words, traps } of openScenarios(folder).read().scenarios)
    for (const text of [title.fr, aim.fr, prerequisites.fr, ...words.fr, ...traps.fr]) {
      assert.deepEqual(frenchTypographyFaults(text), [], key);
      for (const sentence of text.split(/(?<=[.!?…])\s+/u))
        assert.ok(sentence.split(' ').length <= 20, `${key}: ${sentence}`);
    }
});
