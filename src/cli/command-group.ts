import type { Command } from 'commander';
import type { ExitCode, Terminal } from '#src/cli/terminal.ts';

/** Where a group of commands is added; `run` keeps the exit code of the one that is chosen. */
export interface CommandGroup {
  readonly program: Command;
  readonly terminal: Terminal;
  run(action: () => Promise<ExitCode>): Promise<void>;
}
