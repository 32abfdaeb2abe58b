import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { openKeyring } from '#src/crypto/keyring.ts';
import { noticeRow } from '#src/notices/notice.ts';
import { countWaiting, withholdRestored } from '#src/notices/withhold.ts';
import { testDatabase } from '#test/setting/database.ts';

const keyring = openKeyring(new Map([[1, Buffer.alloc(32, 7)]]));
const now = new Date('2026-11-21T13:05:00Z');

function mailTo(person: number): ReturnType<typeof noticeRow> {
  const content = {
    address: 'a@example.fr',
    dispute: 'H4R7W2NKT93C',
    disputeUntil: '2026-12-01T22:59:59.999Z',
  };
  const common = { keyring, language: 'fr', recipientKey: null, id: randomUUID(), now } as const;
  return noticeRow({ ...common, personKey: Buffer.alloc(32, person), kind: 'account-active', content });
}

test('after a restore no mail or SMS that waited is sent; letters go; the trail of each person says so, once', async (t) => {
  const { db } = await testDatabase(t);
  const rows = [
    mailTo(1),
    { ...mailTo(1), state: 'deferred' as const, reason: 'smtp-451' },
    { ...mailTo(2), channel: 'sms' as const },
    { ...mailTo(3), channel: 'letter' as const },
    { ...mailTo(4), state: 'handed-over' as const },
  ];
  await db.insertInto('notice').values(rows).execute();

  assert.equal(await countWaiting(db), 3);
  assert.equal(await withholdRestored(db, now), 3);
  assert.equal(await countWaiting(db), 0);
  assert.equal(await withholdRestored(db, now), 0);
  const left = await db
    .selectFrom('notice')
    .select(['channel', 'state', 'reason'])
    .orderBy('person_key')
    .execute();
  assert.deepEqual(
    left.map(({ channel, state, reason }) => `${channel} ${state} ${reason}`),
    [
      'email withheld restored',
      'email withheld restored',
      'sms withheld restored',
      'letter queued null',
      'email handed-over null',
    ],
  );
  const events = await db
    .selectFrom('audit_event')
    .select(['person_key', 'kind', 'actor', 'details'])
    .orderBy('person_key')
    .execute();
  assert.deepEqual(
    events.map(({ person_key, kind, actor, details }) => [person_key[0], kind, actor, details]),
    [
      [1, 'notices-withheld', 'system', { notices: 2 }],
      [2, 'notices-withheld', 'system', { notices: 1 }],
    ],
  );
});
