/** What a command reads and writes, so that a test can stand in for a shell. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A result, on standard output. */
  out(line: string): void;
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
  /** Come back later: what mail servers understand of a pipe (sysexits, EX_TEMPFAIL). */
  later: 75,
  configuration: 78,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export function systemTerminal(): Terminal {
  const { stderr, stdout } = process;
  // `compte … | head` closes our output: no reason to crash.
  stdout.on('error', () => {});
  return {
    env: process.env,
    out: (line) => stdout.write(`${line}\n`),
    err: (line) => stderr.write(`${line}\n`),
    rewrite: stderr.isTTY ? (line) => stderr.write(`\r\u001b[2K${line}`) : null,
  };
}
