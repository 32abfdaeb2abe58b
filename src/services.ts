import type { Kysely } from 'kysely';
import type { CaisseReference } from '#src/caisses/reference.ts';
import type { Keyring } from '#src/crypto/keyring.ts';
import type { Random } from '#src/crypto/random.ts';
import type { Database } from '#src/database/tables.ts';
import type { Jobs } from '#src/jobs/jobs.ts';
import type { LimitRules } from '#src/limits/rules.ts';
import type { OpenIdProvider } from '#src/oidc/provider.ts';
import type { Events } from '#src/operations/events.ts';
import type { HashLane } from '#src/passwords/lane.ts';
import type { Policy } from '#src/policy/schema.ts';
import type { PivotIdentity } from '#src/register/pivot.ts';
import type { Clock } from '#src/time/clock.ts';

/** What pages and jobs are made of: opened once for each service (`src/serve/`); whoever needs a part takes that part (`Pick`). */
export interface Services {
  readonly db: Kysely<Database>;
  readonly keyring: Keyring;
  readonly clock: Clock;
  readonly random: Random;
  readonly policy: Policy;
  readonly limits: LimitRules;
  readonly jobs: Pick<Jobs, 'enqueue'>;
  readonly passwords: HashLane;
  readonly caisses: CaisseReference;
  readonly events: Events;
  /** Whether the cookies need `Secure`: the public address is https. */
  readonly secure: boolean;
  readonly demo: boolean;
  /**
   * How many times one client’s allowance all those have together who do not say whom they come from: once. The demo
   * is used from one machine, by one person who plays many.
   */
  readonly unnamedShare: number;
  /** Null: FranceConnect is not offered. */
  readonly franceConnect: OpenIdProvider<PivotIdentity> | null;
  /** What this installation can send besides mails: the SMS gateway is configured, letters are printed. */
  readonly channels: { readonly sms: boolean; readonly letters: boolean };
}
