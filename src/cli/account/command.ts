import type { CommandGroup } from '#src/cli/command-group.ts';
import { supportCodeHelp } from '#src/cli/support-code.ts';

export function addAccountCommands({ program, terminal, run }: CommandGroup): void {
  const account = program
    .command('account')
    .description('what an agent may do to an account, by the support code that its person reads to them');
  for (const [name, description] of [
    [
      'freeze',
      'block the account: nothing opens it any more, and the contacts that the caisse knows are told',
    ],
    [
      'release',
      'take a blocked account away with all it holds, so that its person can open one by any means: only for somebody whose identity you have checked',
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
