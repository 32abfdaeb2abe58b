import { Command, CommanderError } from 'commander';
import { addAuditCommands } from '#src/cli/audit/command.ts';
import type { CommandGroup } from '#src/cli/command-group.ts';
import { addDepositCommand } from '#src/cli/deposit/command.ts';
import { addDoctorCommand } from '#src/cli/doctor/command.ts';
import { addDocumentCommand } from '#src/cli/document/command.ts';
import { failureText } from '#src/cli/error-text.ts';
import { refuseConfiguration } from '#src/cli/installation.ts';
import { addJobsCommand } from '#src/cli/jobs/command.ts';
import { addKeysCommands } from '#src/cli/keys.ts';
import { addLettersCommands } from '#src/cli/letters/command.ts';
import { addMessagesCommands } from '#src/cli/messages/command.ts';
import { addMigrateCommand } from '#src/cli/migrate.ts';
import { addNoticesCommands } from '#src/cli/notices/command.ts';
import { addPersonCommands } from '#src/cli/person/command.ts';
import { addRegisterCommands } from '#src/cli/register/command.ts';
import { addSenderCommands } from '#src/cli/sender/command.ts';
import { addServeCommands } from '#src/cli/serve.ts';
import { addSupportCommand } from '#src/cli/support/command.ts';
import { type ExitCode, exitCodes, type Terminal } from '#src/cli/terminal.ts';
import { addWorkshopCommand } from '#src/cli/workshop/command.ts';
import { UnusableFile } from '#src/files/open-file.ts';
import { programVersion } from '#src/operations/version.ts';
import { InvalidPolicy } from '#src/policy/invalid-policy.ts';

const footer = `
Settings are environment variables, listed in docs/configuration.md. Without any, the service runs as a demo.
Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done but some lines were set aside, 4 the file cannot be used and nothing
was done, 75 retry later (bounces), 78 wrong configuration.`;

/** Runs one command and answers its exit code. Each command loads what it needs when it runs. */
export async function runCommandLine(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let code: ExitCode = exitCodes.done;
  const program = new Command('compte')
    .description('Opening of an online account for people insured by the French Assurance Maladie.')
    .addHelpText('after', footer)
    .version(programVersion(), '--version', 'print the version of this program')
    .showHelpAfterError('(see --help)')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.err(text.trimEnd()),
    });
  const group: CommandGroup = {
    program,
    terminal,
    run: async (action) => {
      code = await action();
    },
  };
  addServeCommands(group);
  addWorkshopCommand(group);
  addMigrateCommand(group);
  addRegisterCommands(group);
  addSenderCommands(group);
  addDepositCommand(group);
  addDocumentCommand(group);
  addLettersCommands(group);
  addAuditCommands(group);
  addJobsCommand(group);
  addSupportCommand(group);
  addPersonCommands(group);
  addMessagesCommands(group);
  addNoticesCommands(group);
  addKeysCommands(group);
  addDoctorCommand(group);
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    if (error instanceof InvalidPolicy) return refuseConfiguration(terminal, [error.message]);
    terminal.err(`compte: ${failureText(error)}`);
    return error instanceof UnusableFile ? exitCodes.refused : exitCodes.failed;
  }
}
