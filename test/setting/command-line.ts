import { Readable } from 'node:stream';
import { runCommandLine } from '#src/cli/command-line.ts';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs one command with an environment of its own, as a shell would without a terminal. */
export async function runCommand(
  args: readonly string[],
  env: Record<string, string> = {},
  input: Readable = Readable.from([]),
): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runCommandLine(args, {
    env,
    input,
    out: (line) => out.push(line),
    outAll: async (lines) => {
      for (const line of lines) out.push(line);
    },
    err: (line) => err.push(line),
    rewrite: null,
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}
