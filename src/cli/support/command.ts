import type { CommandGroup } from '#src/cli/command-group.ts';
import { withMigratedDatabase } from '#src/cli/installation.ts';
import { supportCodeHelp } from '#src/cli/support-code.ts';

export function addSupportCommand({ program, terminal, run }: CommandGroup): void {
  program
    .command('support')
    .description('show where a person’s dossier stands and why, by their support code; no personal data')
    .argument('<code>', supportCodeHelp)
    .action((code: string) =>
      run(() =>
        withMigratedDatabase(terminal, async ({ db }, { config, secrets }) => {
          const { showCases } = await import('#src/cli/support/show-case.ts');
          return showCases(terminal, db, config, secrets, code);
        }),
      ),
    );
}
