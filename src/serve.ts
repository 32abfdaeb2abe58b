import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import { loadReference } from '#src/caisses/lookup.ts';
import { type CaisseReference, shippedReference } from '#src/caisses/reference.ts';
import type { Config, Secrets } from '#src/config/config.ts';
import { databaseSettings } from '#src/config/database-settings.ts';
import { fingerprint, openKeyring } from '#src/crypto/keyring.ts';
import { systemRandom } from '#src/crypto/random.ts';
import { pendingMigrations } from '#src/database/migrate.ts';
import { openDatabase } from '#src/database/open.ts';
import type { Database } from '#src/database/tables.ts';
import { untilThere } from '#src/database/until-there.ts';
import type { TakenNotice } from '#src/delivery/deliver.ts';
import { openTransports } from '#src/delivery/open-transports.ts';
import { registerSmsReports } from '#src/delivery/sms/report-route.ts';
import { type DeliveryWorker, type Server, startDelivery } from '#src/delivery/worker.ts';
import { openFranceConnect } from '#src/franceconnect/provider.ts';
import { migrationsCheck, openDatabaseProbe, passwordsCheck } from '#src/housekeeping/checks.ts';
import { duties, runHousekeeping } from '#src/housekeeping/housekeeping.ts';
import { countRows } from '#src/housekeeping/row-counts.ts';
import { openWatchedRows } from '#src/housekeeping/watched-rows.ts';
import { enterDatabase, identityOf } from '#src/installation/identity.ts';
import { type Jobs, openJobs } from '#src/jobs/jobs.ts';
import { runDuty } from '#src/jobs/run-duty.ts';
import { returnAddressWarning } from '#src/letters/return-address.ts';
import { openFloodGate } from '#src/limits/flood.ts';
import { alarmsOf, limitRules } from '#src/limits/rules.ts';
import type { Log } from '#src/log/log.ts';
import { type NoticeRef, openEvents } from '#src/operations/events.ts';
import { type Check, openHealth } from '#src/operations/health.ts';
import { openOperationsListener } from '#src/operations/listener.ts';
import { openMetrics } from '#src/operations/metrics.ts';
import { logRequests, retireConnections, serveHealth } from '#src/operations/requests.ts';
import { type ClosingStep, shutDown } from '#src/operations/shutdown.ts';
import { programVersion } from '#src/operations/version.ts';
import { openHashLane } from '#src/passwords/lane.ts';
import { loadPolicy } from '#src/policy/load.ts';
import { policyWarnings } from '#src/policy/warnings.ts';
import type { Services } from '#src/services.ts';
import { type Clock, systemClock } from '#src/time/clock.ts';
import { stopAccepting } from '#src/web/http/closing.ts';

export interface ServeOptions {
  readonly config: Config;
  readonly secrets: Secrets;
  readonly roles: { readonly web: boolean; readonly worker: boolean };
  readonly log: Log;
  /** Aborted when the process is told to stop: it no longer waits for a database that is away. */
  readonly abandoned: AbortSignal;
}

export interface Service {
  readonly url: string;
  /** Stops in order; answers the names of what did not close in time. */
  close(): Promise<readonly string[]>;
}

const shareCountsEveryMs = 1_000;
const printLettersEveryMs = 1_000;
const housekeepingEveryMinutes = 5;
/** Often enough that what a scrape shows is of this minute. */
const watchEveryMs = 10_000;
const countRowsEveryMs = 30_000;
const referenceEveryMs = 300_000;
/** How long requests that a proxy has just sent may take to arrive, once the port is closed. */
const lastRequestsMs = 1_000;

/**
 * Opens everything and starts what the roles say. The public port is open before the database is: pages that
 * need none are answered at once, the others as soon as it is ready.
 */
