import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { openKeyring } from '#src/crypto/keyring.ts';
import { openMailTransport } from '#src/delivery/transport.ts';
import { startDelivery } from '#src/delivery/worker.ts';
import { openJobs } from '#src/jobs/jobs.ts';
import { noticeRow, queueNotice } from '#src/notices/notice.ts';
import { loadPolicy } from '#src/policy/load.ts';
import { testDatabase } from '../setting/database.ts';
import { smtpSink } from '../setting/notices.ts';

/** MAILS=5000 for the whole of what a threat model asks; fewer prove the same. */
const mails = Number(process.env.MAILS ?? 150);
const publicUrl = 'https://compte.example.fr';

async function until(reached: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await reached())) await wait(25);
}

test('a mail server away: asked rarely, nobody else waits, and once back all leave in order of age', async (t) => {
  const database = await testDatabase({ after: () => {} }, 'queues');
  const { db } = database;
  const sink = await smtpSink(t);
  await sink.close();
  const keyring = openKeyring(new Map([[1, Buffer.alloc(32, 7)]]));
  const mail = openMailTransport({
    smtpUrl: sink.url,
    from: 'ne-pas-repondre@example.fr',
    fromName: 'Votre Assurance Maladie',
    publicUrl,
  });
  const jobs = await openJobs(db, { maintain: true });
  let asked = 0;
  const sent: string[] = [];
  const errors: unknown[] = [];
  const start = Date.parse('2026-11-21T13:05:00Z');
  const common = { keyring, language: 'fr', recipientKey: null } as const;
  const queued: string[] = [];
  for (let i = 0; i < mails; i++) {
    const row = noticeRow({
      ...common,
      personKey: Buffer.from(i.toString(16).padStart(64, '0'), 'hex'),
      id: randomUUID(),
      kind: 'account-active',
      content: {
        address: `a${i}@example.fr`,
        dispute: 'H4R7W2NKT93C',
        disputeUntil: '2026-12-01T22:59:59.999Z',
      },
      now: new Date(start + i * 1_000),
    });
    queued.push(row.id);
    await db.transaction().execute((trx) => queueNotice(trx, jobs, row));
  }
  const delivery = await startDelivery(
    {
      db,
      keyring,
      clock: { now: () => new Date(start + mails * 1_000) },
      policy: loadPolicy('ameli-2025'),
      transport: {
        send: (one) => {
          asked += 1;
          return mail.send(one);
        },
      },
      secondTransport: null,
      sms: {
        send: async ({ reference }) => {
          sent.push(reference);
          return { state: 'handed-over' };
        },
      },
      publicUrl,
      senderName: 'Votre Assurance Maladie',
    },
    jobs,
    { onError: (error) => errors.push(error) },
  );
  t.after(async () => {
    delivery.stop();
    await jobs.stop(1);
    mail.close();
    await database.close();
  });
  const inState = async (state: 'deferred' | 'handed-over') => {
    const rows = await db.selectFrom('notice').select('id').where('state', '=', state).execute();
    return rows.length;
  };
  await until(async () => (await inState('deferred')) === mails);
  assert.ok(asked <= 30, `asked ${asked} times for ${mails} mails`);
  const sms = noticeRow({
    ...common,
    personKey: Buffer.alloc(32, 9),
    id: randomUUID(),
    kind: 'account-created-sms',
    content: { number: '+33639980001', dispute: 'H4R7W2NKT93C', disputeUntil: '2026-12-01T22:59:59.999Z' },
    now: new Date(start + mails * 1_000),
  });
  await db.transaction().execute((trx) => queueNotice(trx, jobs, sms));
  await until(() => sent.length === 1);

  const back = await smtpSink(t, sink.port);
  const before = performance.now();
  await until(async () => (await inState('handed-over')) === mails + 1);
  if (process.env.MAILS) t.diagnostic(`${mails} mails in ${Math.round(performance.now() - before)} ms`);
  const ids = back.messages.map((text) => /^Message-ID: <([\da-f-]+)@/im.exec(text)?.[1] ?? '');
  assert.equal(ids.length, mails, 'each once');
  assert.deepEqual(new Set(ids), new Set(queued));
  const places = new Map(queued.map((id, place) => [id, place]));
  const apart = ids.reduce((sum, id, rank) => sum + Math.abs(rank - (places.get(id) ?? 0)), 0) / mails;
  assert.ok(apart <= 20, `by age, but for what leaves together: ${apart} places apart`);
  assert.deepEqual(errors, []);
});
