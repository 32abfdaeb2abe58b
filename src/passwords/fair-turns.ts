import { passwordsOfEnrolment } from '#src/passwords/bookings.ts';

/** The client that a hash is computed for: its name, and the parts of the network that it shares an allowance with. */
interface HashClient {
  readonly key: Buffer;
  readonly parts: readonly { readonly key: Buffer; readonly share: number }[];
}

/** The requester of a hash, which decides its turn. */
export interface HashPlace {
  /** Null: the program itself asks. */
  readonly client: HashClient | null;
  /** Somebody identified before: in the journey, signed in, by the link of a mail, in a browser that is known. */
  readonly ahead: boolean;
}

interface Waiting {
  readonly place: HashPlace;
}

export interface FairTurns {
  /** Notes that a hash is being computed for somebody. */
  take(place: HashPlace): void;
  /**
   * Those who wait, in the order of their turns: first those who were identified before, then those whose part of the
   * network was served least recently, each further place of one client counting as one served; then who came first.
   *
   * Those identified before take turns by enrolments, not by hashes: a person who signs in after choosing a password would
   * otherwise come after everybody who chooses one, and never while there are many.
   */
  order<W extends Waiting>(waiting: readonly W[]): readonly W[];
}

/** What was served counts for half as much after a minute. */
const halfLifeMs = 60_000;

/** Parts of the network that are remembered, the latest; beyond it a flood comes from everywhere. */
const mostRemembered = 5_000;

/** Shares hashing fairly between clients, so that a few heavy users never block the many others. */
export function openFairTurns(now: () => number): FairTurns {
  const served = new Map<string, { readonly amount: number; readonly at: number }>();

  function amountOf(key: string, at: number): number {
    const known = served.get(key);
    return known ? known.amount * 2 ** ((known.at - at) / halfLifeMs) : 0;
  }

  function useOf({ client }: HashPlace, at: number): number {
    const uses = client?.parts.map(({ key, share }) => amountOf(key.toString('hex'), at) / share) ?? [];
    return Math.max(0, ...uses);
  }

  return {
    take({ client }) {
      const at = now();
      for (const { key } of client?.parts ?? []) {
        const name = key.toString('hex');
        const amount = amountOf(name, at) + 1;
        // Set anew, so that the first of the map is the one that was served longest ago.
        served.delete(name);
        served.set(name, { amount, at });
      }
      for (const name of served.keys()) {
        if (served.size <= mostRemembered) break;
        served.delete(name);
      }
    },
    order(waiting) {
      const at = now();
      const places = new Map<string, number>();
      const ranked = waiting.map((entry, arrival) => {
        const name = entry.place.client?.key.toString('hex') ?? '';
        const before = places.get(name) ?? 0;
        places.set(name, before + 1);
        const use = useOf(entry.place, at) + before;
        return entry.place.ahead
          ? { entry, arrival, group: 0, round: Math.floor(use / passwordsOfEnrolment) }
          : { entry, arrival, group: 1, round: use };
      });
      return ranked
        .sort((a, b) => a.group - b.group || a.round - b.round || a.arrival - b.arrival)
        .map(({ entry }) => entry);
    },
  };
}
