import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { contactItems, contactParts } from '#src/page-parts/contact/layout.ts';
import { loadPolicy } from '#src/policy/load.ts';
import type { Policy } from '#src/policy/schema.ts';

const { contact } = loadPolicy('ameli-2025');

function order(change: Partial<Policy['contact']>): string[] {
  return contactItems({ ...contact, ...change }).map((item) => ('field' in item ? item.field : item.purpose));
}

describe('contactItems', () => {
  test('puts each consent under the field that it is about', () => {
    assert.deepEqual(order({}), [
      'email',
      'promoEmail',
      'portable',
      'promoPortableTelephone',
      'promoPortableSms',
      'fixe',
      'promoFixeTelephone',
      'etudes',
    ]);
  });

  test('follows the order of the policy', () => {
    assert.deepEqual(order({ consents: ['promoPortableSms', 'promoPortableTelephone', 'promoEmail'] }), [
      'email',
      'portable',
      'promoPortableSms',
      'promoPortableTelephone',
      'promoEmail',
      'fixe',
    ]);
    assert.deepEqual(order({ telephones: ['fixe', 'portable'], consents: ['contactSms'] }), [
      'email',
      'fixe',
      'portable',
      'contactSms',
    ]);
  });

  test('asks every field once, with no consent at all too', () => {
    assert.deepEqual(order({ consents: [] }), ['email', 'portable', 'fixe']);
  });
});

test('the first part ends where the telephones begin', () => {
  const { address, telephones } = contactParts(loadPolicy('somme').contact);
  assert.deepEqual(address, [
    { kind: 'field', field: 'email' },
    { kind: 'consent', purpose: 'promoEmail' },
  ]);
  assert.deepEqual(telephones.at(-1), { kind: 'consent', purpose: 'etudes' });
});
