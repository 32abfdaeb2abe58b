import assert from 'node:assert/strict';
import { test } from 'node:test';
import { quotaReached } from '#src/workshop/classes/quotas.ts';

const quotas = { ofOne: 2, ofAll: 3, seats: 12, perDay: 4 };
const open = (owner: string) => ({ owner, isEnded: false });
const ended = (owner: string) => ({ owner, isEnded: true });
const asks = { owner: 'keller', seats: 12 };

test('each quota keeps from one class more, and says which it is', () => {
  const reached = (kept: readonly ReturnType<typeof open>[], lately: readonly string[] = [], seats = 12) =>
    quotaReached(quotas, { kept, lately }, { ...asks, seats });
  assert.equal(reached([]), null);
  assert.equal(reached([], [], 13), 'seats');
  assert.equal(reached([open('keller'), open('diallo')]), null);
  assert.equal(reached([open('keller'), ended('keller')]), 'ofOne');
  assert.equal(reached([open('diallo'), open('diallo'), open('autre')]), 'ofAll');
  assert.equal(reached([open('diallo'), open('diallo'), ended('autre')]), null);
  assert.equal(reached([], ['keller', 'keller', 'keller', 'diallo']), null);
  assert.equal(reached([], ['keller', 'keller', 'keller', 'keller']), 'perDay');
});
