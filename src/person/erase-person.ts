import { type Kysely, sql } from 'kysely';
import { lockStanding } from '#src/accounts/lock-account.ts';
import { record } from '#src/audit/record.ts';
import type { Keyring } from '#src/crypto/keyring.ts';
import { changeOrRehearse } from '#src/database/all-or-nothing.ts';
import type { Database } from '#src/database/tables.ts';
import { queueNotice } from '#src/notices/notice.ts';
import { ownerNotice } from '#src/notices/owner-notice.ts';
import { addRows, type ErasedRows, eraseRows, isAny } from '#src/person/erase-rows.ts';
import { personErased } from '#src/person/events.ts';
import type { FoundPerson } from '#src/person/find-person.ts';
import type { Order } from '#src/person/order.ts';
import type { Services } from '#src/services.ts';
import { burying, type Tombstone, tombstonesOf } from '#src/tombstones/tombstone.ts';

type Needs = Pick<Services, 'db' | 'keyring' | 'random' | 'jobs'>;

export type Erasure =
  | {
      readonly kind: 'erased';
      readonly rows: ErasedRows;
      readonly stays: StillOnPaper;
      /** Whom a mail tells; null: there was no account, and so no address. */
      readonly told: string | null;
      readonly tombstone: string;
    }
  /** There is nothing; `since`: erased before. */
  | { readonly kind: 'nothing'; readonly since: Date | null };

/** What is still on its way on paper, and is deleted once it has arrived. */
export interface StillOnPaper {
  readonly documents: number;
  readonly letters: number;
}

/**
 * Erases a person at their request (RGPD, article 17), in one transaction: everything that their account is
 * (`eraseRows`), under each of their keys; a mail tells the address that goes with it; a tombstone makes a
 * restored backup forget them too; and the audit trail, which names nobody, says who did it and why. The person may open an account again.
 */
export async function erasePerson(
  { db, keyring, random, jobs }: Needs,
  { keys, personKey: found }: FoundPerson,
  { agent, reason, isRehearsal }: Order,
  now: Date,
): Promise<Erasure> {
  return changeOrRehearse(db, isRehearsal, async (trx) => {
    const account = await lockAccountOf(trx, keyring, keys);
    let rows: ErasedRows | null = null;
    for (const key of keys) {
      const erased = await eraseRows(trx, key, now);
      rows = rows ? addRows(rows, erased) : erased;
    }
    if (!rows || !isAny(rows)) {
      const [last] = await tombstonesOf(trx, keys);
      return { kind: 'nothing', since: last?.erasedAt ?? null };
    }
    const id = random.uuid();
    for (const personKey of keys)
      await trx.executeQuery(burying(trx, { personKey, id, erasedAt: now, reason: 'asked' }).compile());
    const told = account?.contact.email ?? null;
    if (account && told !== null)
      await queueNotice(
        trx,
        jobs,
        ownerNotice({ keyring, random }, account, 'account-erased', { address: told }, now),
      );
    const person = account?.personKey ?? found;
    await record(trx, personErased, { person, actor: agent, at: now, details: { by: 'agent', reason } });
    return { kind: 'erased', rows, stays: await stillOnPaper(trx, keys), told, tombstone: id };
  });
}

/**
 * `known`: this database has the erasure already; `newer`: the person has opened an account since, which stays; `nothing`:
 * there was nothing to erase.
 */
export type Replay = 'erased' | 'nothing' | 'known' | 'newer';

/**
 * Does an erasure again in a database that was restored from a backup made before it, in a transaction of its own.
 */
export async function replayErasure(
  { db }: Pick<Services, 'db'>,
  tombstone: Tombstone,
  isRehearsal: boolean,
  now: Date,
): Promise<Replay> {
  const { personKey, id, erasedAt } = tombstone;
  return changeOrRehearse(db, isRehearsal, async (trx) => {
    const account = await trx
      .selectFrom('account')
      .select('created_at')
      .where('person_key', '=', personKey)
      .forUpdate()
      .executeTakeFirst();
    const buried = await tombstonesOf(trx, [personKey]);
    if (buried.some((one) => one.id === id)) return 'known';
    if (account && account.created_at > erasedAt) return 'newer';
    const rows = await eraseRows(trx, personKey, now);
    await trx.executeQuery(burying(trx, tombstone).compile());
    if (!isAny(rows)) return 'nothing';
    await record(trx, personErased, {
      person: personKey,
      actor: { kind: 'system' },
      at: now,
      details: { by: 'replay' },
    });
    return 'erased';
  });
}

/** Kept from changing until the end of the transaction. */
async function lockAccountOf(trx: Kysely<Database>, keyring: Keyring, keys: readonly Buffer[]) {
  for (const key of keys) {
    const standing = await lockStanding(trx, keyring, key);
    if (standing) return standing.account;
  }
  return null;
}

async function stillOnPaper(trx: Kysely<Database>, keys: readonly Buffer[]): Promise<StillOnPaper> {
  const mine = sql<boolean>`person_key = any(${[...keys]}::bytea[])`;
  const documents = await trx
    .selectFrom('document')
    .select(({ fn }) => fn.countAll<string>().as('n'))
    .where(mine)
    .executeTakeFirstOrThrow();
  const letters = await trx
    .selectFrom('notice')
    .select(({ fn }) => fn.countAll<string>().as('n'))
    .where(mine)
    .where('channel', '=', 'letter')
    .where('state', '=', 'queued')
    .executeTakeFirstOrThrow();
  return { documents: Number(documents.n), letters: Number(letters.n) };
}
