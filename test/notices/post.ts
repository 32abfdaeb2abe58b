import { randomUUID } from 'node:crypto';
import type { TestContext } from 'node:test';
import { emailKey, openKeyring } from '#src/crypto/keyring.ts';
import { type Delivery, deliverNotice, type TakenNotice } from '#src/delivery/deliver.ts';
import { openMailTransport } from '#src/delivery/transport.ts';
import { startDelivery } from '#src/delivery/worker.ts';
import { openJobs } from '#src/jobs/jobs.ts';
import { type NoticeKind, noticeRow, queueNotice } from '#src/notices/notice.ts';
import { loadPolicy } from '#src/policy/load.ts';
import { testDatabase } from '#test/setting/database.ts';
import type { SmtpSink } from '#test/setting/notices.ts';

const keyring = openKeyring(new Map([[1, Buffer.alloc(32, 7)]]));
export const start = new Date('2026-11-21T13:05:00Z');
export const camille = 'camille@example.fr';

export function later(hours: number): Date {
  return new Date(start.getTime() + hours * 3_600_000);
}

/** A queue of mails with its clock, and what carries them to that server. */
export async function post(t: TestContext, sink: SmtpSink) {
  const database = await testDatabase({ after: () => {} }, 'queues');
  const { db, pool } = database;
  let now = start;
  const transport = openMailTransport({
    smtpUrl: sink.url,
    from: 'ne-pas-repondre@example.fr',
    fromName: 'Votre Assurance Maladie',
    publicUrl: 'https://compte.example.fr',
  });
  const delivering = {
    db,
    keyring,
    clock: { now: () => now },
    policy: loadPolicy('ameli-2025'),
    transport,
    secondTransport: null,
    sms: null,
    publicUrl: 'https://compte.example.fr',
    senderName: 'Votre Assurance Maladie',
  };
  const jobs = await openJobs(db, { maintain: true });
  const row = (kind: NoticeKind, { to = camille, at = now, person = 1 } = {}) =>
    noticeRow({
      keyring,
      personKey: Buffer.alloc(32, person),
      id: randomUUID(),
      kind,
      language: 'fr',
      content: {
        address: to,
        token: 'f'.repeat(64),
        code: '12345678',
        until: later(21 * 24).toISOString(),
        sentAt: at.toISOString(),
        dispute: 'd'.repeat(43),
        disputeUntil: later(10 * 24).toISOString(),
      },
      recipientKey: emailKey(keyring, to),
      now: at,
    });
  const told: Delivery[] = [];
  const taken: (TakenNotice | undefined)[] = [];
  const deliveries: { stop(): void }[] = [];
  t.after(async () => {
    for (const one of deliveries) one.stop();
    await jobs.stop(1);
    transport.close();
    await database.close();
  });
  return {
    ...delivering,
    pool,
    jobs,
    told,
    taken,
    row,
    moveTo: (instant: Date) => {
      now = instant;
    },
    queue: (queued: ReturnType<typeof row>) =>
      db.transaction().execute((trx) => queueNotice(trx, jobs, queued)),
    work: async () => {
      deliveries.push(
        await startDelivery(delivering, jobs, {
          onDelivery: (delivery, notice) => {
            told.push(delivery);
            taken.push(notice);
          },
        }),
      );
    },
    /** Delivers without a job, as the handler of one would. */
    deliver: async (queued: ReturnType<typeof row>) => {
      const known = await db.selectFrom('notice').select('id').where('id', '=', queued.id).executeTakeFirst();
      if (!known) await queueNotice(db, jobs, queued);
      return deliverNotice(delivering, { personKey: queued.person_key.toString('hex'), id: queued.id });
    },
    find: (queued: { id: string }) =>
      db.selectFrom('notice').selectAll().where('id', '=', queued.id).executeTakeFirstOrThrow(),
  };
}
