import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { UnusableFile } from '#src/files/open-file.ts';
import { parseJson } from '#src/texts/json.ts';

/** How far a file was deposited, kept beside it until the end. */
export interface Place {
  /** Lines that are done. */
  readonly line: number;
  keep(line: number): void;
  remove(): void;
}

const placeSchema = z.strictObject({
  line: z.int().min(0),
  sender: z.string(),
  size: z.number(),
  modified: z.number(),
});

/** Reads `<file>.progress`; refuses one of another sender, or of a file that was written to since. */
export function openPlace(path: string, sender: string): Place {
  const kept = `${path}.progress`;
  const stat = statSync(path, { throwIfNoEntry: false });
  if (path === '-' || !stat?.isFile())
    throw new UnusableFile(
      '--resume needs a file that can be read again: for a pipe, send everything again without it; what is there is repeated',
    );
  const whole = { sender, size: stat.size, modified: stat.mtimeMs };
  const text = textOf(kept);
  const read = text === null ? null : placeSchema.safeParse(parseJson(text));
  const isOther =
    read !== null &&
    (!read.success ||
      read.data.sender !== sender ||
      read.data.size !== whole.size ||
      read.data.modified !== whole.modified);
  if (isOther)
    throw new UnusableFile(
      'its .progress is of another file or sender: delete it; what was deposited is reported as repeated',
    );
  return {
    line: read?.data?.line ?? 0,
    keep(line) {
      writeFileSync(`${kept}.new`, JSON.stringify({ line, ...whole }), { mode: 0o600 });
      renameSync(`${kept}.new`, kept);
    },
    remove: () => rmSync(kept, { force: true }),
  };
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
