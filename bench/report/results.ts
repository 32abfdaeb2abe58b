import type { Overload } from '../measures/overload.ts';
import type { PageCost } from '../measures/page-costs.ts';
import type { Starts } from '../measures/starts.ts';
import type { Throughput } from '../measures/throughput.ts';
import type { UnderHashing } from '../measures/under-hashing.ts';

/** Everything that was measured in one run. */
export interface Results {
  readonly machine: readonly string[];
  readonly quick: boolean;
  readonly webStarts: Starts;
  readonly demoStarts: Starts;
  readonly pageCosts: readonly PageCost[];
  /** 1, 8 and 32 clients. */
  readonly throughput: readonly Throughput[];
  readonly underHashing: UnderHashing;
  readonly underHashingAtFullSpeed: UnderHashing;
  readonly overload: Overload;
}
