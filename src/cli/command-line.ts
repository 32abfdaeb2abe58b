import { Command, CommanderError } from 'commander';
import type { CommandGroup } from '#src/cli/command-group.ts';
import { failureText } from '#src/cli/error-text.ts';
import { refuseConfiguration } from '#src/cli/installation.ts';
import { addServeCommands, roles } from '#src/cli/serve.ts';
import { type ExitCode, exitCodes, type Terminal } from '#src/cli/terminal.ts';
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
  // Most of a start is reading modules: a process that serves reads those of no other command.
  const [name = '', ...options] = args;
  if (options.length > 0 || !Object.hasOwn(roles, name)) {
    const { addOtherCommands } = await import('#src/cli/other-commands.ts');
    addOtherCommands(group);
  }
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
