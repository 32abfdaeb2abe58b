import type { CommandGroup } from '#src/cli/command-group.ts';

export function addNoticesCommands({ program, terminal, run }: CommandGroup): void {
  const notices = program
    .command('notices')
    .description('mails, SMS and letters: waiting, settled, and dead letters (read-only)')
    .action(() =>
      run(async () => {
        const { listNotices } = await import('#src/cli/notices/list.ts');
        return listNotices(terminal);
      }),
    );

  notices
    .command('retry')
    .description('queue a dead letter again, once its cause is fixed')
    .argument('[id]', 'as listed')
    .option('--all-dead', 'all dead letters')
    .action((id: string | undefined, options: { allDead?: true }) =>
      run(async () => {
        const { retryNotices } = await import('#src/cli/notices/retry.ts');
        return retryNotices(terminal, id ?? null, options.allDead ?? false);
      }),
    );

  notices
    .command('withhold')
    .description(
      'after a restore: send no mail or SMS that waited in the backup, it may have been sent since',
    )
    .option('--dry-run', 'only count them')
    .action((options: { dryRun?: true }) =>
      run(async () => {
        const { withholdWaitingNotices } = await import('#src/cli/notices/withhold.ts');
        return withholdWaitingNotices(terminal, options.dryRun ?? false);
      }),
    );

  notices
    .command('bounce')
    .description('record one message to the bounce address, from standard input (for a pipe alias)')
    .option('--to <address>', 'the address it was sent to, if its headers do not say')
    .action((options: { to?: string }) =>
      run(async () => {
        const { recordBounceMessage } = await import('#src/cli/notices/bounce.ts');
        return recordBounceMessage(terminal, terminal.input, options.to ?? null);
      }),
    );
}
