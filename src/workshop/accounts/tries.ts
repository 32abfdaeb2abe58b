import { subscriberPart } from '#src/limits/client-address.ts';

/** How often passphrases may be tried. What is counted says nothing of whether the account exists. */
export interface Tries {
  /** Whether this one has to wait; `identifier`: as it was typed, whether it is anybody’s or not. */
  mustWait(identifier: string, ip: string, now: Date): boolean;
  failed(identifier: string, ip: string, now: Date): void;
}

/**
 * Failures within a quarter of an hour: of one address for one identifier, of one address, of all addresses for one
 * identifier. Somebody who tries a trainer’s identifier from elsewhere keeps them out of nothing before the third.
 */
const most = { pair: 5, client: 20, identifier: 30, remembered: 5_000 };
const windowMs = 15 * 60_000;

export function openTries(): Tries {
  let failures: readonly { readonly identifier: string; readonly client: string; readonly at: number }[] = [];
  return {
    mustWait(identifier, ip, now) {
      failures = failures.filter(({ at }) => at > now.getTime() - windowMs);
      const client = subscriberPart(ip);
      const ofClient = failures.filter((one) => one.client === client);
      const ofIdentifier = failures.filter((one) => one.identifier === identifier);
      return (
        ofClient.filter((one) => one.identifier === identifier).length >= most.pair ||
        ofClient.length >= most.client ||
        ofIdentifier.length >= most.identifier
      );
    },
    failed(identifier, ip, now) {
      const failure = { identifier, client: subscriberPart(ip), at: now.getTime() };
      failures = [...failures, failure].slice(-most.remembered);
    },
  };
}
