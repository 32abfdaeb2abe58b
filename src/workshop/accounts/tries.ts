import { fingerprint, type Keyring } from '#src/crypto/keyring.ts';
import { subscriberPart } from '#src/limits/client-address.ts';
import type { MostTries, TrainerStore } from '#src/workshop/accounts/store.ts';

/** How often passphrases may be tried. What is counted says nothing of whether the account exists. */
export interface Tries {
  /**
   * Counts a try, before its passphrase is judged: many at once are no more than one after the other. Null: they have to
   * wait. `identifier`: as it was typed, whether it is anybody’s or not.
   */
  begin(identifier: string, ip: string, now: Date): OpenTry | null;
}

interface OpenTry {
  /** It was right, or could not be judged: it does not count. */
  takeBack(): void;
}

/**
 * Failures within a quarter of an hour: of one address for one identifier, of one address, of all addresses for one
 * identifier. Somebody who tries a trainer’s identifier from elsewhere keeps them out of nothing before the third.
 */
const most: MostTries = { pair: 5, client: 20, identifier: 30, withinMs: 15 * 60_000 };

/** Tries are kept over a restart, without anybody’s address. */
export function openTries(store: TrainerStore, keyring: Keyring): Tries {
  return {
    begin(identifier, ip, now) {
      const of = {
        identifier: fingerprint(keyring, 'trainer-identifier', identifier),
        client: fingerprint(keyring, 'trainer-client', subscriberPart(ip)),
      };
      const number = store.beginTry(of, most, now);
      return number === null ? null : { takeBack: () => store.takeBackTry(number) };
    },
  };
}
