import type { CommandGroup } from '#src/cli/command-group.ts';
import { errorText } from '#src/cli/error-text.ts';
import { refuse, withConfiguration } from '#src/cli/installation.ts';
import { exitCodes } from '#src/cli/terminal.ts';
import type { Config, Secrets } from '#src/config/config.ts';
import { OtherInstallation } from '#src/installation/other-installation.ts';
import type { Environment } from '#src/serve/environment.ts';

const roles = {
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

  function serveUntilStopped(wanted: { web: boolean; worker: boolean }) {
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
      const log = openLog({ level: config.logLevel, clock: systemClock, write: standardOutput() });
      logCrashes(log);
      const asked = stopSignal({ withParent: terminal.env.npm_lifecycle_event !== undefined });
      const stopping = new AbortController();
      asked.then(() => stopping.abort());
      const { signal: abandoned } = stopping;
      const service = await serve({ config, secrets, openEnvironment, roles: wanted, log, abandoned }).catch(
        (error: unknown) => {
          // Something of it may still be under way, and would keep the process alive.
          if (abandoned.aborted) return process.exit(exitCodes.done);
          log.fatal({ event: 'startFailed', error });
          if (error instanceof OtherInstallation) return process.exit(refuse(terminal, error.problems));
          terminal.err(`compte: ${errorText(error)}`);
          return process.exit(exitCodes.failed);
        },
      );
      if (terminal.rewrite && wanted.web) terminal.err(`\n  ${service.url}\n`);
      log.info({ event: 'stopping', signal: await asked, seconds: config.shutdownSeconds });
      const left = await service.close();
      // What did not close in time would keep the process alive for ever.
      if (left.length > 0) process.exit(exitCodes.failed);
      return exitCodes.done;
    });
  }
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
