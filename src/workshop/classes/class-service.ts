import { join } from 'node:path';
import type { Config, Secrets } from '#src/config/config.ts';
import { ensureDemoKeys } from '#src/config/secrets/demo-keys.ts';
import { parseNumberedKeys } from '#src/config/secrets/keys.ts';
import { systemRandom } from '#src/crypto/random.ts';
import { Secret } from '#src/crypto/secret.ts';
import type { Log } from '#src/log/log.ts';
import { serve } from '#src/serve/serve.ts';
import type { Threads } from '#src/serve/threads.ts';
import { type Classroom, openClassroom } from '#src/workshop/classroom/environment.ts';
import type { ClassDatabase } from '#src/workshop/databases/class-databases.ts';
import { connectionsOfClass } from '#src/workshop/databases/server-databases.ts';

export type Handler = Parameters<Classroom['environment']['registerPages']>[0]['routing'];

/** The service of a class while it is open. */
export interface ClassService {
  readonly classroom: Classroom;
  /** Where its requests are answered, once it is open; rejects when it does not open. */
  readonly handle: Promise<Handler>;
  close(): Promise<void>;
}

export interface ClassServiceOptions {
  readonly config: Config;
  /** Of the class: keys, messages, the embedded database. */
  readonly folder: string;
  readonly database: ClassDatabase;
  readonly policy: string;
  readonly threads: Threads;
  readonly log: Log;
  readonly abandoned: AbortSignal;
}

/** Every address, as Fastify’s `trustProxy` takes it: only the gateway speaks to a class, and says whom a request counts as. */
const anyProxy = '0.0.0.0/1,128.0.0.0/1,::/1,8000::/1';

/** Opens the service of a class, which starts in the background. */
export async function openClassService(
  { config, folder, database, policy, threads, log, abandoned }: ClassServiceOptions,
  room: Omit<Parameters<typeof openClassroom>[0], 'folder'>,
): Promise<ClassService> {
  const closing = new AbortController();
  const secrets = secretsIn(folder, database);
  const classroom = await openClassroom({ ...room, folder });
  const starting = serve({
    config: {
      ...config,
      mode: 'workshop',
      web: { ...config.web, publicUrl: room.publicUrl, trustProxy: anyProxy },
      metrics: null,
      depot: null,
      dataDir: folder,
      database:
        database.kind === 'embedded'
          ? { kind: 'embedded', folder: database.folder, poolSize: 1, runtimeRole: null }
          : { kind: 'postgres', folder: null, poolSize: connectionsOfClass, runtimeRole: null },
      policy,
      franceConnect: 'off',
      letters: { ...config.letters, sent: true },
      drainSeconds: 0,
    },
    secrets,
    roles: { web: true, worker: true },
    threads,
    log,
    abandoned: AbortSignal.any([abandoned, closing.signal]),
    onStartFailure: (error) => log.error({ event: 'classNotOpened', error }),
    openEnvironment: async () => classroom.environment,
  });
  starting.catch(classroom.fail);
  const handle = Promise.all([classroom.opened, starting]).then(([{ app }]): Handler => app.routing);
  handle.catch(() => {});
  return {
    classroom,
    handle,
    close: async () => {
      // One that still waits for its database waits no longer.
      closing.abort();
      await starting.then((service) => service.close()).catch(() => {});
    },
  };
}

/** The keys of a class are its own: they are deleted with it. */
function secretsIn(folder: string, database: ClassDatabase): Secrets {
  const keys = ensureDemoKeys(folder, systemRandom);
  const read = (text: string) => {
    const parsed = parseNumberedKeys(text);
    if (!parsed.ok) throw new Error(`The keys in ${join(folder)} are damaged`);
    return new Secret(parsed.value);
  };
  return {
    masterKeys: read(keys.MASTER_KEYS),
    peppers: read(keys.PASSWORD_PEPPERS),
    databaseUrl: database.kind === 'postgres' ? new Secret(database.url) : null,
    smtpUrl: null,
    franceConnect: null,
    secondSmtpUrl: null,
    dkimKey: null,
    tracesHeaders: null,
    sms: null,
  };
}
