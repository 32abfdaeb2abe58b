import type { Traveller } from '../setting/people.ts';
import type { Stage } from '../setting/stage.ts';
import { wholeJourney } from './journey.ts';
import type { Walk } from './walk.ts';
import { withCode } from './with-code.ts';
import { withFranceConnect } from './with-franceconnect.ts';

/** How somebody proves who they are, as `--journey` names it. */
export const ways = ['carte', 'franceconnect', 'code'] as const;
export type Way = (typeof ways)[number];

/** A browser for somebody. */
export type WalkOf = (traveller: Traveller) => Walk;

/** One complete journey of somebody new; answers the milliseconds spent waiting for what is sent. */
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
