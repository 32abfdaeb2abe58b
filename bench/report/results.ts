import type { Way } from '../client/ways.ts';
import type { Overload } from '../measures/overload.ts';
import type { PageCost } from '../measures/page-costs.ts';
import type { Starts } from '../measures/starts.ts';
import type { Throughput } from '../measures/throughput.ts';
import type { UnderHashing } from '../measures/under-hashing.ts';

/** One way in, measured from the first page to the sign-out. */
export interface JourneyResults {
  readonly way: Way;
  readonly pageCosts: readonly PageCost[];
  /** 1 and 8 clients; 32 too with the carte Vitale. */
  readonly throughput: readonly Throughput[];
}

/** What is measured once, with the carte Vitale. */
export interface Common {
  readonly webStarts: Starts;
  readonly demoStarts: Starts;
  readonly underHashing: UnderHashing;
  readonly underHashingAtFullSpeed: UnderHashing;
  readonly overload: Overload;
  /** After a minute of load with the cheapest hash that production accepts. */
  readonly steady: Throughput;
  /** Resident megabytes of a web process that has answered its first page and rests. */
  readonly idleMb: number;
}

/** Everything that was measured in one run. */
export interface Results {
  readonly machine: readonly string[];
  readonly quick: boolean;
  readonly journeys: readonly JourneyResults[];
  /** Null when one journey was asked for. */
  readonly common: Common | null;
}
