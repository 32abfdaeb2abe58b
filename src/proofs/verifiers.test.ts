import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openKeyring } from '#src/crypto/keyring.ts';
import { ibanVerifier, proofAgrees, serialVerifier } from '#src/proofs/verifiers.ts';

const first = Buffer.alloc(32, 1);
const keyring = openKeyring(new Map([[1, first]]));
const person = '162122B010001';
const stored = {
  ibanVerifier: ibanVerifier(keyring, person, '0G02443'),
  serialVerifier: serialVerifier(keyring, person, '04671322630'),
};
const typed = { tail: '0G02443', serial: '04671322630' };

test('both values must be the stored ones', () => {
  assert.equal(proofAgrees(keyring, person, typed, stored), true);
  assert.equal(proofAgrees(keyring, person, { ...typed, tail: '0G02444' }, stored), false);
  assert.equal(proofAgrees(keyring, person, { ...typed, serial: '04671322631' }, stored), false);
  assert.equal(proofAgrees(keyring, person, { tail: typed.serial, serial: typed.tail }, stored), false);
});

test('nothing agrees with a value that the caisse does not know', () => {
  assert.equal(proofAgrees(keyring, person, typed, { ...stored, ibanVerifier: null }), false);
  assert.equal(proofAgrees(keyring, person, typed, { ...stored, serialVerifier: null }), false);
  assert.equal(proofAgrees(keyring, person, typed, { ibanVerifier: null, serialVerifier: null }), false);
  assert.equal(proofAgrees(keyring, person, typed, { ...stored, ibanVerifier: Buffer.alloc(3) }), false);
});

test('a verifier is of no use for another person or as the other value', () => {
  const other = '2740942218087';
  assert.equal(proofAgrees(keyring, other, typed, stored), false);
  assert.notDeepEqual(ibanVerifier(keyring, person, '12345678'), serialVerifier(keyring, person, '12345678'));
});

test('verifiers made by an older key still serve during a rotation, and no longer once it is gone', () => {
  const rotating = openKeyring(
    new Map([
      [2, Buffer.alloc(32, 2)],
      [1, first],
    ]),
  );
  assert.equal(proofAgrees(rotating, person, typed, stored), true);
  const mixed = { ...stored, serialVerifier: serialVerifier(rotating, person, typed.serial) };
  assert.equal(proofAgrees(rotating, person, typed, mixed), true);
  const rotated = openKeyring(new Map([[2, Buffer.alloc(32, 2)]]));
  assert.equal(proofAgrees(rotated, person, typed, stored), false);
});
