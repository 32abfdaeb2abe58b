import type { CommandGroup } from '#src/cli/command-group.ts';
import { supportCodeHelp } from '#src/cli/support-code.ts';

export function addAccountCommands({ program, terminal, run }: CommandGroup): void {
  const account = program
    .command('account')
    .description('actions of an agent on an account, by the person’s support code');
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
    account
      .command(name)
      .description(description)
      .argument('<code>', supportCodeHelp)
      .action((code: string) =>
        run(async () => {
          const { changeAccount } = await import('#src/cli/account/change-account.ts');
          return changeAccount(terminal, name, code);
        }),
      );
}
