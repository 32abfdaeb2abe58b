import { type Command, InvalidArgumentError } from 'commander';
import type { CommandGroup } from '#src/cli/command-group.ts';
import { terminalLanguage } from '#src/cli/workshop/screen.ts';
import type { ServeOptions } from '#src/cli/workshop/serve.ts';
import { workshopTerminalTexts } from '#src/cli/workshop/texts.ts';
import { clean } from '#src/texts/clean.ts';

export function addWorkshopCommand({ program, terminal, run }: CommandGroup): void {
  const portNumber = (typed: string): number => {
    if (!/^\d{1,5}$/.test(typed) || Number(typed) > 65_535)
      throw new InvalidArgumentError(workshopTerminalTexts[terminalLanguage(terminal.env)].badPort);
    return Number(typed);
  };
  const workshop = program
    .command('atelier')
    .description('a workshop on the local network: classes that learn to open an account, on invented people')
    .option('--local', 'reached from this computer alone')
    .option('--port <number>', 'the port, 3000 by default; 0 takes a free one', portNumber)
    .action((options: ServeOptions) =>
      run(async () => (await import('#src/cli/workshop/serve.ts')).serveWorkshop(terminal, options)),
    );
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
