import type { CommandGroup } from '#src/cli/command-line.ts';
import { withMigratedDatabase } from '#src/cli/installation.ts';
import { exitCodes } from '#src/cli/terminal.ts';

export function addAuditCommands({ program, terminal, run }: CommandGroup): void {
  const audit = program.command('audit').description('the audit trail');
  audit
    .command('verify')
    .description('check that no event was changed, inserted or taken away (only reads)')
    .action(() => run(verify));

  function verify() {
    return withMigratedDatabase(terminal, async ({ db }) => {
      const { verifyAudit } = await import('#src/audit/verify.ts');
      const { events, broken, brokenCount } = await verifyAudit(db);
      for (const { personRef, seq, reason } of broken)
        terminal.err(`person ${personRef}, event ${seq}: ${reason}`);
      if (brokenCount > broken.length) terminal.err(`… and ${brokenCount - broken.length} more`);
      terminal.out(`${events} events, ${brokenCount} broken`);
      return brokenCount === 0 ? exitCodes.done : exitCodes.failed;
    });
  }
}
