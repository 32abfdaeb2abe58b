import type { Kysely } from 'kysely';
import { type Told, whoIsTold } from '#src/correspondence/who-is-told.ts';
import { type Keyring, personKeys } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';
import { findDeposits, type Repeated } from '#src/deposits/deposit.ts';
import { contentOf } from '#src/depot/content.ts';
import type { DepositItem } from '#src/depot/item.ts';
import { ranksOf } from '#src/depot/judge-item.ts';
import { findPersonKeys } from '#src/register/store.ts';
import type { KeptRights } from '#src/rights/rights.ts';
import { findRightsOfMany } from '#src/rights/store.ts';
import type { Sender } from '#src/senders/sender.ts';

/** What is stored about the people of some deposits. */
export interface Known {
  /** The key that deposits for this person go under; null for somebody who is not in the register. */
  personKey(nir: string): Buffer | null;
  /** All keys of a person. */
  keys(nir: string): readonly Buffer[];
  told(nir: string): Told | null;
  /** Read only where a deposit is about others than the insured, or replaces them. */
  rights(nir: string): KeptRights | null;
  /** What was deposited under the id of this item before. */
  earlier(item: DepositItem): Repeated | null;
}

/** Reads it in four queries, however many deposits there are. */
export async function readKnown(
  db: Kysely<Database>,
  keyring: Keyring,
  sender: Pick<Sender, 'code'>,
  items: readonly DepositItem[],
): Promise<Known> {
  const nirs = [...new Set(items.map(({ nir }) => nir))];
  const keysOf = new Map(nirs.map((nir) => [nir, personKeys(keyring, nir)]));
  const keys = (nir: string) => keysOf.get(nir) ?? [];
  const aboutOthers = items.filter(
    (item) => item.kind === 'rights' || ranksOf(item).some(({ rank }) => rank !== 1),
  );
  const [stored, ledger, told, rights] = await Promise.all([
    findPersonKeys(db, keyring, nirs),
    findDeposits(
      db,
      keyring,
      items.map((item) => ({
        keys: keys(item.nir),
        sender: sender.code,
        kind: item.kind,
        reference: item.id,
        content: contentOf(item),
      })),
    ),
    whoIsTold(db, nirs.flatMap(keys)),
    findRightsOfMany(db, keyring, [...new Set(aboutOthers.map(({ nir }) => nir))].flatMap(keys)),
  ]);
  const toldByKey = new Map(told.map((one) => [one.personKey.toString('hex'), one]));
  const earlier = new Map(items.map((item, index) => [item, ledger[index] ?? null]));
  return {
    personKey: (nir) => stored.get(nir) ?? null,
    keys,
    told: (nir) => firstOf(keys(nir), toldByKey),
    rights: (nir) => firstOf(keys(nir), rights),
    earlier: (item) => earlier.get(item) ?? null,
  };
}

function firstOf<T>(keys: readonly Buffer[], byKey: ReadonlyMap<string, T>): T | null {
  return keys.flatMap((key) => byKey.get(key.toString('hex')) ?? [])[0] ?? null;
}
