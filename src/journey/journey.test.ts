import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answers } from '#src/journey/answers.ts';
import { answer, begin, currentPath, currentStep, stepRules, steps } from '#src/journey/journey.ts';
import { paths } from '#src/paths.ts';

const at = '2026-03-02T09:00:00.000Z';
const identity: Answers['identity'] = {
  name: 'Venturi',
  nir: '162122B010001',
  birthDate: '1962-12-18',
  postalCode: '63000',
  bars: [],
  mayEnrol: true,
  cardRoute: true,
  cardType: 'photo',
  ibanStart: 'FR64',
  caisse: '631',
  names: ['Venturi'],
  reachable: null,
  registeredBirthDate: '1962-12-18',
  typed: true,
};
const proof = { route: 'carte-vitale', at } as const;
const accepted = { accepted: true, version: '2025-03', textHash: 'h', language: 'fr', at };
const refused = { ...accepted, accepted: false };
const password = { hash: 'h', at };

const begun = begin(identity);
const proven = answer(begun, { proof });
const agreed = answer(proven, { terms: accepted });
const ready = answer(agreed, { password });

test('each answer opens the next step and no other', () => {
  const cases: [Answers, string[]][] = [
    [begun, ['proof']],
    [proven, ['terms']],
    [agreed, ['terms', 'password']],
    [ready, ['terms', 'password', 'contact']],
    [answer(proven, { terms: refused }), ['terms']],
    [begin({ ...identity, cardRoute: false }), []],
    [begin({ ...identity, mayEnrol: false }), []],
  ];
  for (const [answers, open] of cases)
    assert.deepEqual(
      steps.filter((step) => stepRules[step].open(answers)),
      open,
    );
});

test('the person stands at the first step without an answer', () => {
  assert.equal(currentPath(begun), paths.proof);
  assert.equal(currentPath(proven), paths.terms);
  assert.equal(currentPath(agreed), paths.password);
  assert.equal(currentPath(ready), paths.contact);
  assert.equal(currentPath(answer(proven, { terms: refused })), paths.terms);
  assert.equal(currentPath(begin({ ...identity, cardRoute: false })), paths.otherWays);
  assert.equal(currentStep(ready), 'contact');
  assert.equal(currentStep(begin({ ...identity, cardRoute: false })), 'other-ways');
});

test('a person who may not enrol, or to whom it is not disclosed, is stopped at one page', () => {
  const barred = begin({ ...identity, mayEnrol: false, cardRoute: false });
  const undisclosed = begin({ ...identity, cardRoute: false, undisclosed: true });
  for (const answers of [barred, undisclosed]) {
    assert.equal(currentPath(answers), paths.notEligible);
    assert.equal(currentStep(answers), 'not-eligible');
  }
  assert.equal(currentPath(answer(undisclosed, { proof })), paths.terms, 'a code was a proof');
  assert.equal(currentPath(answer(barred, { proof })), paths.notEligible);
});

test('refusing the terms later drops the password that depended on them', () => {
  const changed = answer(ready, { terms: refused });
  assert.equal(changed.password, null);
  assert.equal(currentPath(answer(changed, { terms: accepted })), paths.password);
});