export async function serve({ config, secrets, roles, log, abandoned }: ServeOptions): Promise<Service> {
  const demo = config.mode === 'demo' ? await importDemo() : null;
  const policy = loadPolicy(config.policy);
  for (const { rule, text } of policyWarnings(policy))
    log.warn({ event: 'policyWarning', reason: rule, text });
  const keyring = openKeyring(secrets.masterKeys.reveal());
  const identity = identityOf(config, secrets);
  const metrics = openMetrics();
  const events = openEvents({ log, metrics });
  const database = await openDatabase(databaseSettings(config, secrets), events.connectionLost);
  const { db, pool } = database;
  // What is done now and then takes as long as it takes; pages do not wait so long. The demo has one connection.
  const patient =
    roles.worker && config.database.kind === 'postgres'
      ? await openDatabase({ ...databaseSettings(config, secrets), poolSize: 2, patience: 'commands' })
      : null;
  const demonstration = demo
    ? await demo.openDemo(config.dataDir, {
        ...config.web,
        simulatesFranceConnect: config.franceConnect === 'simulator',
      })
    : null;
  const clock: Clock = demonstration?.clock ?? systemClock;
  const passwords = openHashLane({ ...config.hash, peppers: secrets.peppers.reveal(), random: systemRandom });
  const role = roles.web && roles.worker ? 'start' : roles.web ? 'web' : 'worker';
  metrics.watchBuild({ version: programVersion(), role });
  metrics.watchLane(() => passwords.stats());
  metrics.expectSpreads(alarmsOf(limitRules(policy)));

  const franceConnectSettings =
    config.franceConnect === 'simulator' ? (demonstration?.franceConnect ?? null) : secrets.franceConnect;
  let url = config.web.publicUrl;
  const smsSettings = demonstration?.sms.settings ?? secrets.sms?.reveal() ?? null;
  let reference: CaisseReference = shippedReference();
  const opening = Promise.withResolvers<Jobs>();
  const services: Services = {
    db,
    keyring,
    clock,
    random: systemRandom,
    policy,
    limits: limitRules(policy),
    jobs: { enqueue: async (trx, name, added) => (await opening.promise).enqueue(trx, name, added) },
    passwords,
    caisses: {
      get caisses() {
        return reference.caisses;
      },
      get byPostalCode() {
        return reference.byPostalCode;
      },
    },
    events,
    secure: config.web.publicUrl.startsWith('https:'),
    demo: demonstration !== null,
    unnamedShare: demonstration === null ? 1 : 100,
    franceConnect:
      franceConnectSettings &&
      openFranceConnect(franceConnectSettings, {
        publicUrl: () => url,
        clock: systemClock,
        onFailure: (reason, error) => events.providerFailed(reason, error),
      }),
    channels: { sms: smsSettings !== null, letters: config.letters.sent },
  };
  let opened = false;
  const probe = openDatabaseProbe(db, systemClock);
  let delivery: DeliveryWorker | null = null;
  const reached = (name: Server): Check => ({
    name,
    degrades: true,
    holds: () => !delivery?.away().includes(name),
  });
  const health = openHealth(
    [
      probe.answers,
      probe.clock,
      migrationsCheck(db),
      { name: 'data', holds: () => opened },
      passwordsCheck(passwords),
      // Known to fail: the button is not offered, and everything else works.
      ...(roles.web && services.franceConnect
        ? [{ name: 'franceconnect', degrades: true, holds: services.franceConnect.available } as const]
        : []),
      ...(roles.worker ? [reached('mail'), reached('second-mail'), reached('sms')] : []),
    ],
    { onChange: (check, holds, error) => events.checkChanged(check, holds, error) },
  );
  metrics.watchHealth(health.known);
  metrics.watchClock(probe.skewSeconds);
  const steps: ClosingStep[] = [];
  const timers: NodeJS.Timeout[] = [];
  /** Of what fails again and again, the first time is told, until it works. */
  const every = (job: string, ms: number, run: () => Promise<unknown>): void => {
    let failing = false;
    const now = async (): Promise<void> => {
      try {
        await run();
        failing = false;
      } catch (error) {
        if (!failing) events.failed('backgroundFailed', { job }, error);
        failing = true;
      }
    };
    timers.push(setInterval(now, ms).unref());
  };

  const operations = config.metrics
    ? await openOperationsListener(config.metrics, {
        health,
        metrics,
        onError: (error) => events.failed('backgroundFailed', { job: 'listener' }, error),
      })
    : null;
  every('watch', watchEveryMs, () => health.readiness());

  async function openData(): Promise<void> {
    if (demonstration) await demonstration.prepare(services, identity);
    await refuseUnprepared(db);
    await enterDatabase(db, identity);
    reference = await loadReference(db);
    opening.resolve(
      await openJobs(pool, {
        maintain: roles.worker,
        onError: (error, job) => events.failed('jobFailed', { job: job ?? 'queues' }, error),
      }),
    );
  }
  const ready = untilThere(openData, {
    abandoned,
    onAway: (error) => log.error({ event: 'databaseAway', error }),
  });
  ready.catch(opening.reject);
  opening.promise.catch(() => {});

  if (roles.web) {
    const { buildApp } = await import('#src/app.ts');
    const { unnamedShare } = services;
    const pages = { ...policy.limits.requestsPerAddress, unnamedShare };
    const flood = openFloodGate(db, clock, pages, (client) => fingerprint(keyring, 'flood', client));
    const app = await buildApp(services, {
      log,
      flood,
      isOurHost: hostCheck(config),
      trustProxy: config.web.trustProxy,
      lateMs: 200,
      ready,
    });
    logRequests(app, events);
    serveHealth(app, health);
    retireConnections(app, health);
    if (smsSettings) await registerSmsReports(app, services, smsSettings.callbackSecret);
    demonstration?.register(app, services);
    await app.listen({ host: config.web.host, port: config.web.port });
    if (demonstration) url = localUrl(app);
    demonstration?.sms.reportTo(url);
    steps.push({
      name: 'web',
      close: async () => {
        if (config.drainSeconds > 0) await stopAccepting(app, lastRequestsMs);
        await app.close();
      },
    });
    every('share-request-counts', shareCountsEveryMs, () => flood.share());
  }
  await ready;
  opened = true;
  every('read-caisses', referenceEveryMs, async () => {
    reference = await loadReference(db);
  });
  const jobs = await opening.promise;
  if (roles.worker) {
    const watched = openWatchedRows(db, clock, duties);
    metrics.watchRows(watched.rows, () => clock.now());
    metrics.watchDuties(watched.duties);
    every('look-at-rows', watchEveryMs, watched.look);
    const transports = openTransports({
      config,
      secrets,
      smtpUrl: demonstration?.smtpUrl ?? null,
      sms: smsSettings,
      publicUrl: url,
    });
    const deliveries = await startDelivery(
      { db, keyring, clock, policy, ...transports, publicUrl: url, senderName: config.mail.fromName },
      jobs,
      {
        onDelivery: (delivery, notice) => events.noticeSettled(delivery, notice && noticeRef(notice)),
        onError: (error, notice) =>
          events.failed('deliveryFailed', { job: 'deliver-notice', noticeId: notice?.id }, error),
        alone: demonstration !== null,
      },
    );
    delivery = deliveries;
    const forDuties = patient ? { ...services, db: patient.db } : services;
    const house = async (): Promise<'done'> => {
      const onFailure = (job: string, error: unknown) => events.failed('dutyFailed', { job }, error);
      await runHousekeeping(forDuties, { onlyDue: true, onFailure });
      return 'done';
    };
    const count = async (): Promise<void> => {
      const ran = await runDuty(forDuties, countRows, { onlyDue: true });
      if (ran.result === 'failed') events.failed('dutyFailed', { job: countRows.name }, ran.error);
    };
    every('count-rows', countRowsEveryMs, count);
    await count();
    await watched.look();
    await jobs.work('housekeeping', house, { batch: 1, workers: 1, everySeconds: 10 });
    await jobs.schedule('housekeeping', housekeepingEveryMinutes);
    if (demonstration) {
      const print = () => demonstration.printLetters(services, url);
      demonstration.onClockMoved(async () => {
        await runHousekeeping(services);
        await print();
      });
      every('print-letters', printLettersEveryMs, print);
    }
    steps.push({
      name: 'worker',
      close: async () => {
        deliveries.stop();
        await jobs.stop(config.shutdownSeconds);
        transports.close();
      },
    });
  } else steps.push({ name: 'jobs', close: () => jobs.stop(config.shutdownSeconds) });
  passwords.warm();
  const lostLetters =
    config.letters.sent && returnAddressWarning(config.letters.returnAddress, reference.caisses);
  if (lostLetters && !demonstration) log.warn({ event: 'lettersWarning', text: lostLetters });
  log.info({
    event: 'started',
    mode: config.mode,
    role,
    policy: policy.name,
    version: programVersion(),
    nodeVersion: process.versions.node,
    text: config.legalBasis,
  });
  steps.push(
    { name: 'operations', close: async () => operations?.close() },
    { name: 'demo', close: async () => demonstration?.close() },
    { name: 'passwords', close: () => passwords.close() },
    { name: 'database', close: () => Promise.all([database.close(), patient?.close()]) },
  );
  return {
    url,
    close: () => {
      for (const timer of timers) clearInterval(timer);
      return shutDown({
        log,
        health,
        steps,
        // Nobody sends a worker requests.
        drainSeconds: roles.web ? config.drainSeconds : 0,
        seconds: config.shutdownSeconds,
      });
    },
  };
}

/** What only the demo needs is installed for development only. */
async function importDemo() {
  return import('#src/demo/open.ts').catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')) throw error;
    throw new Error('The demo needs packages that are not installed: run "npm ci", or set MODE=production', {
      cause: error,
    });
  });
}

async function refuseUnprepared(db: Kysely<Database>): Promise<void> {
  const missing = await pendingMigrations(db);
  if (missing.length > 0)
    throw new Error(
      `The database lacks ${missing.length} migrations: run "compte migrate" as its owner first`,
    );
}

function localUrl(app: FastifyInstance): string {
  const [address] = app.addresses();
  if (typeof address !== 'object') throw new Error('The demo listens on a port');
  return `http://localhost:${address.port}`;
}

/** The public host; in the demo also this machine's own names, on any port it was given. */
function hostCheck({ mode, web }: Config): (host: string) => boolean {
  const publicHost = new URL(web.publicUrl).host;
  const local = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;
  return (host) => host === publicHost || (mode === 'demo' && local.test(host));
}

function noticeRef({ person_key: person, id, kind, channel, tries }: TakenNotice): NoticeRef {
  return { id, person, kind, channel, tries };
}
