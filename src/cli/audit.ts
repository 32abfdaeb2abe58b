import type { CommandGroup } from '#src/cli/command-group.ts';
import { withMigratedDatabase } from '#src/cli/installation.ts';
import { exitCodes } from '#src/cli/terminal.ts';

export function addAuditCommands({ program, terminal, run }: CommandGroup): void {
  const audit = program.command('audit').description('the audit trail');
  audit
    .command('verify')
    .description('check that no event was changed, inserted or deleted (read-only)')
    .option('--at-least <number>', 'fail when the seal is older than this number, printed by an earlier run')
    .action((options: { atLeast?: string }) => run(() => verify(Number(options.atLeast ?? 0))));

  function verify(atLeast: number) {
    return withMigratedDatabase(terminal, async ({ db }, { secrets }) => {
      const { verifyAudit } = await import('#src/audit/verify.ts');
      const { verifySeals } = await import('#src/audit/verify-seals.ts');
      const { openKeyring } = await import('#src/crypto/keyring.ts');
      const { events, broken, brokenCount } = await verifyAudit(db);
      for (const { personRef, seq, reason } of broken)
        terminal.err(`person ${personRef}, event ${seq}: ${reason}`);
      const seals = await verifySeals(db, openKeyring(secrets.masterKeys.reveal()));
      for (const { person, reason } of seals.broken)
        terminal.err(person === null ? `the whole trail: ${reason}` : `person ${person}: ${reason}`);
      const older = !(seals.total.number >= atLeast);
      if (older) terminal.err(`the whole trail: seal ${seals.total.number} is older than ${atLeast}`);
      const listed = broken.length + seals.broken.length;
      const all = brokenCount + seals.brokenCount + (older ? 1 : 0);
      if (all > listed + (older ? 1 : 0)) terminal.err(`… and ${all - listed} more`);
      const { number, events: vouched, chains } = seals.total;
      terminal.out(`${events} events, ${all} broken`);
      terminal.out(
        `seal ${number}: ${vouched} events of ${chains} people; not sealed yet: ${seals.unsealed} people`,
      );
      return all === 0 ? exitCodes.done : exitCodes.failed;
    });
  }
}
