import type { Readable } from 'node:stream';
import { openOutput } from '#src/cli/output.ts';

/** What a command reads from and writes to, so that tests can replace the shell. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Standard input. */
  readonly input: Readable;
  /** A result, on standard output. */
  out(line: string): void;
  /** Any number of results, as fast as they are read; ends early when the reader has closed the pipe. */
  outAll(lines: Iterable<string>): Promise<void>;
  /** A problem or progress, on standard error. */
  err(line: string): void;
  /** Rewrites the last line of standard error; null where that is no terminal. */
  readonly rewrite: ((line: string) => void) | null;
}

/** How a command ended. */
export const exitCodes = {
  done: 0,
  failed: 1,
  usage: 2,
  /** Done, but some lines of the file were set aside. */
  rejects: 3,
  /** The file cannot be read or was refused whole: nothing was done. */
  refused: 4,
  /** Retry later: mail servers understand this exit code of a pipe (sysexits, EX_TEMPFAIL). */
  later: 75,
  configuration: 78,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export interface SystemTerminal extends Terminal {
  /** Waits until all is written; a result that could not be written is a failure, whatever the code of the command. */
  settle(code: ExitCode): Promise<ExitCode>;
}

export function systemTerminal(): SystemTerminal {
  const { stderr, stdout } = process;
  const output = openOutput(stdout);
  // A failure of standard error cannot be reported anywhere.
  stderr.on('error', () => {});
  const err = (line: string) => stderr.write(`${line}\n`);
  return {
    env: process.env,
    get input() {
      return process.stdin;
    },
    out: output.line,
    outAll: output.lines,
    err,
    rewrite: stderr.isTTY ? (line) => stderr.write(`\r\u001b[2K${line}`) : null,
    async settle(code) {
      const error = await output.end();
      if (!error) return code;
      err(`compte: standard output cannot be written to: ${error.message}`);
      return code === exitCodes.done || code === exitCodes.rejects ? exitCodes.failed : code;
    },
  };
}
