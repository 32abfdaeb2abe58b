import type { Kysely } from 'kysely';
import { type CaisseReference, shippedReference } from '#src/caisses/reference.ts';
import type { Config, Secrets } from '#src/config/config.ts';
import { databaseSettings } from '#src/config/database-settings.ts';
import { openKeyring } from '#src/crypto/keyring.ts';
import { systemRandom } from '#src/crypto/random.ts';
import { openDatabase } from '#src/database/open.ts';
import type { Database } from '#src/database/tables.ts';
import { pressOfExercise } from '#src/documents/pdf/exercise.ts';
import { openPdfPress } from '#src/documents/pdf/press.ts';
import { openFileJudge } from '#src/files/judge-file.ts';
import { openFranceConnect } from '#src/franceconnect/profile.ts';
import type { Jobs } from '#src/jobs/jobs.ts';
import { limitRules } from '#src/limits/rules.ts';
import type { Log } from '#src/log/log.ts';
import { openEvents } from '#src/operations/events.ts';
import { type Metrics, openMetrics } from '#src/operations/metrics.ts';
import { programVersion } from '#src/operations/version.ts';
import { openHashLane } from '#src/passwords/lane.ts';
import { loadPolicy } from '#src/policy/load.ts';
import { policyWarnings } from '#src/policy/warnings.ts';
import type { Closers } from '#src/serve/closers.ts';
import type { Environment } from '#src/serve/environment.ts';
import type { Threads } from '#src/serve/threads.ts';
import type { Traced } from '#src/serve/traced.ts';
import type { Services } from '#src/services.ts';
import { systemClock } from '#src/time/clock.ts';
import type { Traces } from '#src/traces/traces.ts';

/** What a process with these roles is called in metrics, logs and traces. */
export function roleName({ web, worker }: FoundationOptions['roles']): string {
  return web && worker ? 'start' : web ? 'web' : 'worker';
}

export interface FoundationOptions {
  readonly config: Config;
  readonly secrets: Secrets;
  readonly openEnvironment: () => Promise<Environment>;
  readonly roles: { readonly web: boolean; readonly worker: boolean };
  readonly log: Log;
  /** Of a process that runs several services; by default this one has its own. */
  readonly threads?: Threads;
}

/** What every role stands on. The database need not answer yet. */
export interface Foundations {
  readonly environment: Environment;
  readonly services: Services;
  readonly metrics: Metrics;
  /** For duties, which may take longer than a page. An embedded database and a class have their few connections for everything. */
  readonly patientDb: Kysely<Database>;
  readonly late: Late;
  /** Null where nobody asked for traces. */
  readonly traces: Traces | null;
  readonly traced: Traced | null;
}

/** Values that exist only once the service listens or its database answers; the services read them from here. */
export interface Late {
  publicUrl: string;
  /** Null until the database is read: the shipped one is indexed only for somebody who asks before. */
  reference: CaisseReference | null;
  readonly jobs: PromiseWithResolvers<Jobs>;
}

