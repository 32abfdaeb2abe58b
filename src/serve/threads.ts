import { openPdfPress, type PdfPress } from '#src/documents/pdf/press.ts';
import {
  type FileJudge,
  type FileJudgeOptions,
  type JudgeStored,
  openFileJudge,
} from '#src/files/judge-file.ts';
import { type HashQueue, type HashQueueOptions, openHashQueue } from '#src/passwords/hash-queue.ts';

/** The threads that several services of one process share. None keeps anything of what it was given. */
export interface Threads {
  /** It computes; the pepper, which is of one service, is added outside it. */
  readonly hashes: HashQueue;
  readonly pdf: PdfPress;
  /** The judge as one service has it: it waits for the others, and never takes all places. */
  judgeOfOne(): FileJudge;
  close(): Promise<void>;
}

const mostWaiting = { pdf: 24, files: 16, filesOfOne: 4 };

/** They start when they are needed. */
export function openThreads({
  clamd,
  ...hash
}: Omit<HashQueueOptions, 'now'> & Pick<FileJudgeOptions, 'clamd'>): Threads {
  const hashes = openHashQueue({ ...hash, now: () => performance.now() });
  const pdf = openPdfPress(undefined, mostWaiting.pdf);
  const files = openFileJudge({ clamd, mostWaiting: mostWaiting.files });
  return {
    hashes,
    pdf,
    judgeOfOne: () => partOf(files, mostWaiting.filesOfOne),
    close: async () => {
      await Promise.all([hashes.close(), pdf.close(), files.close()]);
    },
  };
}

function partOf(files: FileJudge, most: number): FileJudge {
  let waiting = 0;
  const judgeStored: JudgeStored = async (read, signal) => {
    if (waiting >= most) return { kind: 'later', why: 'busy' };
    waiting += 1;
    return files.judgeStored(read, signal).finally(() => {
      waiting -= 1;
    });
  };
  return {
    judgeStored,
    judge: (bytes, signal) => judgeStored(async () => bytes, signal),
    close: async () => {},
  };
}
