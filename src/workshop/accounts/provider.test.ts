import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AdmissionRule } from '#src/config/atelier/site.ts';
import { admits, readTold } from '#src/workshop/accounts/provider.ts';

const ofDomain: AdmissionRule = { kind: 'email', address: '@isere.example' };
const ofOne: AdmissionRule = { kind: 'email', address: 'sonia.keller@vif.example' };
const ofGroup: AdmissionRule = { kind: 'claim', name: 'groups', value: 'formateurs' };

const cases: readonly (readonly [AdmissionRule, object, boolean])[] = [
  [ofDomain, { email: 'm.diallo@isere.example', email_verified: true }, true],
  [ofDomain, { email: 'M.DIALLO@ISERE.example', email_verified: true }, true],
  [ofDomain, { email: 'm.diallo@isere.example' }, false],
  [ofDomain, { email: 'm.diallo@isere.example', email_verified: 'true' }, false],
  [ofDomain, { email: 'm.diallo@sous.isere.example', email_verified: true }, false],
  [ofDomain, { email: 'm@isere.example@pirate.example', email_verified: true }, false],
  [ofDomain, { email: '@isere.example', email_verified: true }, false],
  [ofDomain, { email: ['m@isere.example'], email_verified: true }, false],
  [ofOne, { email: 'sonia.keller@vif.example', email_verified: true }, true],
  [ofOne, { email: 'une.sonia.keller@vif.example', email_verified: true }, false],
  [ofGroup, { groups: ['agents', 'formateurs'] }, true],
  [ofGroup, { groups: 'formateurs' }, true],
  [ofGroup, { groups: ['formateurs-de-danse'] }, false],
  [ofGroup, { groups: { formateurs: true } }, false],
  [ofGroup, {}, false],
];

test('a provider’s word admits whom the operator named, and nobody who resembles them', () => {
  for (const [rule, claims, expected] of cases)
    assert.equal(admits(rule, readTold(claims)), expected, JSON.stringify([rule, claims]));
});

test('a trainer is called as the provider calls them, in one line of 60 characters at most', () => {
  assert.equal(readTold({ name: ' Mamadou\u00a0 Diallo ' }).name, 'Mamadou Diallo');
  assert.equal(readTold({ given_name: 'Mamadou', usual_name: 'Diallo' }).name, 'Mamadou Diallo');
  assert.equal(readTold({ name: 'x'.repeat(200) }).name.length, 60);
  for (const claims of [{}, null, 'name', { name: 17 }]) assert.equal(readTold(claims).name, 'Formateur');
});
