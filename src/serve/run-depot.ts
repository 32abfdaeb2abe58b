import type { FastifyInstance } from 'fastify';
import type { Config } from '#src/config/config.ts';
import { fingerprint } from '#src/crypto/keyring.ts';
import { buildDepotApp } from '#src/depot/api/app.ts';
import { openDepositMonths } from '#src/depot/months.ts';
import { openFloodGate } from '#src/limits/flood.ts';
import { openSharedCounts } from '#src/limits/shared-counts.ts';
import { logRequests, retireConnections } from '#src/operations/requests.ts';
import type { Foundations } from '#src/serve/foundations.ts';
import type { WebOptions } from '#src/serve/run-web.ts';
import { stopAccepting } from '#src/web/http/closing.ts';

const shareCountsEveryMs = 1_000;
const lastRequestsMs = 1_000;
const openMonthsEveryMs = 3_600_000;
/** Of one address: all requests of all its programs. */
const requestsPerClient = { max: 1_200, perSeconds: 60 };

/** Opens the sender’s API on its own port. Answers the function that closes it. */
export async function runDepot(
  { services, environment, traces }: Foundations,
  { host, port, orFree, publicUrl }: NonNullable<Config['depot']>,
  { config, log, health, every, ready }: WebOptions,
): Promise<() => Promise<void>> {
  const { db, clock, keyring, events } = services;
  const limit = { ...requestsPerClient, unnamedShare: environment.unnamedShare };
  const flood = openFloodGate(db, clock, limit, (client) => fingerprint(keyring, 'depot-flood', client));
  const senderRequests = openSharedCounts(db, clock, 60, (sender) =>
    fingerprint(keyring, 'depot-sender', sender),
  );
  const openMonths = () =>
    openDepositMonths(services, clock.now()).catch((error: unknown) =>
      events.failed('backgroundFailed', { job: 'deposit-months' }, error),
    );
  const opened = ready.then(async () => {
    await openMonths();
  });
  opened.catch(() => {});
  let listening = port;
  const app = await buildDepotApp(services, {
    log,
    flood,
    senderRequests,
    publicUrl: () => publicUrl ?? `http://localhost:${listening}`,
    trustProxy: config.web.trustProxy,
    traces,
    lateMs: environment.lateMs,
    ready: opened,
  });
  logRequests(app, events);
  retireConnections(app, health);
  await app.listen({ host, port }).catch((error: unknown) => {
    const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    if (!taken || !orFree) throw error;
    return app.listen({ host, port: 0 });
  });
  listening = portOf(app);
  // Housekeeping does it too, in another process: deposits must not wait for it to be there.
  every('deposit-months', openMonthsEveryMs, openMonths);
  every('share-depot-counts', shareCountsEveryMs, () => Promise.all([flood.share(), senderRequests.share()]));
  return async () => {
    if (config.drainSeconds > 0) await stopAccepting(app, lastRequestsMs);
    await app.close();
  };
}

function portOf(app: FastifyInstance): number {
  const [address] = app.addresses();
  if (typeof address !== 'object') throw new Error('The sender’s API listens on a port');
  return address.port;
}
