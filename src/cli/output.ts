import type { Writable } from 'node:stream';

/** Standard output, whose reader may be slow or stop reading, and which may be a file on a full disk. */
export interface Output {
  line(text: string): void;
  /** Writes lines as fast as they are read, without buffering; ends early when the reader has closed the pipe. */
  lines(all: Iterable<string>): Promise<void>;
  /** Waits until all is written; answers the error if it could not be. Null also when the reader closed the pipe. */
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
      // `compte … | head`: a reader that has read enough is no error.
      return broken?.code === 'EPIPE' ? null : broken;
    },
  };
}
