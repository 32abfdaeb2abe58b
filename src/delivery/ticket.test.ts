import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { openKeyring } from '#src/crypto/keyring.ts';
import { bounceAddress, noticeTicket, readTicket, ticketIn } from '#src/delivery/ticket.ts';

const old = openKeyring(new Map([[1, Buffer.alloc(32, 7)]]));
const rotated = openKeyring(
  new Map([
    [2, Buffer.alloc(32, 8)],
    [1, Buffer.alloc(32, 7)],
  ]),
);
const stranger = openKeyring(new Map([[1, Buffer.alloc(32, 9)]]));

test('a ticket names its notice, in an address that fits, whatever servers do to its case', () => {
  const id = randomUUID();
  const address = bounceAddress('compte-rebonds@compte.example.fr', noticeTicket(old, id));
  assert.ok((address.split('@')[0] ?? '').length <= 64);
  for (const seen of [address, address.toUpperCase(), `<${address}>`]) {
    const ticket = ticketIn(seen);
    assert.equal(readTicket(old, ticket ?? ''), id);
    assert.equal(readTicket(rotated, ticket ?? ''), id, 'after a rotation of keys');
  }
});

test('nobody else makes one', () => {
  const id = randomUUID();
  const good = noticeTicket(old, id);
  const other = randomUUID().replaceAll('-', '') + good.slice(32);
  for (const forged of [noticeTicket(stranger, id), other, good.slice(0, 47), `${good}0`, '', 'x'.repeat(48)])
    assert.equal(readTicket(old, forged), null);
  assert.equal(ticketIn('bounces@compte.example.fr'), null);
});
