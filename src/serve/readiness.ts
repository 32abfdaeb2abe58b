import type { Server } from '#src/delivery/worker.ts';
import { migrationsCheck, openDatabaseProbe, passwordsCheck } from '#src/housekeeping/checks.ts';
import { type Check, type Health, openHealth } from '#src/operations/health.ts';
import type { Foundations } from '#src/serve/foundations.ts';
import { systemClock } from '#src/time/clock.ts';

export interface ReadinessOptions {
  readonly roles: { readonly web: boolean; readonly worker: boolean };
  /** Whether the service has entered its database. */
  readonly isOpen: () => boolean;
  /** The servers that deliveries cannot reach at present. */
  readonly away: () => readonly Server[];
}

/** The checks of `/readyz` for the roles of this process; metrics show their last results. */
export function openReadiness(
  { services, metrics }: Pick<Foundations, 'services' | 'metrics'>,
  { roles, isOpen, away }: ReadinessOptions,
): Health {
  const { db, events, franceConnect, passwords } = services;
  const probe = openDatabaseProbe(db, systemClock);
  const reaches = (name: Server): Check => ({ name, degrades: true, holds: () => !away().includes(name) });
  const health = openHealth(
    [
      probe.answers,
      probe.clock,
      migrationsCheck(db),
      { name: 'data', holds: isOpen },
      passwordsCheck(passwords),
      // While it fails, FranceConnect is not offered and everything else works.
      ...(roles.web && franceConnect
        ? [{ name: 'franceconnect', degrades: true, holds: franceConnect.available } as const]
        : []),
      ...(roles.worker ? [reaches('mail'), reaches('second-mail'), reaches('sms')] : []),
    ],
    { onChange: (check, holds, error) => events.checkChanged(check, holds, error) },
  );
  metrics.watchHealth(health.lastResults);
  metrics.watchClock(probe.skewSeconds);
  return health;
}
