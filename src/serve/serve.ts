import { loadReference } from '#src/caisses/lookup.ts';
import type { Config } from '#src/config/config.ts';
import { identityOf } from '#src/installation/identity.ts';
import { noPaper, returnAddressWarning } from '#src/letters/return-address.ts';
import type { Log } from '#src/log/log.ts';
import { closeInOrder, shutDown } from '#src/operations/shutdown.ts';
import { programVersion } from '#src/operations/version.ts';
import { openBackground } from '#src/serve/background.ts';
import { type Closers, closingSteps } from '#src/serve/closers.ts';
import type { Companion } from '#src/serve/environment.ts';
import {
  type FoundationOptions,
  type Foundations,
  openFoundations,
  roleName,
} from '#src/serve/foundations.ts';
import { openData } from '#src/serve/open-data.ts';
import { listenForOperations, watchProcess } from '#src/serve/operations-port.ts';
import { openReadiness } from '#src/serve/readiness.ts';
import { runWeb } from '#src/serve/run-web.ts';
import type { RunningWorker } from '#src/serve/run-worker.ts';

export interface ServeOptions extends FoundationOptions {
  /** Aborted when the process is asked to stop: it no longer waits for a database that is away. */
  readonly abandoned: AbortSignal;
  /** Called with the reason as soon as the start fails; closing what is open may take `shutdownSeconds` after that. */
  readonly onStartFailure: (error: unknown) => void;
}

export interface Service {
  readonly url: string;
  /** What the environment adds for a person at a terminal: what else to open. */
  readonly alsoOpen: readonly Companion[];
  /** Stops in order; answers the names of what did not close in time. */
  close(): Promise<readonly string[]>;
}

const checkEveryMs = 10_000;
const readReferenceEveryMs = 300_000;

/**
 * Opens everything and starts the roles. The public port is open before the database is: pages that need none are
 * answered at once, the others as soon as it is ready. A start that fails says why, closes what it has opened, then
 * throws.
 */
export async function serve(options: ServeOptions): Promise<Service> {
  const closers: Closers = {};
  const failed = new AbortController();
  const abandoned = AbortSignal.any([options.abandoned, failed.signal]);
  try {
    return await start({ ...options, abandoned }, closers);
  } catch (error) {
    failed.abort();
    options.onStartFailure(error);
    const steps = closingSteps(closers);
    // Migrations under way cannot be interrupted: their connection closes once they are done.
    await closeInOrder({ log: options.log, steps, seconds: options.config.shutdownSeconds });
    throw error;
  }
}

async function start({ abandoned, ...options }: ServeOptions, closers: Closers): Promise<Service> {
  const { config, secrets, roles, log } = options;
  const foundations = await openFoundations(options, closers);
  const { services, late } = foundations;
  const { events } = services;
  const { every, stop } = openBackground((job, error) => events.failed('backgroundFailed', { job }, error));
  closers.background = async () => stop();
  const role = roleName(roles);
  watchProcess(foundations, { role, log });

  let isOpen = false;
  let worker: RunningWorker | null = null;
  const away = () => worker?.away() ?? [];
  const health = openReadiness(foundations, { roles, isOpen: () => isOpen, away });
  // A demo that fills its database for the first time takes a while: nothing to report.
  every('watch', checkEveryMs, async () => (isOpen || config.mode !== 'demo') && health.readiness());
  await listenForOperations(foundations, { config, health, closers });

  const opening = openData(foundations, {
    identity: identityOf(config, secrets),
    maintainsQueues: roles.worker,
    abandoned,
    onAway: (error) => log.error({ event: 'databaseAway', error }),
  });
  opening.then(late.jobs.resolve, late.jobs.reject);
  if (roles.web) {
    const ready = late.jobs.promise.then(() => {});
    ready.catch(() => {});
    closers.web = await runWeb(foundations, { config, log, health, every, ready });
    if (config.depot) {
      const { runDepot } = await import('#src/serve/run-depot.ts');
      closers.depot = await runDepot(foundations, config.depot, { config, log, health, every, ready });
    }
  }
  const jobs = await opening;
  closers.jobs = () => jobs.stop(config.shutdownSeconds);
  isOpen = true;
  every('read-caisses', readReferenceEveryMs, async () => {
    late.reference = await loadReference(services.db);
  });
  if (roles.worker) {
    const { runWorker } = await import('#src/serve/run-worker.ts');
    worker = await runWorker(foundations, foundations.traced?.jobs(jobs) ?? jobs, { config, secrets, every });
    closers.jobs = worker.close;
  }
  services.passwords.warm();
  announce(foundations, { config, log, role });
  return {
    url: late.publicUrl,
    alsoOpen: foundations.environment.alsoOpen,
    close: () =>
      shutDown({
        log,
        health,
        steps: closingSteps(closers),
        // A worker receives no requests that it could drain.
        drainSeconds: roles.web ? config.drainSeconds : 0,
        seconds: config.shutdownSeconds,
      }),
  };
}

/** Logs what has started, and warns of a configuration that loses letters. */
function announce(
  { services }: Foundations,
  { config, log, role }: { config: Config; log: Log; role: string },
): void {
  const { mode, letters, legalBasis } = config;
  const lostLetters = letters.sent && returnAddressWarning(letters.returnAddress, services.caisses.caisses);
  const warning = letters.sent ? lostLetters : noPaper;
  if (warning && mode === 'production') log.warn({ event: 'lettersWarning', text: warning });
  log.info({
    event: 'started',
    mode,
    role,
    policy: services.policy.name,
    version: programVersion(),
    nodeVersion: process.versions.node,
    text: legalBasis,
  });
}
