import assert from 'node:assert/strict';
import { test } from 'node:test';
import { indexReference, shippedReference } from '#src/caisses/reference.ts';
import { returnAddressWarning } from '#src/letters/return-address.ts';

const postbox = ['Traitement du courrier', '67085 STRASBOURG CEDEX'];

test('no caisse that is shipped has an address: the operator hears of it until one is set', () => {
  const { caisses } = shippedReference();
  assert.match(returnAddressWarning([], caisses) ?? '', /^108 of 108 caisses have no address/);
  assert.equal(returnAddressWarning(postbox, caisses), null);
});

test('the addresses of the caisses do as well, when each has one', () => {
  const [first, second] = [...shippedReference().caisses.values()];
  assert.ok(first && second);
  const some = indexReference([{ ...first, address: postbox }, second], []).caisses;
  assert.match(returnAddressWarning([], some) ?? '', /^1 of 2 caisses have no address/);
  const all = indexReference([{ ...first, address: postbox }], []).caisses;
  assert.equal(returnAddressWarning([], all), null);
});
