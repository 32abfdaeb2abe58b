import type { Terminal } from '#src/cli/terminal.ts';

export interface Progress {
  /** `share` from 0 to 1, or null when the end is unknown. */
  at(share: number | null, what: string): void;
  end(): void;
}

const width = 30;

/** A bar that moves on a terminal; elsewhere a line for each tenth of the way. */
export function openProgress({ rewrite, err }: Pick<Terminal, 'rewrite' | 'err'>): Progress {
  let tenth = 0;
  let moved = false;
  return {
    at(share, what) {
      if (rewrite) {
        moved = true;
        rewrite(share === null ? what : `${bar(share)} ${percent(share)} ${what}`);
      } else if (share !== null && Math.floor(share * 10) > tenth) {
        tenth = Math.floor(share * 10);
        err(`${percent(share)} ${what}`);
      }
    },
    end() {
      if (moved) rewrite?.('');
    },
  };
}

function bar(share: number): string {
  const full = Math.round(Math.min(share, 1) * width);
  return `[${'#'.repeat(full)}${'.'.repeat(width - full)}]`;
}

function percent(share: number): string {
  return `${Math.floor(Math.min(share, 1) * 100)} %`.padStart(5);
}
