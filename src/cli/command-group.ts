import type { Command } from 'commander';
import type { ExitCode, Terminal } from '#src/cli/terminal.ts';

/** What a group of commands is added to; `run` stores the exit code of the action that runs. */
export interface CommandGroup {
  readonly program: Command;
  readonly terminal: Terminal;
  run(action: () => Promise<ExitCode>): Promise<void>;
}
