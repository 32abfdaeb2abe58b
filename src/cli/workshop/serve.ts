import { refuseConfiguration } from '#src/cli/installation.ts';
import { type ExitCode, exitCodes, type Terminal } from '#src/cli/terminal.ts';
import { failedStart } from '#src/cli/workshop/failed-start.ts';
import {
  openingText,
  readyText,
  siteOpeningText,
  siteReadyText,
  terminalLanguage,
} from '#src/cli/workshop/screen.ts';
import { loadWorkshopConfiguration, type WorkshopDecision } from '#src/config/safety/workshop.ts';
import { systemRandom } from '#src/crypto/random.ts';

export interface ServeOptions {
  readonly local?: true;
  readonly port?: number;
}

/** Serves classes until it is stopped; what it can use of the configuration is printed first. */
export async function serveWorkshop(terminal: Terminal, { local, port }: ServeOptions): Promise<ExitCode> {
  const env = {
    ...terminal.env,
    ...(local ? { HOST: '127.0.0.1' } : {}),
    ...(port === undefined ? {} : { PORT: String(port) }),
  };
  const decision = loadWorkshopConfiguration(env, systemRandom);
  if (!decision.ok) return refuseConfiguration(terminal, decision.problems);
  return open(terminal, decision);
}

async function open(
  terminal: Terminal,
  { config, secrets, site }: Extract<WorkshopDecision, { ok: true }>,
): Promise<ExitCode> {
  const language = terminalLanguage(terminal.env);
  const { workshopUrls } = await import('#src/workshop/network/urls.ts');
  // The trainer sees where it listens before it does.
  terminal.out(
    site
      ? siteOpeningText(language, site, config.web)
      : openingText(language, config.web, workshopUrls(config.web)),
  );
  const [
    { openWorkshop },
    { openLog, standardOutput },
    { logCrashes },
    { stopSignal },
    { systemClock },
    { renderUnicodeCompact },
  ] = await Promise.all([
    import('#src/workshop/open.ts'),
    import('#src/log/log.ts'),
    import('#src/operations/crash.ts'),
    import('#src/operations/shutdown.ts'),
    import('#src/time/clock.ts'),
    import('uqr'),
  ]);
  const { logLevel: level, logFormat: format } = config;
  const log = openLog({ level, format, clock: systemClock, write: standardOutput() });
  logCrashes(log);
  const stopped = stopSignal({ withParent: terminal.env.npm_lifecycle_event !== undefined });
  const stopping = new AbortController();
  stopped.then(() => stopping.abort());
  try {
    const workshop = await openWorkshop({ config, site, secrets, log, abandoned: stopping.signal });
    const { pin } = workshop;
    terminal.out(
      pin === null
        ? siteReadyText(language, workshop)
        : readyText(language, { ...workshop, pin }, renderUnicodeCompact(workshop.url, { border: 2 })),
    );
    await stopped;
    await workshop.close();
    return exitCodes.done;
  } catch (error) {
    log.info({ event: 'startFailed', error });
    terminal.err(`compte: ${failedStart(language, config, error)}`);
    return exitCodes.failed;
  }
}
