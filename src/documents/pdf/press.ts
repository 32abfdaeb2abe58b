import type { PaperDocument } from '#src/documents/paper.ts';
import { openPdfThread, type PdfThread } from '#src/documents/pdf/thread.ts';
import type { PdfOptions } from '#src/documents/pdf/write.ts';

/** Writes documents that people ask for, while they wait. */
export interface PdfPress {
  /**
   * A document for a person (`who`: their key) as PDF, or several in one file; null when too many wait already, of theirs
   * or of everybody’s.
   */
  write(
    document: PaperDocument | readonly PaperDocument[],
    options: PdfOptions,
    who: Buffer,
  ): Promise<Buffer | null>;
  close(): Promise<void>;
}

const mostOfOne = 2;
/** A document of a thousand lines takes a tenth of this. */
const deadlineMs = 30_000;
const idleMs = 60_000;

/**
 * One thread, which writes one file at a time: opened by the first document, closed after a minute without any. A document
 * that takes too long, or an error, ends the thread; the next document gets another.
 */
export function openPdfPress(open: () => PdfThread = openPdfThread, mostWaiting = 8): PdfPress {
  let thread: PdfThread | null = null;
  let turn: Promise<unknown> = Promise.resolve();
  let idle: NodeJS.Timeout | undefined;
  const waiting = new Map<string, number>();
  const all = () => [...waiting.values()].reduce((sum, count) => sum + count, 0);

  async function end(): Promise<void> {
    const ended = thread;
    thread = null;
    await ended?.close();
  }

  async function run(documents: readonly PaperDocument[], options: PdfOptions): Promise<Buffer> {
    clearTimeout(idle);
    thread ??= open();
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => late.reject(new Error('A PDF takes too long')), deadlineMs);
    try {
      return (await Promise.race([thread.write(documents, options), late.promise])).pdf;
    } catch (error) {
      await end();
      throw error;
    } finally {
      clearTimeout(timer);
      idle = setTimeout(() => void end(), idleMs).unref();
    }
  }

  return {
    async write(document, options, who) {
      const name = who.toString('hex');
      const own = waiting.get(name) ?? 0;
      if (own >= mostOfOne || all() >= mostWaiting) return null;
      waiting.set(name, own + 1);
      const writing = turn.then(() => run([document].flat(), options));
      turn = writing.catch(() => {});
      try {
        return await writing;
      } finally {
        const left = (waiting.get(name) ?? 1) - 1;
        if (left > 0) waiting.set(name, left);
        else waiting.delete(name);
      }
    },
    async close() {
      clearTimeout(idle);
      await turn;
      await end();
      clearTimeout(idle);
    },
  };
}
