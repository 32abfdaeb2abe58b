import { InvalidArgumentError } from 'commander';
import { type CommandGroup, wholeNumber } from '#src/cli/command-group.ts';
import { instantInParis } from '#src/time/paris.ts';

/** A day of Paris, `yyyy-mm-dd`. */
function day(text: string): Temporal.PlainDate {
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' });
  } catch {
    throw new InvalidArgumentError('A day is needed, as 2026-11-27.');
  }
}

export function addAuditCommands({ program, terminal, run }: CommandGroup): void {
  const audit = program.command('audit').description('the audit trail');

  audit
    .command('verify')
    .description('check that no event was changed, inserted or deleted (read-only)')
    .option(
      '--at-least <number>',
      'fail when the seal is older than this number, printed by an earlier run',
      wholeNumber,
    )
    .option('--anchors <file...>', 'fail when an event that one of these anchors names is gone or another')
    .action((options: { atLeast?: number; anchors?: string[] }) =>
      run(async () => {
        const { verify } = await import('#src/cli/audit/verify.ts');
        return verify(terminal, options.atLeast ?? 0, options.anchors ?? []);
      }),
    );

  audit
    .command('anchor')
    .description(
      'write the ends of all chains, to be kept outside of the database and its backups (read-only)',
    )
    .requiredOption('--out <file>', 'a file that does not exist yet')
    .option(
      '--since <day>',
      'only of chains with an event since that day, beside an earlier anchor of all',
      day,
    )
    .action((options: { out: string; since?: Temporal.PlainDate }) =>
      run(async () => {
        const { anchor } = await import('#src/cli/audit/anchor.ts');
        return anchor(terminal, options.out, options.since ? instantInParis(options.since) : null);
      }),
    );

  audit
    .command('export')
    .description(
      'write the events of some days as lines of JSON, with what it takes to verify them elsewhere',
    )
    .requiredOption('--from <day>', 'the first day, of Paris', day)
    .option('--until <day>', 'the last day; without it, until now', day)
    .action((options: { from: Temporal.PlainDate; until?: Temporal.PlainDate }) =>
      run(async () => {
        const { exportTrail } = await import('#src/cli/audit/export.ts');
        const { from, until } = options;
        return exportTrail(
          terminal,
          instantInParis(from),
          until ? instantInParis(until.add({ days: 1 })) : null,
        );
      }),
    );
}
