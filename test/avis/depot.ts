import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { sql } from 'kysely';
import { findDocument, openingDocument } from '#src/archive/store.ts';
import { personKeys } from '#src/crypto/keyring.ts';
import { type DepositServices, deposit } from '#src/depot/deposit.ts';
import { openDepositMonths } from '#src/depot/months.ts';
import { personNamed } from '#src/fictitious/people.ts';
import type { NamedPerson } from '#src/fictitious/person.ts';
import { duties } from '#src/housekeeping/housekeeping.ts';
import { runDuty } from '#src/jobs/run-duty.ts';
import { importPeople } from '#src/register-import/import-people.ts';
import type { Services } from '#src/services.ts';
import { caisse, consultation, paymentItem } from '../depot/senders.ts';
import { openAccountOf } from '../setting/account.ts';
import { type TestApp, type TestOptions, testApp } from '../setting/application.ts';
import { type PostOffice, postOffice } from '../setting/notices.ts';

export const ange = personNamed('venturi');
export const address = 'venturi@exemple.fr';

const { nir } = ange.line;

/** The person opens a document. */
export async function read({ site }: Depot, id: string): Promise<void> {
  const { db, keyring, clock } = site.services;
  const document = await findDocument(db, keyring, personKeys(keyring, nir), id);
  assert.ok(document);
  await db.executeQuery(openingDocument(db, document, clock.now()).compile());
}

export async function found({ site }: Pick<Depot, 'site'>, id: string) {
  const { db, keyring } = site.services;
  return findDocument(db, keyring, personKeys(keyring, nir), id);
}

/** The register says that somebody lives elsewhere. */
export async function liveAt(
  { db, keyring, clock, random }: Services,
  lines: readonly string[],
  { line } = ange,
): Promise<void> {
  const person = { ...line, address: [...lines] };
  await importPeople(db, keyring, [person], { now: clock.now(), uuid: random.uuid() });
}

/** Goes on by whole days, with a turn on each. */
export async function passDays(depot: Depot, days: number): Promise<void> {
  for (let i = 0; i < days; i += 1) {
    depot.site.clock.advance(day);
    await depot.turn();
  }
}

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

export async function depotOf(
  t: TestContext,
  { account = true, ...options }: { readonly account?: boolean } & TestOptions = {},
): Promise<Depot> {
  const site = await testApp(t, undefined, options);
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
    async lettered() {
      const { rows } = await sql<{ id: string; why: string }>`
        select details ->> 'document' as id, details ->> 'why' as why from audit_event
        where kind = 'document-lettered' order by person_key, seq`.execute(services.db);
      return rows.map(({ id, why }) => [id, why] as const);
    },
    told: async (kind) =>
      (await site.mails()).filter((mail) => mail.kind === kind).map(({ content }) => content),
  };
}

export const minute = 60_000;
export const day = 86_400_000;
