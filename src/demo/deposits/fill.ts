import { generateKeyPairSync } from 'node:crypto';
import type { Compilable } from 'kysely';
import { openingDocument } from '#src/archive/store.ts';
import { recording, systemChain } from '#src/audit/record.ts';
import { takingAvis } from '#src/correspondence/avis.ts';
import { atOnce, required } from '#src/database/at-once.ts';
import { openWriting } from '#src/demo/deposits/writing.ts';
import { type DepositServices, depositAll } from '#src/depot/deposit.ts';
import { depositWindow } from '#src/depot/deposit-window.ts';
import { senderChanged } from '#src/depot/events.ts';
import type { DepositItem } from '#src/depot/item.ts';
import { openDepositMonths } from '#src/depot/months.ts';
import type { DemoPerson } from '#src/fictitious/demo-register.ts';
import { caisseAsSender } from '#src/fictitious/deposits/caisse-sender.ts';
import { inventLetters, inventPayments, inventRightsItem } from '#src/fictitious/deposits/invent.ts';
import { openingThread } from '#src/messages/store.ts';
import { findPersonKeys } from '#src/register/store.ts';
import { publicKeysSchema } from '#src/senders/public-keys.ts';
import { addingSender, type Sender } from '#src/senders/sender.ts';
import type { Services } from '#src/services.ts';
import { parisDate } from '#src/time/paris.ts';

/** Deposits for one person what is not there yet. `key`: of their account; `after`: the last day that is filled. */
export type Filling = (person: DemoPerson, key: Buffer, after: string | null) => Promise<void>;

const seed = 20_260_101;
const dayMs = 86_400_000;
/** The embedded database has one connection: pages wait for no more than this at once. */
const together = 15;

/** Each deposit has an id of its own for good: what was deposited before a restart is not deposited again. */
export function openFilling(services: Services, stopping: AbortSignal): Filling {
  const { db, keyring, clock, policy, caisses } = services;
  const writing = openWriting(services);
  const depositing: DepositServices = { ...services, judgeFile: writing.judge };
  const { publicKey } = generateKeyPairSync('ed25519');
  // Nobody has the private one: the caisses of the demo send nothing by programs.
  const keys = publicKeysSchema.parse({ keys: [publicKey.export({ format: 'jwk' })] });
  const senders = new Map<string, Sender>();

  async function senderOf(code: string, now: Date): Promise<Sender> {
    const known = senders.get(code);
    if (known) return known;
    const sender = caisseAsSender(caisses.caisses.get(code) ?? { code, name: code }, keys);
    const details = { sender: sender.code, change: 'add' } as const;
    const event = { person: systemChain, actor: { kind: 'system' }, at: now, details } as const;
    await atOnce(db, [required(addingSender(db, sender, now)), recording(db, senderChanged, event)]);
    senders.set(code, sender);
    return sender;
  }

  /** Deposits what is new among some items; answers the ids that these became. */
  async function depositNew(
    sender: Sender,
    items: readonly DepositItem[],
    now: Date,
  ): Promise<readonly string[]> {
    const seen = await depositAll(depositing, sender, items, now, { dryRun: true });
    const fresh = items.filter((_, index) => seen[index]?.kind !== 'repeated');
    const ids: string[] = [];
    for (let place = 0; place < fresh.length && !stopping.aborted; place += together) {
      const outcomes = await depositAll(depositing, sender, fresh.slice(place, place + together), now);
      for (const outcome of outcomes) {
        if (outcome.kind === 'refused') throw new Error(`An invented deposit is refused: ${outcome.code}`);
        ids.push(outcome.id);
      }
    }
    return ids;
  }

  async function fillLetters(person: DemoPerson, sender: Sender, now: Date): Promise<boolean> {
    const letters = inventLetters({ ...person, seed });
    const key = (await findPersonKeys(db, keyring, [person.line.nir])).get(person.line.nir);
    // To compare the files of a demo that starts again, they would have to be written again.
    if (!key || (await countLetters(key)) >= letters.length) return false;
    for (const { written, item } of letters) {
      const at = new Date(now.getTime() - written.daysAgo * dayMs);
      const [id] = await depositNew(sender, [await writing.filled(item)], at);
      const read = new Date(at.getTime() + dayMs);
      if (id && written.read) await db.executeQuery(opening(written.kind, key, id, read).compile());
    }
    return true;
  }

  async function countLetters(key: Buffer): Promise<number> {
    const { count } = await db
      .selectFrom('deposit')
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .where('person_key', '=', key)
      .where('kind', 'in', ['message', 'document'])
      .executeTakeFirstOrThrow();
    return Number(count);
  }

  function opening(kind: 'message' | 'document', personKey: Buffer, id: string, at: Date): Compilable {
    return kind === 'message'
      ? openingThread(db, personKey, id, at)
      : openingDocument(db, { personKey, id }, at);
  }

  /** The past of a new account is no news. */
  async function forgetAvis(key: Buffer): Promise<void> {
    const waiting = await db
      .selectFrom('avis')
      .select('members')
      .where('person_key', '=', key)
      .executeTakeFirst();
    if (waiting) await db.executeQuery(takingAvis(db, key, waiting.members).compile());
  }

  return async (person, key, after) => {
    const now = clock.now();
    const today = parisDate(now);
    const insured = { ...person, seed };
    const sender = await senderOf(person.line.caisse, now);
    await openDepositMonths(services, now);
    const rights = inventRightsItem(insured, Number(today.slice(0, 4)));
    if (rights) await depositNew(sender, [await writing.filled(rights)], now);
    const isNew = after === null && (await fillLetters(person, sender, now));
    const { from } = depositWindow(policy, now);
    const payments = inventPayments(insured, { from: after ?? from, until: today });
    await depositNew(sender, await Promise.all(payments.map(writing.filled)), now);
    if (isNew) await forgetAvis(key);
  };
}
