import type { Traveller } from '../setting/people.ts';
import type { Stage } from '../setting/stage.ts';
import { wholeJourney } from './journey.ts';
import type { Walk } from './walk.ts';
import { withCode } from './with-code.ts';
import { withFranceConnect } from './with-franceconnect.ts';

/** The means of proof, as `--journey` names them. */
export const ways = ['carte', 'franceconnect', 'code'] as const;
export type Way = (typeof ways)[number];

/** Opens a browser for a traveller. */
export type WalkOf = (traveller: Traveller) => Walk;

/** One complete journey of a new traveller; answers the milliseconds spent waiting for mails and SMS. */
export function travel(way: Way, { crowd, ...senders }: Stage, walkOf: WalkOf): Promise<number> {
  switch (way) {
    case 'carte': {
      const traveller = crowd.next();
      return wholeJourney(walkOf(traveller), traveller, senders.mails);
    }
    case 'franceconnect': {
      const traveller = crowd.next();
      return withFranceConnect(walkOf(traveller), traveller, senders);
    }
    case 'code': {
      const traveller = crowd.nextWithoutCard();
      return withCode(walkOf(traveller), traveller, senders);
    }
  }
}
