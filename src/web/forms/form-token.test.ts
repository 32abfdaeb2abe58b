import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openKeyring } from '#src/crypto/keyring.ts';
import { systemRandom } from '#src/crypto/random.ts';
import { readFormToken, shownToNobody, writeFormToken } from '#src/web/forms/form-token.ts';

const [first, second] = [Buffer.alloc(32, 7), Buffer.alloc(32, 8)];
const keyring = openKeyring(new Map([[1, first]]));
const context = { keyring, random: systemRandom };
const secret = 'a'.repeat(24);
const ange = { person: Buffer.alloc(32, 1), version: '' };
const marie = { person: Buffer.alloc(32, 2), version: '' };
const filled = { ...ange, version: '06 39 98 00 01' };

const read = (text: string, ring = keyring) => readFormToken(ring, text) ?? assert.fail('none of ours');

test('a token is of one browser, and says to whom its form was shown and with what', () => {
  const bare = read(writeFormToken(context, secret, ange));
  assert.equal(bare.isOf(secret), true);
  assert.equal(bare.isOf('b'.repeat(24)), false);
  assert.deepEqual({ ...bare.standing(ange) }, { samePerson: true, wasAnonymous: false, sameVersion: true });
  assert.deepEqual(
    { ...bare.standing(marie) },
    { samePerson: false, wasAnonymous: false, sameVersion: true },
  );
  assert.equal(bare.standing(filled).sameVersion, false);
  const nobodys = read(writeFormToken(context, secret, shownToNobody)).standing(ange);
  assert.deepEqual({ ...nobodys }, { samePerson: false, wasAnonymous: true, sameVersion: true });
  const full = read(writeFormToken(context, secret, filled));
  assert.equal(full.standing(filled).sameVersion, true);
  for (const other of [
    ange,
    { ...filled, version: '' },
    { ...filled, version: 'x' },
    { ...filled, ...marie },
  ])
    assert.equal(full.standing(other).sameVersion, false);
  assert.equal(
    full.standing({ ...marie, version: filled.version }).sameVersion,
    false,
    'the same data of another',
  );
});

test('each page has another token; one that was changed, mixed or cut is of no browser or person', () => {
  const [one, other] = [writeFormToken(context, secret, filled), writeFormToken(context, secret, filled)];
  assert.notEqual(one, other);
  const bytes = (text: string) => Buffer.from(text.slice(2), 'base64url');
  const text = (...parts: readonly Buffer[]) => `1.${Buffer.concat(parts).toString('base64url')}`;
  for (let at = 0; at < bytes(one).length; at++) {
    const changed = bytes(one).map((byte, index) => (index === at ? byte ^ 1 : byte));
    const token = read(text(Buffer.from(changed)));
    const { samePerson, sameVersion } = token.standing(filled);
    assert.equal(token.isOf(secret) && samePerson && sameVersion, false, `byte ${at}`);
  }
  const mixed = read(text(bytes(one).subarray(0, 28), bytes(other).subarray(28)));
  assert.equal(mixed.isOf(secret), true);
  assert.deepEqual(
    { ...mixed.standing(filled) },
    { samePerson: false, wasAnonymous: false, sameVersion: false },
  );
  const cut = read(text(bytes(one).subarray(0, 44)));
  assert.equal(cut.standing(filled).sameVersion, false);
  for (const wrong of [
    '',
    'forged',
    one.slice(2),
    `2${one.slice(1)}`,
    `${one}A`,
    one.slice(0, -1),
    `${one}.x`,
  ])
    assert.equal(readFormToken(keyring, wrong), null, wrong);
});

test('a token outlives the change of the key, not its retirement', () => {
  const token = writeFormToken(context, secret, ange);
  const rotated = openKeyring(
    new Map([
      [2, second],
      [1, first],
    ]),
  );
  assert.equal(read(token, rotated).isOf(secret), true);
  assert.equal(read(token, rotated).standing(ange).samePerson, true);
  assert.equal(readFormToken(openKeyring(new Map([[2, second]])), token), null);
});
