import type { Command } from 'commander';
import type { CommandGroup } from '#src/cli/command-group.ts';

/** What is given with everything that is done for a person. */
export interface OrderOptions {
  readonly reason: string;
  readonly by: string;
  readonly dryRun?: true;
}

const whoHelp =
  'a support code, or the reference of an account (compte register history); without it, the NIR, the support code or the e-mail address is read from standard input, where neither the history of the shell nor a list of processes keeps it';

export function addPersonCommands({ program, terminal, run }: CommandGroup): void {
  const person = program
    .command('person')
    .description('what an operator does for one person, by NIR, support code or e-mail address');

  ordered('find', 'whether somebody is known, and how their account stands; nothing of who they are').action(
    (code: string | undefined, options: OrderOptions) =>
      run(async () => {
        const { show } = await import('#src/cli/person/show.ts');
        return show(terminal, code, options, 'found');
      }),
  );

  ordered('show', 'how somebody’s account stands, and enough of who they are for them to recognise')
    .option('--unmask', 'their number, name and addresses in full')
    .action((code: string | undefined, options: OrderOptions & { unmask?: true }) =>
      run(async () => {
        const { show } = await import('#src/cli/person/show.ts');
        return show(terminal, code, options, options.unmask ? 'unmasked' : 'masked');
      }),
    );

  ordered('export', 'write everything that is kept about the person, as JSON and PDF; a mail tells them')
    .requiredOption('--out <folder>', 'where both files are written, readable by you alone')
    .action((code: string | undefined, options: OrderOptions & { out: string }) =>
      run(async () => {
        const { exportCopies } = await import('#src/cli/person/export.ts');
        return exportCopies(terminal, code, options);
      }),
    );

  ordered(
    'erase',
    'erase the account and everything that goes with it, at the person’s request; a mail tells them',
  ).action((code: string | undefined, options: OrderOptions) =>
    run(async () => {
      const { erase } = await import('#src/cli/person/erase.ts');
      return erase(terminal, code, options);
    }),
  );

  for (const [name, description] of [
    ['disable', 'close the doors of the account: sessions end, nobody signs in; a mail tells them'],
    ['enable', 'open the doors that “disable” has closed'],
  ] as const)
    ordered(name, description).action((code: string | undefined, options: OrderOptions) =>
      run(async () => {
        const { changeDoors } = await import('#src/cli/person/change.ts');
        return changeDoors(terminal, name, code, options);
      }),
    );

  ordered('unlock', 'end the waits after too many failures, of identity, proof, codes and sign-in').action(
    (code: string | undefined, options: OrderOptions) =>
      run(async () => {
        const { unlock } = await import('#src/cli/person/change.ts');
        return unlock(terminal, code, options);
      }),
  );

  for (const [name, description] of [
    [
      'freeze',
      'freeze the account: all access ends, and the person is notified at the contacts the caisse knows',
    ],
    [
      'release',
      'delete a frozen account, so that its person can open a new one by any means: only after checking their identity',
    ],
  ] as const)
    ordered(name, description).action((code: string | undefined, options: OrderOptions) =>
      run(async () => {
        const { changeDisputed } = await import('#src/cli/person/change.ts');
        return changeDisputed(terminal, name, code, options);
      }),
    );

  person
    .command('tombstones')
    .description(
      'write down who was erased, for the restore of a backup: keep the file apart from the backups',
    )
    .requiredOption('--out <file>', 'a file, which is replaced as a whole; - is standard output')
    .action((options: { out: string }) =>
      run(async () => {
        const { writeTombstoneFile } = await import('#src/cli/person/tombstones.ts');
        return writeTombstoneFile(terminal, options.out);
      }),
    );

  person
    .command('replay-erasures')
    .description('erase again, in a restored database, the people in a file of compte person tombstones')
    .requiredOption('--from <file>', 'the file')
    .option('--dry-run', 'only say what would be erased')
    .action((options: { from: string; dryRun?: true }) =>
      run(async () => {
        const { replayErasures } = await import('#src/cli/person/tombstones.ts');
        return replayErasures(terminal, options.from, options.dryRun ?? false);
      }),
    );

  /** A command that does something for one person. */
  function ordered(name: string, description: string): Command {
    return person
      .command(name)
      .description(description)
      .argument('[code]', whoHelp)
      .requiredOption(
        '--reason <text>',
        'why, for the audit trail: a letter, a call; nobody’s name, number or address',
      )
      .requiredOption('--by <agent>', 'who does it: letters, digits, - and _')
      .option('--dry-run', 'only say what would happen');
  }
}
