import type { CommandGroup } from '#src/cli/command-group.ts';
import { withMigratedDatabase } from '#src/cli/installation.ts';

export function addJobsCommand({ program, terminal, run }: CommandGroup): void {
  program
    .command('jobs')
    .description('what is done now and then: last run, how long it took, what it did, when it is next due')
    .addHelpText(
      'after',
      '\nExit code 1 when something has not run for three of its periods, or failed the last time.',
    )
    .action(() =>
      run(() =>
        withMigratedDatabase(terminal, async ({ db }, { config }) => {
          const { showJobs } = await import('#src/cli/jobs/show-jobs.ts');
          return showJobs(terminal, db, config);
        }),
      ),
    );
}
