import { type CountedRequest, findHolds, type Hold } from '#src/codes/holds.ts';
import { type CodeChannel, envelopeOf, type KnownChannel, knownChannels } from '#src/codes/rules.ts';
import { countedRequest } from '#src/enrolment/other-ways/request-code.ts';
import type { Requester } from '#src/enrolment/other-ways/requester.ts';
import { isReturned } from '#src/letters/address.ts';
import type { Services } from '#src/services.ts';

/** The codes that a person may ask for. */
export interface CodeOffer {
  readonly channels: readonly KnownChannel[];
  readonly postalCode: string;
  /** Channels by which no code can be requested now; looked up only after a refusal. */
  readonly holds?: ReadonlyMap<CodeChannel, Hold | null>;
}

/** The channels of the person. */
export function offerOf(
  { keyring, channels }: Pick<Services, 'keyring' | 'channels'>,
  { found: { personKey, insured }, returnedFrom }: Requester,
): CodeOffer & { readonly personKey: Buffer } {
  const letters = channels.letters && !isReturned(keyring, returnedFrom, envelopeOf(insured)?.to ?? '');
  const known = knownChannels(insured, { ...channels, letters });
  return { personKey, channels: known, postalCode: insured.postalCode };
}

/** What holds the codes of an offer back now, by channel; of a browser in which the person has been identified. */
export function holdsOf(
  services: Pick<Services, 'db' | 'keyring' | 'limits' | 'policy'>,
  { channels }: CodeOffer,
  request: Pick<CountedRequest, 'client' | 'now'> & { readonly nir: string },
): Promise<ReadonlyMap<CodeChannel, Hold | null>> {
  const requests = channels.map((to) => countedRequest(services, { ...request, to, own: true }));
  return findHolds(services.db, services, requests);
}
