import type { CommandGroup } from '#src/cli/command-group.ts';
import { withMigratedDatabase } from '#src/cli/installation.ts';

export function addJobsCommand({ program, terminal, run }: CommandGroup): void {
  program
    .command('jobs')
    .description('periodic duties: last run, duration, result, next due time')
    .addHelpText('after', '\nExit code 1 when a duty has not run for three periods, or failed the last time.')
    .action(() =>
      run(() =>
        withMigratedDatabase(terminal, async ({ db }, { config }) => {
          const { showJobs } = await import('#src/cli/jobs/show-jobs.ts');
          return showJobs(terminal, db, config);
        }),
      ),
    );
}
