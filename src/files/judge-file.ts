import { type ClamdAddress, scan } from '#src/files/clamd.ts';
import { isSeveralFiles, type MediaType, mediaType, mostFileBytes } from '#src/files/media-type.ts';
import type { PdfProblem } from '#src/files/pdf/pdf-contents.ts';
import { openQpdfThread } from '#src/files/pdf/qpdf-thread.ts';
import { pictureSize } from '#src/files/picture-size.ts';

/** Why a file is neither kept nor passed on. */
export type FileProblem =
  | PdfProblem
  | 'empty'
  /** More than 10 MB. */
  | 'too-large'
  /** Neither PDF nor JPEG nor PNG, whatever its name says. */
  | 'other-type'
  /** It can also be read as a file of another type. */
  | 'several-types'
  /** A picture of too many pixels. */
  | 'dimensions'
  | 'virus';

/** `later`: nothing is known about the file, because too many wait or the scanner does not answer. */
export type Judgement =
  | { readonly kind: 'fit'; readonly type: MediaType }
  | { readonly kind: 'unfit'; readonly reason: FileProblem }
  | { readonly kind: 'later'; readonly why: 'busy' | 'scanner-away' };

/** An aborted `signal` gives the turn to the next. */
export type JudgeFile = (bytes: Buffer, signal?: AbortSignal) => Promise<Judgement>;

/** The same for a file that is read once it is its turn: what waits holds no memory. */
export type JudgeStored = (read: () => Promise<Buffer>, signal?: AbortSignal) => Promise<Judgement>;

/** Judges files from strangers and senders, one at a time; the others wait, up to a number, then are sent away. */
export interface FileJudge {
  readonly judge: JudgeFile;
  readonly judgeStored: JudgeStored;
  readonly close: () => Promise<void>;
}

export interface FileJudgeOptions {
  /** Null: no scanner for viruses is configured. */
  readonly clamd: ClamdAddress | null;
  readonly deadlineMs?: number;
  readonly mostWaiting?: number;
}

const longestSide = 20_000;
const mostPixels = 100_000_000;
const scanPatienceMs = 10_000;

/** One per process: it bounds what PDFs take of it. Its thread starts with the first PDF. */
export function openFileJudge({ clamd, deadlineMs = 10_000, mostWaiting = 8 }: FileJudgeOptions): FileJudge {
  const qpdf = openQpdfThread(deadlineMs);
  let waiting = 0;
  let turn: Promise<unknown> = Promise.resolve();

  async function judged(bytes: Buffer): Promise<Judgement> {
    const type = mediaType(bytes);
    const outside = outsideProblem(bytes, type);
    if (outside || type === null) return { kind: 'unfit', reason: outside ?? 'other-type' };
    const inside = type === 'application/pdf' ? await qpdf.judge(bytes) : pictureProblem(bytes, type);
    if (inside) return { kind: 'unfit', reason: inside };
    const scanned = clamd ? await scan(clamd, bytes, scanPatienceMs) : 'clean';
    if (scanned === 'away') return { kind: 'later', why: 'scanner-away' };
    return scanned === 'found' ? { kind: 'unfit', reason: 'virus' } : { kind: 'fit', type };
  }

  async function judgeStored(read: () => Promise<Buffer>, signal?: AbortSignal): Promise<Judgement> {
    if (waiting > mostWaiting) return { kind: 'later', why: 'busy' };
    waiting += 1;
    const mine = turn.then(
      async (): Promise<Judgement> =>
        signal?.aborted ? { kind: 'later', why: 'busy' } : judged(await read()),
    );
    turn = mine.catch(() => {});
    try {
      return await mine;
    } finally {
      waiting -= 1;
    }
  }

  return {
    judge: (bytes, signal) => judgeStored(async () => bytes, signal),
    judgeStored,
    close: () => qpdf.close(),
  };
}

function outsideProblem(bytes: Buffer, type: MediaType | null): FileProblem | null {
  if (bytes.length === 0) return 'empty';
  if (bytes.length > mostFileBytes) return 'too-large';
  return type !== null && isSeveralFiles(bytes, type) ? 'several-types' : null;
}

function pictureProblem(bytes: Buffer, type: Exclude<MediaType, 'application/pdf'>): FileProblem | null {
  const size = pictureSize(bytes, type);
  if (!size || size.width === 0 || size.height === 0) return 'damaged';
  const { width, height } = size;
  return Math.max(width, height) > longestSide || width * height > mostPixels ? 'dimensions' : null;
}

/** What each reason means to an operator or a sender, and what to do. */
export const fileRemedies: Readonly<Record<FileProblem, string>> = {
  empty: 'the file is empty: export it again',
  'too-large': 'the file is larger than 10 MB: reduce or split it',
  'other-type': 'the file is neither PDF nor JPEG nor PNG, by its first bytes: convert it',
  'several-types':
    'the file can be read as two types: something stands before, in or after it; export it again',
  dimensions: 'the picture has more than 100 million pixels or a side over 20,000: reduce it',
  virus: 'clamd found a virus in the file',
  scripts: 'the PDF holds JavaScript: print it into a new PDF',
  actions:
    'the PDF starts something by itself, opens, names or sends something else, or has a link that is neither https, http, mailto nor tel: print it into a new PDF',
  'embedded-files': 'other files are embedded in the PDF: send them by themselves',
  xfa: 'the PDF is a form in XFA: print it into a new PDF',
  media: 'the PDF holds sound, film or 3D: print it into a new PDF',
  encrypted: 'the PDF is encrypted or protected by a password: save it without',
  damaged: 'the file is damaged: qpdf --check says where',
  'too-complex':
    'the PDF has more than 50,000 objects, or unpacks to more than 100 MB at once: print it again',
  'too-slow': 'the PDF took longer than 10 seconds to look through: print it into a new PDF',
};
