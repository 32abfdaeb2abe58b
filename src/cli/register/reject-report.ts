import { closeSync, openSync, readSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileCode } from '#src/cli/error-text.ts';
import type { Terminal } from '#src/cli/terminal.ts';
import { UnusableFile } from '#src/files/open-file.ts';
import type { RejectText } from '#src/register-import/reject-text.ts';

export interface RejectReport {
  add(reject: RejectText): void;
  /** Prints the first ones on the terminal, and how many more there are. */
  print(): void;
  /** Writes what was added so far; throws where that cannot be, for instance on a full disk. */
  flush(): void;
  close(): void;
}

const mostShown = 100;
const heading = 'line;field;code;remedy';

export interface RejectReportOptions {
  /** Where all of them are listed (`line;field;code;remedy`); null for nowhere. */
  readonly path: string | null;
  /** The file that is read, which the list may not replace. */
  readonly input: string;
  /** Continues the list of an earlier run. */
  readonly append?: boolean;
}

/** The lines of a file that are set aside: the first ones for the terminal, and all of them in a file if there is one. */
export function openRejectReport(
  terminal: Pick<Terminal, 'err'>,
  { path, input, append = false }: RejectReportOptions,
): RejectReport {
  const descriptor = path === null ? null : created(path, input, append);
  const shown: RejectText[] = [];
  let count = 0;
  let held = descriptor === null || append ? '' : `${heading}\n`;

  function flush(): void {
    const text = held;
    held = '';
    if (descriptor === null || text === '') return;
    try {
      writeFileSync(descriptor, text);
    } catch (error) {
      throw new Error(
        `the list of --rejected cannot be written (${fileCode(error)}): make room, or name another file`,
      );
    }
  }

  return {
    add(reject) {
      count += 1;
      if (shown.length < mostShown) shown.push(reject);
      if (descriptor === null) return;
      const { line, field, code, remedy } = reject;
      held += `${line};${field};${code};${remedy.replaceAll(';', ',')}\n`;
      if (held.length > 65_536) flush();
    },
    print() {
      for (const { line, field, code, remedy } of shown)
        terminal.err(`line ${line}: ${field}: ${code} (${remedy})`);
      if (count > shown.length)
        terminal.err(
          `… and ${count - shown.length} more${path === null ? ': --rejected <file> lists them all' : ''}`,
        );
      if (path !== null) terminal.err(`what was set aside is in ${path}`);
    },
    flush,
    close() {
      if (descriptor === null) return;
      try {
        flush();
      } finally {
        closeSync(descriptor);
      }
    },
  };
}

function created(path: string, input: string, append: boolean): number {
  if (input !== '-' && real(path) === real(input))
    throw new UnusableFile('--rejected names the file itself that is read: name another file');
  try {
    if (!append && holdsSomethingElse(path))
      throw new UnusableFile('the file of --rejected is there, and is no such list: name another file');
    return openSync(path, append ? 'a' : 'w', 0o600);
  } catch (error) {
    if (error instanceof UnusableFile) throw error;
    throw new UnusableFile(
      `the file of --rejected cannot be written (${fileCode(error)}): name another file`,
    );
  }
}

/** Whether writing a list there would destroy anything but an earlier list. */
function holdsSomethingElse(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isFile() || found.size === 0) return false;
  const start = Buffer.alloc(heading.length);
  const descriptor = openSync(path, 'r');
  try {
    return readSync(descriptor, start) < start.length || start.toString('latin1') !== heading;
  } finally {
    closeSync(descriptor);
  }
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}
