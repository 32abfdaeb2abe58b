import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { type DepositServices, deposit } from '#src/depot/deposit.ts';
import { openDepositMonths } from '#src/depot/months.ts';
import { personNamed } from '#src/fictitious/people.ts';
import type { NamedPerson } from '#src/fictitious/person.ts';
import { duties } from '#src/housekeeping/housekeeping.ts';
import { runDuty } from '#src/jobs/run-duty.ts';
import { caisse, consultation, paymentItem } from '../depot/senders.ts';
import { openAccountOf } from '../setting/account.ts';
import { type TestApp, testApp } from '../setting/application.ts';
import { type PostOffice, postOffice } from '../setting/notices.ts';

export const ange = personNamed('venturi');
export const address = 'venturi@exemple.fr';

/** A service with a sender, a mail server, and somebody who may have an account. */
export interface Depot {
  readonly site: TestApp;
  readonly post: PostOffice;
  /** Deposits a payment. */
  readonly pays: (person?: NamedPerson) => Promise<void>;
  /** Deposits a document; answers its id. */
  readonly sends: (document?: {
    readonly matters?: boolean;
    readonly of?: NamedPerson;
    readonly rank?: number;
  }) => Promise<string>;
  /** The letters with a document that were queued so far: which document, and why. */
  readonly lettered: () => Promise<(readonly [document: string, why: string])[]>;
  /** Runs the duties that tell and send paper once, then delivers what waits. */
  readonly turn: () => Promise<void>;
  /** The mails of one kind that were queued so far. */
  readonly told: (kind: string) => Promise<Record<string, string>[]>;
}

export const pdf = Buffer.from('%PDF-1.7 nothing else');

export async function depotOf(t: TestContext, { account = true } = {}): Promise<Depot> {
  const site = await testApp(t);
  const { services, clock } = site;
  const depositing: DepositServices = {
    ...services,
    judgeFile: async () => ({ kind: 'fit', type: 'application/pdf' }),
  };
  const post = await postOffice(t, site);
  if (account) await openAccountOf(site, ange, address);
  await post.deliverAll();
  const open = new Set<string>();
  let count = 0;
  return {
    site,
    post,
    async pays(person = ange) {
      count += 1;
      const day = clock.now().toISOString().slice(0, 10);
      if (!open.has(day.slice(0, 7))) await openDepositMonths(services, clock.now());
      open.add(day.slice(0, 7));
      const item = paymentItem(person.line.nir, `P-${count}`, consultation(day));
      const outcome = await deposit(depositing, caisse, item, clock.now());
      assert.equal(outcome.kind, 'accepted', JSON.stringify(outcome));
    },
    async sends({ matters = true, of = ange, rank = 1 } = {}) {
      count += 1;
      const document = { title: `Relevé n° ${count}`, rank, matters, file: pdf };
      const item = { kind: 'document', id: `D-${count}`, nir: of.line.nir, document } as const;
      const outcome = await deposit(depositing, caisse, item, clock.now());
      assert.ok(outcome.kind === 'accepted', JSON.stringify(outcome));
      return outcome.id;
    },
    async turn() {
      for (const duty of duties.filter(({ name }) => name === 'avis' || name === 'paper')) {
        const outcome = await runDuty(services, duty, { onlyDue: false });
        if (outcome.kind === 'failed') throw outcome.error;
      }
      await post.deliverAll();
    },
    lettered: async () =>
      (await site.mails()).flatMap(({ kind, content }) =>
        kind === 'document-letter' ? [[content.document ?? '', content.why ?? ''] as const] : [],
      ),
    told: async (kind) =>
      (await site.mails()).filter((mail) => mail.kind === kind).map(({ content }) => content),
  };
}

export const minute = 60_000;
export const day = 86_400_000;
