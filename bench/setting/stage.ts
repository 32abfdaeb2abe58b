import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../scripts/free-port.ts';
import { type IdentityProvider, startIdentityProvider } from './identity-provider.ts';
import { type MailSink, openMailSink } from './mail-sink.ts';
import { type Crowd, openCrowd } from './people.ts';
import { type PrivatePostgres, servingRole, startPostgres } from './postgres.ts';
import { launch } from './process.ts';
import {
  command,
  commandLine,
  configure,
  type Installation,
  publicHost,
  type Started,
  startWeb,
  startWorker,
} from './service.ts';
import { openSmsSink, type SmsSink } from './sms-sink.ts';
import { cpuUntil } from './usage.ts';

/** Everything around what is measured: a database with a register, whom it speaks to, a worker. */
export interface Stage {
  readonly folder: string;
  readonly postgres: PrivatePostgres;
  readonly mails: MailSink;
  readonly sms: SmsSink;
  readonly provider: IdentityProvider;
  readonly crowd: Crowd;
  /** Runs a command of operators to its end. */
  command(...args: readonly string[]): void;
  /** The same on the core of what is measured: how long it took, and the CPU time that it used. */
  timed(...args: readonly string[]): Promise<{ readonly seconds: number; readonly cpuMs: number }>;
  /** Starts the web process; the caller stops it. */
  web(changes?: { node?: readonly string[]; env?: Readonly<Record<string, string>> }): Promise<Started>;
  close(): Promise<void>;
}

/** `database`: another than a new one of default settings; it must be empty. */
export async function openStage(
  people: number,
  database: (log: string) => Promise<PrivatePostgres> = startPostgres,
): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'compte-bench-'));
  const log = (name: string) => join(folder, `${name}.log`);
  const opened = new AsyncDisposableStack();
  opened.defer(() => rmSync(folder, { recursive: true, force: true }));
  try {
    mkdirSync(join(folder, 'data'));
    const postgres = await database(log('postgres'));
    opened.defer(() => postgres.stop());
    const mails = await openMailSink();
    opened.defer(() => mails.close());
    const sms = await openSmsSink();
    opened.defer(() => sms.close());
    const provider = await startIdentityProvider(folder, log('provider'));
    opened.defer(() => provider.close());
    const installed = (user: 'web' | 'worker'): Installation => ({
      ...base,
      env: { ...base.env, DATABASE_URL: postgres.url(user) },
    });
    const addresses = { databaseUrl: postgres.url('owner'), smtpUrl: mails.url };
    const base = configure(folder, addresses, {
      ...sms.env,
      ...provider.env,
      DATABASE_RUNTIME_ROLE: servingRole,
    });
    command(base, 'migrate');
    const register = join(folder, 'register.ndjson');
    command(base, 'register', 'generate', '--count', String(people), '--seed', '2026', '--out', register);
    command(base, 'register', 'import', register);
    const worker = startWorker({ ...installed('worker').env, PORT: String(await freePort()) }, log('worker'));
    opened.defer(() => worker.stop());
    const port = await freePort();
    return {
      folder,
      postgres,
      mails,
      sms,
      provider,
      crowd: await openCrowd(register),
      command: (...args) => command(base, ...args),
      async timed(...args) {
        const running = launch({
          command: commandLine(...args),
          core: 0,
          env: base.env,
          log: log('command'),
        });
        const cpuMs = await cpuUntil(running.pid, running.over);
        return { seconds: (performance.now() - running.startedAt) / 1000, cpuMs };
      },
      web: ({ node = [], env = {} } = {}) =>
        startWeb({
          role: 'web',
          port,
          host: publicHost,
          env: { ...installed('web').env, ...env },
          log: log('web'),
          node,
        }),
      close: () => opened.disposeAsync(),
    };
  } catch (error) {
    await opened.disposeAsync();
    throw error;
  }
}
