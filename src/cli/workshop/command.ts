import { InvalidArgumentError } from 'commander';
import type { CommandGroup } from '#src/cli/command-group.ts';
import { refuseConfiguration } from '#src/cli/installation.ts';
import { type ExitCode, exitCodes, type Terminal } from '#src/cli/terminal.ts';
import { failedStart } from '#src/cli/workshop/failed-start.ts';
import { openingText, readyText, terminalLanguage } from '#src/cli/workshop/screen.ts';
import { workshopTerminalTexts } from '#src/cli/workshop/texts.ts';
import type { Config, Secrets } from '#src/config/config.ts';
import { loadWorkshopConfiguration } from '#src/config/safety/workshop.ts';
import { systemRandom } from '#src/crypto/random.ts';

interface Options {
  readonly local?: true;
  readonly port?: number;
}

export function addWorkshopCommand({ program, terminal, run }: CommandGroup): void {
  const t = workshopTerminalTexts[terminalLanguage(terminal.env)];
  const portNumber = (typed: string): number => {
    if (!/^\d{1,5}$/.test(typed) || Number(typed) > 65_535) throw new InvalidArgumentError(t.badPort);
    return Number(typed);
  };
  program
    .command('atelier')
    .description('a workshop on the local network: classes that learn to open an account, on invented people')
    .option('--local', 'reached from this computer alone')
    .option('--port <number>', 'the port, 3000 by default; 0 takes a free one', portNumber)
    .action((options: Options) => run(() => serveWorkshop(terminal, options)));
}

async function serveWorkshop(terminal: Terminal, { local, port }: Options): Promise<ExitCode> {
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
  { config, secrets }: { readonly config: Config; readonly secrets: Secrets },
): Promise<ExitCode> {
  const language = terminalLanguage(terminal.env);
  const { workshopUrls } = await import('#src/workshop/network/urls.ts');
  // The trainer sees where it listens before it does.
  terminal.out(openingText(language, config.web, workshopUrls(config.web)));
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
    const workshop = await openWorkshop({ config, secrets, log, abandoned: stopping.signal });
    terminal.out(readyText(language, workshop, renderUnicodeCompact(workshop.url, { border: 2 })));
    await stopped;
    await workshop.close();
    return exitCodes.done;
  } catch (error) {
    log.info({ event: 'startFailed', error });
    terminal.err(`compte: ${failedStart(language, config, error)}`);
    return exitCodes.failed;
  }
}