/** Opens them one after the other; what is open is in `closers`, also when opening the next one fails. */
export async function openFoundations(
  { config, secrets, openEnvironment, roles, log, threads }: FoundationOptions,
  closers: Closers,
): Promise<Foundations> {
  const policy = loadPolicy(config.policy);
  logPolicyWarnings(log, config.logFormat, policyWarnings(policy));
  const keyring = openKeyring(secrets.masterKeys.reveal());
  const metrics = openMetrics();
  const events = openEvents({ log, metrics });

  const traces = await tracesFor({ config, secrets, roles }, (error) =>
    events.failed('backgroundFailed', { job: 'traces' }, error),
  );
  if (traces) closers.traces = () => traces.close();
  const traced = traces && (await import('#src/serve/traced.ts')).tracedBy(traces);

  const settings = { ...databaseSettings(config, secrets), onStatement: traced?.statement ?? null };
  const database = await openDatabase(settings, events.connectionLost);
  closers.database = () => database.close();
  const patient =
    roles.worker && config.database.kind === 'postgres' && config.mode !== 'workshop'
      ? await openDatabase({ ...settings, poolSize: 2, patience: 'commands' })
      : null;
  closers.database = () => Promise.all([database.close(), patient?.close()]);
  const environment = await openEnvironment();
  closers.environment = () => environment.close();
  const passwords = openHashLane({
    ...config.hash,
    peppers: secrets.peppers.reveal(),
    random: systemRandom,
    ...(threads ? { queue: threads.hashes } : {}),
  });
  closers.passwords = () => passwords.close();
  const press = threads?.pdf ?? openPdfPress();
  if (!threads) closers.pdf = () => press.close();
  const pdf = environment.hints?.kind === 'exercise' ? pressOfExercise(press) : press;
  const files = threads?.judgeOfOne() ?? openFileJudge({ clamd: config.clamd });
  closers.files = () => files.close();

  const late: Late = {
    publicUrl: config.web.publicUrl,
    reference: null,
    jobs: Promise.withResolvers<Jobs>(),
  };
  // Adding a job waits for it; if it fails while no job waits, the rejection would be unhandled.
  late.jobs.promise.catch(() => {});
  const provider =
    environment.identityProvider && policy.franceConnect.position !== 'none'
      ? openFranceConnect(environment.identityProvider, {
          publicUrl: () => late.publicUrl,
          clock: systemClock,
          onFailure: (reason, error) => events.providerFailed(reason, error),
        })
      : null;
  const services: Services = {
    db: database.db,
    keyring,
    clock: environment.clock,
    random: systemRandom,
    policy,
    limits: limitRules(policy),
    jobs: { adding: async (name, jobs) => (await late.jobs.promise).adding(name, jobs) },
    passwords,
    pdf,
    judgeFile: files.judge,
    judgeStored: files.judgeStored,
    publicUrl: () => late.publicUrl,
    caisses: {
      get caisses() {
        return (late.reference ?? shippedReference()).caisses;
      },
      get byPostalCode() {
        return (late.reference ?? shippedReference()).byPostalCode;
      },
    },
    events,
    secure: config.web.publicUrl.startsWith('https:'),
    demo: environment.hints,
    unnamedShare: environment.unnamedShare,
    franceConnect: provider && traced ? traced.provider(provider) : provider,
    channels: { sms: environment.transports.sms !== null, letters: config.letters.sent },
    offersApi: config.api,
  };
  return {
    environment,
    services,
    metrics,
    patientDb: patient?.db ?? database.db,
    late,
    traces,
    traced,
  };
}

/** Loads their code only where traces are asked for; those of a workshop would be of one class each, and are not offered. */
async function tracesFor(
  { config, secrets, roles }: Pick<FoundationOptions, 'config' | 'secrets' | 'roles'>,
  onFailure: (error: unknown) => void,
): Promise<Traces | null> {
  if (config.traces === null || config.mode === 'workshop') return null;
  const { openTraces } = await import('#src/traces/open-traces.ts');
  return openTraces({
    ...config.traces,
    headers: secrets.tracesHeaders?.reveal() ?? {},
    version: programVersion(),
    role: roleName(roles),
    onFailure,
  });
}

/** One line for each in JSON; a person at a terminal reads one sentence, and the details when they ask for them. */
function logPolicyWarnings(
  log: Log,
  format: Config['logFormat'],
  warnings: ReturnType<typeof policyWarnings>,
): void {
  const event = 'policyWarning';
  const { length } = warnings;
  if (format === 'text' && length > 0) {
    const points = length === 1 ? '1 point' : `${length} points`;
    log.warn({ event, text: `The policy is weaker than recommended in ${points}: see docs/policy.md` });
  }
  const detail = format === 'text' ? log.info : log.warn;
  for (const { rule, text } of warnings) detail({ event, reason: rule, text });
}
