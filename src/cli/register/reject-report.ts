import { closeSync, openSync, realpathSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Terminal } from '#src/cli/terminal.ts';
import { UnusableFile } from '#src/files/open-file.ts';
import { rejectText } from '#src/register-import/reject-text.ts';
import type { Reject } from '#src/register-import/sort-lines.ts';

export interface RejectReport {
  add(reject: Reject): void;
  /** Prints the first lines set aside on the terminal, and how many more there are. */
  print(): void;
  close(): void;
}

const mostShown = 100;
const heading = 'line;field;code;remedy';

/**
 * The lines that an import sets aside: the first ones for the terminal, and all of them in the file `path` if there is
 * one (`line;field;code;remedy`), without personal data. `path` may not be the register file itself.
 */
export function openRejectReport(terminal: Terminal, path: string | null, register: string): RejectReport {
  const descriptor = path === null ? null : created(path, register);
  const shown: Reject[] = [];
  let count = 0;
  let held = descriptor === null ? '' : `${heading}\n`;

  function flush(): void {
    if (descriptor !== null && held !== '') writeSync(descriptor, held);
    held = '';
  }

  return {
    add(reject) {
      count += 1;
      if (shown.length < mostShown) shown.push(reject);
      if (descriptor === null) return;
      const { line, field, code, remedy } = rejectText(reject);
      held += `${line};${field};${code};${remedy}\n`;
      if (held.length > 65_536) flush();
    },
    print() {
      for (const { line, field, code, remedy } of shown.map(rejectText))
        terminal.err(`line ${line}: ${field}: ${code} (${remedy})`);
      if (count > shown.length)
        terminal.err(
          `… and ${count - shown.length} more lines${path === null ? ': --rejected <file> lists them all' : ''}`,
        );
      if (path !== null) terminal.err(`what was set aside is in ${path}`);
    },
    close() {
      if (descriptor === null) return;
      flush();
      closeSync(descriptor);
    },
  };
}

function created(path: string, register: string): number {
  if (register !== '-' && real(path) === real(register))
    throw new UnusableFile('--rejected names the register file itself: name another file');
  try {
    return openSync(path, 'w', 0o600);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new UnusableFile(`the file of --rejected cannot be written (${code})`);
  }
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}
