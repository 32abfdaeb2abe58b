import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type NoticeFate, shownFate } from '#src/notices/fate.ts';

const created_at = new Date('2026-03-02T09:00:00Z');
const later = new Date('2026-03-02T09:02:00Z');
const none = { reason: null, created_at, handed_over_at: null, delivered_at: null, delayed_at: null };

const cases: [Partial<NoticeFate> & Pick<NoticeFate, 'state'>, Date, string][] = [
  [{ state: 'queued' }, later, 'on-its-way'],
  [{ state: 'queued' }, new Date(later.getTime() + 1), 'late'],
  [{ state: 'deferred', reason: 'smtp-451' }, later, 'waiting'],
  [{ state: 'deferred', reason: 'server-away' }, later, 'late'],
  [{ state: 'deferred', reason: 'server-535' }, later, 'late'],
  [{ state: 'handed-over', handed_over_at: later }, later, 'handed-over'],
  [{ state: 'handed-over', handed_over_at: created_at, delivered_at: later }, later, 'delivered'],
  [{ state: 'handed-over', handed_over_at: created_at, delayed_at: later }, later, 'waiting'],
  [{ state: 'bounced', reason: 'dsn-5.1.1' }, later, 'refused'],
  [{ state: 'refused', reason: 'smtp-550' }, later, 'refused'],
  [{ state: 'refused', reason: 'gave-up-smtp-451' }, later, 'failed'],
  [{ state: 'withheld', reason: 'too-many' }, later, 'too-many'],
  [{ state: 'withheld', reason: 'expired' }, later, 'failed'],
];

for (const [fate, now, shown] of cases)
  test(`${fate.state} ${fate.reason ?? ''} is shown as ${shown}`, () => {
    assert.equal(shownFate({ ...none, ...fate }, now).kind, shown);
  });
