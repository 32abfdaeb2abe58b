import { flushCompileCache } from 'node:module';
import type { CommandGroup } from '#src/cli/command-group.ts';
import { errorText } from '#src/cli/error-text.ts';
import { refuseConfiguration, withConfiguration } from '#src/cli/installation.ts';
import { type ExitCode, exitCodes, type Terminal } from '#src/cli/terminal.ts';
import type { Config, Secrets } from '#src/config/config.ts';
import { OtherInstallation } from '#src/installation/other-installation.ts';
import type { Log } from '#src/log/log.ts';
import { InvalidPolicy } from '#src/policy/invalid-policy.ts';
import type { Environment } from '#src/serve/environment.ts';
import type { Service } from '#src/serve/serve.ts';

/** The commands that serve, by their names. */
export const roles = {
  start: {
    description: 'serve the pages, deliver and run housekeeping, in one process; the demo when MODE is demo',
    web: true,
    worker: true,
  },
  web: { description: 'serve the pages only', web: true, worker: false },
  worker: { description: 'deliver mails and SMS, and run housekeeping', web: false, worker: true },
};

export function addServeCommands({ program, terminal, run }: CommandGroup): void {
  for (const [name, { description, web, worker }] of Object.entries(roles)) {
    program
      .command(name)
      .description(description)
      .action(() => run(() => serveUntilStopped({ web, worker })));
  }

  function serveUntilStopped(served: { web: boolean; worker: boolean }) {
    return withConfiguration(terminal, async ({ config, secrets }) => {
      const openEnvironment = environmentOf(config, secrets);
      const [{ serve }, { openLog, standardOutput }, { logCrashes }, { stopSignal }, { systemClock }] =
        await Promise.all([
          import('#src/serve/serve.ts'),
          import('#src/log/log.ts'),
          import('#src/operations/crash.ts'),
          import('#src/operations/shutdown.ts'),
          import('#src/time/clock.ts'),
        ]);
      const { logLevel: level, logFormat: format } = config;
      const log = openLog({ level, format, clock: systemClock, write: standardOutput() });
      logCrashes(log);
      const stopped = stopSignal({ withParent: terminal.env.npm_lifecycle_event !== undefined });
      const stopping = new AbortController();
      stopped.then(() => stopping.abort());
      const { signal: abandoned } = stopping;
      let exitCode: ExitCode = exitCodes.done;
      const onStartFailure = (error: unknown): void => {
        if (abandoned.aborted) return;
        exitCode = reportFailedStart(terminal, { log, format }, error);
      };
      const { mode, logFormat } = config;
      const forPerson = logFormat === 'text' && served.web;
      if (forPerson && mode === 'demo')
        terminal.out('\n  The demo starts; the first time takes up to a minute.');
      const service = await serve({
        config,
        secrets,
        openEnvironment,
        roles: served,
        log,
        abandoned,
        onStartFailure,
      }).catch(() => {
        // Work that could not be cancelled would keep the process alive.
        return process.exit(exitCode);
      });
      flushCompileCache();
      if (forPerson) terminal.out(startedText(config, service));
      log.info({ event: 'stopping', signal: await stopped, seconds: config.shutdownSeconds });
      const unclosed = await service.close();
      // What did not close in time would keep the process alive for ever.
      if (unclosed.length > 0) process.exit(exitCodes.failed);
      return exitCodes.done;
    });
  }
}

/** What somebody at the terminal can do now. */
function startedText({ mode, dataDir }: Config, { url, alsoOpen }: Service): string {
  if (mode === 'production') return `\n  compte-assure answers at ${url}\n`;
  return `
  The demo of compte-assure is ready. Everybody in it is invented.

    Open          ${url}/demo in a browser: choose somebody and open their account
${alsoOpen.map(({ name, url: address }) => `    ${name.padEnd(13)} ${address} is its simulator; the passwords are on the page of each person\n`).join('')}    Stop          press Ctrl+C
    Start afresh  stop, then delete the folder ${dataDir}
`;
}

/** Says why the service does not start, in the log and on the terminal; answers the exit code. */
function reportFailedStart(
  terminal: Terminal,
  { log, format }: { log: Log; format: Config['logFormat'] },
  error: unknown,
): ExitCode {
  // A person at a terminal reads the sentence below; the details are logged at the level info.
  const detail = format === 'json' ? log.fatal : log.info;
  detail({ event: 'startFailed', error });
  const taken = takenPort(error);
  if (taken !== null) {
    terminal.err(
      `compte: Port ${taken} is in use, perhaps by this service, started before. Stop that program, or choose another port (PORT, METRICS_PORT, DEPOT_PORT)`,
    );
    return exitCodes.failed;
  }
  if (error instanceof OtherInstallation) return refuseConfiguration(terminal, error.problems);
  if (error instanceof InvalidPolicy) return refuseConfiguration(terminal, [error.message]);
  terminal.err(`compte: ${errorText(error)}`);
  return exitCodes.failed;
}

/** The port that another program already listens on, when this is why the start failed. */
function takenPort(error: unknown): number | null {
  const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  return isTaken && 'port' in error && typeof error.port === 'number' ? error.port : null;
}

/** How to open what surrounds the service; the modules of the demo are loaded at once, and only for a demo. */
function environmentOf(config: Config, secrets: Secrets): () => Promise<Environment> {
  if (config.mode === 'production')
    return async () => {
      const { productionEnvironment } = await import('#src/serve/production.ts');
      return productionEnvironment(config, secrets);
    };
  const loading = loadDemo();
  loading.catch(() => {});
  return async () => (await loading).openDemo(config, secrets);
}

/** The packages that only the demo needs are installed for development only. */
async function loadDemo() {
  return import('#src/demo/open.ts').catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')) throw error;
    throw new Error('The demo needs packages that are not installed: run "npm ci", or set MODE=production', {
      cause: error,
    });
  });
}
