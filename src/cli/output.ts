import type { Writable } from 'node:stream';

/** Standard output, which others may read slowly, or stop to read, and which may be a file on a full disk. */
export interface Output {
  line(text: string): void;
  /** Writes as many lines as are read: nothing piles up, and it ends early when nobody reads any more. */
  lines(all: Iterable<string>): Promise<void>;
  /** Once all has left: why it could not be written, if it could not. Null also when the reader has left. */
  end(): Promise<NodeJS.ErrnoException | null>;
}

export function openOutput(stream: Writable): Output {
  let broken: NodeJS.ErrnoException | null = null;
  stream.on('error', (error) => {
    broken ??= error;
  });

  function readAgain(): Promise<void> {
    return new Promise((resolve) => {
      const go = () => {
        stream.off('drain', go);
        stream.off('error', go);
        resolve();
      };
      stream.on('drain', go);
      stream.on('error', go);
    });
  }

  return {
    line(text) {
      if (!broken) stream.write(`${text}\n`);
    },
    async lines(all) {
      for (const text of all) {
        if (broken) return;
        if (!stream.write(`${text}\n`)) await readAgain();
      }
    },
    async end() {
      if (!broken) await new Promise<void>((resolve) => stream.write('', () => resolve()));
      // `compte … | head`: whoever has read enough makes no error.
      return broken?.code === 'EPIPE' ? null : broken;
    },
  };
}
