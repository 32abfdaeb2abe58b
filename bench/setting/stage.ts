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
import { usageUntil } from './usage.ts';

/** How long a command took, the CPU time that it used, and the most memory that it had. */
interface Spent {
  readonly seconds: number;
  readonly cpuMs: number;
  readonly peakMb: number;
}

/** Commands of operators, on one database. */
export interface Commands {
  /** Runs a command to its end. */
  command(...args: readonly string[]): void;
  /** The same on the core of what is measured; on all cores for null. Throws when it fails. */
  timed(args: readonly string[], core?: 0 | null): Promise<Spent>;
}

/** Everything around what is measured: a database with a register, whom it speaks to, a worker. */
export interface Stage extends Commands {
  readonly folder: string;
  readonly postgres: PrivatePostgres;
  readonly mails: MailSink;
  readonly sms: SmsSink;
  readonly provider: IdentityProvider;
  readonly crowd: Crowd;
  readonly workerPid: number;
  /** Another database, with the tables of the service and nobody in them; `url` is its owner’s. */
  another(name: string): Promise<Commands & { readonly url: string }>;
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
      workerPid: worker.pid,
      ...commandsOf(base, log('command')),
      async another(name) {
        const url = await postgres.anotherDatabase(name);
        const commands = commandsOf({ ...base, env: { ...base.env, DATABASE_URL: url } }, log(name));
        commands.command('migrate');
        return { ...commands, url };
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

function commandsOf(installed: Installation, log: string): Commands {
  return {
    command: (...args) => command(installed, ...args),
    async timed(args, core = 0) {
      const running = launch({ command: commandLine(...args), core, env: installed.env, log });
      const used = await usageUntil(running.pid, running.over);
      const seconds = (performance.now() - running.startedAt) / 1000;
      if (running.status() !== 0)
        throw new Error(`${args.join(' ')} ended with ${running.status()}: see ${log}`);
      return { seconds, ...used };
    },
  };
}
