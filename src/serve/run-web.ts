import type { Config } from '#src/config/config.ts';
import { fingerprint } from '#src/crypto/keyring.ts';
import { registerSmsReports } from '#src/delivery/sms/report-route.ts';
import { openFloodGate } from '#src/limits/flood.ts';
import type { Log } from '#src/log/log.ts';
import type { Health } from '#src/operations/health.ts';
import { logRequests, retireConnections, serveHealth } from '#src/operations/requests.ts';
import type { Every } from '#src/serve/background.ts';
import type { Foundations } from '#src/serve/foundations.ts';
import { stopAccepting } from '#src/web/http/closing.ts';

export interface WebOptions {
  readonly config: Pick<Config, 'web' | 'securityReports' | 'drainSeconds'>;
  readonly log: Log;
  readonly health: Health;
  readonly every: Every;
  /** Settled once the data are open: pages that need none are answered before. */
  readonly ready: Promise<void>;
}

const shareCountsEveryMs = 1_000;
/** How long to wait for requests that a proxy has just sent, after the port is closed. */
const lastRequestsMs = 1_000;

/** Builds the site and listens on the public port, then sets `late.publicUrl`. Answers the function that closes it. */
export async function runWeb(
  { environment, services, late, traces }: Foundations,
  { config, log, health, every, ready }: WebOptions,
): Promise<() => Promise<void>> {
  const { buildApp } = await import('#src/app.ts');
  const { db, clock, keyring, policy, events, unnamedShare } = services;
  const pages = { ...policy.limits.requestsPerAddress, unnamedShare };
  const flood = openFloodGate(db, clock, pages, (client) => fingerprint(keyring, 'flood', client));
  const app = await buildApp(services, {
    log,
    flood,
    isOurHost: environment.isOurHost,
    trustProxy: config.web.trustProxy,
    securityReports: config.securityReports,
    traces,
    lateMs: environment.lateMs,
    ready,
  });
  logRequests(app, events);
  serveHealth(app, health);
  retireConnections(app, health);
  const { sms } = environment.transports;
  if (sms) await registerSmsReports(app, services, sms.callbackSecret);
  environment.registerPages(app, services);
  late.publicUrl = await environment.reach(app);
  every('share-request-counts', shareCountsEveryMs, () => flood.share());
  return async () => {
    if (config.drainSeconds > 0) await stopAccepting(app, lastRequestsMs);
    await app.close();
  };
}
