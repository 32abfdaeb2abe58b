import { type Command, InvalidArgumentError } from 'commander';
import type { ExitCode, Terminal } from '#src/cli/terminal.ts';

/** What a group of commands is added to; `run` stores the exit code of the action that runs. */
export interface CommandGroup {
  readonly program: Command;
  readonly terminal: Terminal;
  run(action: () => Promise<ExitCode>): Promise<void>;
}

/** Reads the number of an option or argument. */
export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('A whole number is needed.');
  return Number(text);
}

/** The same, where nothing is no number. */
export function countingNumber(text: string): number {
  const number = wholeNumber(text);
  if (number === 0) throw new InvalidArgumentError('A whole number from 1 is needed.');
  return number;
}
