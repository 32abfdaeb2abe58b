import { type Command, InvalidArgumentError } from 'commander';
import type { CommandGroup } from '#src/cli/command-group.ts';
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
import { workshopTerminalTexts } from '#src/cli/workshop/texts.ts';
import { loadWorkshopConfiguration, type WorkshopDecision } from '#src/config/safety/workshop.ts';
import { systemRandom } from '#src/crypto/random.ts';
import { clean } from '#src/texts/clean.ts';

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
  const workshop = program
    .command('atelier')
    .description('a workshop on the local network: classes that learn to open an account, on invented people')
    .option('--local', 'reached from this computer alone')
    .option('--port <number>', 'the port, 3000 by default; 0 takes a free one', portNumber)
    .action((options: Options) => run(() => serveWorkshop(terminal, options)));
  addTrainerCommands(workshop, { terminal, run });
}

const identifierHelp = 'names the account, as compte atelier trainers lists it: france-services-de-vif';

/** What the operator of a permanent site does about its trainers. */
function addTrainerCommands(workshop: Command, { terminal, run }: Omit<CommandGroup, 'program'>): void {
  const load = () => import('#src/cli/workshop/trainers.ts');
  const name = (typed: string): string => {
    const text = clean(typed);
    if (text === '' || text.length > 60)
      throw new InvalidArgumentError('A name of one line is needed, of 60 characters at most.');
    return text;
  };

  workshop
    .command('invite')
    .description('a new trainer of a permanent site: prints a link that opens their account once')
    .requiredOption(
      '--name <text>',
      'shown to the trainer: a person, or a place such as France services de Vif',
      name,
    )
    .action((options: { name: string }) =>
      run(async () => (await load()).inviteTrainer(terminal, options.name)),
    );

  workshop
    .command('invite-again')
    .description('a new link for a trainer who has forgotten the passphrase, or was revoked')
    .argument('<identifier>', identifierHelp)
    .action((identifier: string) => run(async () => (await load()).inviteAgain(terminal, identifier)));

  workshop
    .command('trainers')
    .description('all trainers of a permanent site, one line each (read-only)')
    .action(() => run(async () => (await load()).listTrainers(terminal)));

  workshop
    .command('revoke')
    .description('sign a trainer out everywhere, and let them enter no more; their classes stay')
    .argument('<identifier>', identifierHelp)
    .action((identifier: string) => run(async () => (await load()).revokeTrainer(terminal, identifier)));

  workshop
    .command('remove')
    .description('forget a trainer, and erase their classes')
    .argument('<identifier>', identifierHelp)
    .action((identifier: string) => run(async () => (await load()).removeTrainer(terminal, identifier)));
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
