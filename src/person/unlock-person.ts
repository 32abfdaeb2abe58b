import type { Kysely } from 'kysely';
import { lockStanding } from '#src/accounts/lock-account.ts';
import { record } from '#src/audit/record.ts';
import { liftRestriction } from '#src/credentials/password.ts';
import { fingerprint, type Keyring } from '#src/crypto/keyring.ts';
import { changeOrRehearse } from '#src/database/all-or-nothing.ts';
import type { Database } from '#src/database/tables.ts';
import { endWaits } from '#src/limits/forget-failures.ts';
import { queueNotice } from '#src/notices/notice.ts';
import { ownerNotice } from '#src/notices/owner-notice.ts';
import { personUnlocked } from '#src/person/events.ts';
import type { FoundPerson } from '#src/person/find-person.ts';
import type { Order } from '#src/person/order.ts';
import type { Services } from '#src/services.ts';
import { signedInPlace } from '#src/sign-in/judge-password.ts';

type Needs = Pick<Services, 'db' | 'keyring' | 'random' | 'jobs'>;

export type Unlocking =
  | {
      readonly kind: 'unlocked';
      readonly counters: number;
      /** The password is accepted from every browser again. */
      readonly password: boolean;
      readonly told: string | null;
    }
  | { readonly kind: 'nothing' };

/**
 * Ends every wait after failures of one person: of their identity, proof, codes and sign-in, wherever the failures came from.
 * A password that strangers tried too often, and that only known browsers might use, is accepted from every browser again; one
 * that ended is not: its owner asks for another. The address of the account is told.
 */
export async function unlockPerson(
  { db, keyring, random, jobs }: Needs,
  { keys, personKey }: FoundPerson,
  { agent, reason, isRehearsal }: Order,
  now: Date,
): Promise<Unlocking> {
  return changeOrRehearse(db, isRehearsal, async (trx) => {
    const standing = await lockStanding(trx, keyring, personKey);
    const counters = await endWaits(trx, keys, await devicesOf(trx, keyring, keys, personKey));
    const password = standing !== null && (await liftRestriction(trx, personKey, now));
    if (counters === 0 && !password) return { kind: 'nothing' };
    const account = standing?.account;
    const told = account && account.status !== 'disabled' ? account.contact.email : null;
    if (account && told !== null) {
      const notice = ownerNotice({ keyring, random }, account, 'account-unlocked', { address: told }, now);
      await queueNotice(trx, jobs, notice);
    }
    const details = { reason, counters, password };
    await record(trx, personUnlocked, { person: personKey, actor: agent, at: now, details });
    return { kind: 'unlocked', counters, password, told };
  });
}

/** The subjects under which failures from known browsers and open sessions of the person are counted. */
async function devicesOf(
  trx: Kysely<Database>,
  keyring: Keyring,
  keys: readonly Buffer[],
  personKey: Buffer,
): Promise<Buffer[]> {
  const known = await trx
    .selectFrom('known_device')
    .select('token_hash')
    .where('person_key', '=', personKey)
    .execute();
  const places = [...known.map((row) => row.token_hash), signedInPlace];
  return keys.flatMap((key) => places.map((place) => fingerprint(keyring, 'known-device', key, place)));
}
