import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openKeyring } from '#src/crypto/keyring.ts';
import { clientOf, isLoopback, subscriberPart } from '#src/limits/client-address.ts';

const keyring = openKeyring(new Map([[1, Buffer.alloc(32, 7)]]));

function keysOf(ip: string): string[] {
  return clientOf({ keyring, unnamedShare: 1 }, ip).parts.map(({ key }) => key.toString('hex'));
}

test('one subscriber has one name however the address is written', () => {
  const same = {
    '203.0.113.7': [
      '203.0.113.7:49152',
      '::ffff:203.0.113.7',
      '::ffff:cb00:7107',
      '[::ffff:203.0.113.7]:443',
      '64:ff9b::203.0.113.7',
      '64:ff9b::cb00:7107',
    ],
    '2001:db8:1:2::/64': [
      '2001:db8:1:2::1',
      '2001:0DB8:1:2:3:4:5:6',
      '[2001:db8:1:2::9]',
      '[2001:db8:1:2::9]:5000',
      '2001:db8:1:2:a:b:192.0.2.1',
    ],
    'fe80:0:0:0::/64': ['fe80::1%eth0', 'fe80::ffff'],
  };
  for (const [part, written] of Object.entries(same))
    for (const ip of written) assert.equal(subscriberPart(ip), part, ip);
});

test('what is no address is one client, whatever it says', () => {
  for (const ip of [
    '',
    'unknown',
    '_hidden',
    '1.2.3',
    '1.2.3.256',
    '1::2::3',
    'g::1',
    '1:2:3:4:5:6:7:8:9',
    'x'.repeat(9_000),
  ])
    assert.deepEqual(keysOf(ip), keysOf('nothing'), ip);
});

test('IPv6 is counted as /64, /56 and /48, with growing allowances; IPv4 as itself', () => {
  const shares = (ip: string) => clientOf({ keyring, unnamedShare: 1 }, ip).parts.map(({ share }) => share);
  assert.deepEqual(shares('203.0.113.7'), [1]);
  assert.deepEqual(shares('2001:db8:1:2::1'), [1, 4, 16]);
  const [a, b, c, d] = ['2001:db8:1:2::1', '2001:db8:1:ff::1', '2001:db8:1:ff00::1', '2001:db8:2:2::1'].map(
    (ip) => keysOf(ip),
  );
  const common = (other: readonly string[] | undefined) =>
    a?.filter((key, index) => other?.[index] === key).length;
  assert.deepEqual([common(a), common(b), common(c), common(d)], [3, 2, 1, 0]);
});

test('this machine itself is one client, with room in the demo', () => {
  for (const ip of ['127.0.0.1', '127.9.9.9', '::1', '0:0:0:0:0:0:0:1', '::ffff:127.0.0.1']) {
    assert.equal(isLoopback(ip), true, ip);
    assert.deepEqual(keysOf(ip), keysOf('127.0.0.1'));
  }
  for (const ip of ['128.0.0.1', '::2', '::', 'localhost']) assert.equal(isLoopback(ip), false, ip);
  const share = (unnamedShare: number) => clientOf({ keyring, unnamedShare }, '::1').parts[0]?.share;
  assert.deepEqual([share(1), share(100)], [1, 100]);
});
