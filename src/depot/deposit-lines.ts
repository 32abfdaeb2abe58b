import { type DepositServices, depositAll } from '#src/depot/deposit.ts';
import { type DepositItem, fileNames, type NamedItem, withFiles } from '#src/depot/item.ts';
import { readItem } from '#src/depot/read-item.ts';
import { type Refusal, refused, refusedFile } from '#src/depot/refusal.ts';
import type { FileLine } from '#src/files/lines.ts';
import type { Sender } from '#src/senders/sender.ts';
import type { Clock } from '#src/time/clock.ts';

export interface LineCounts {
  /** Lines that are not blank. */
  readonly read: number;
  readonly accepted: number;
  readonly repeated: number;
  readonly refused: number;
}

export interface DepositLinesOptions {
  readonly clock: Clock;
  readonly dryRun: boolean;
  /** Lines that an earlier run has done: they are passed over. */
  readonly skip: number;
  /** The bytes of a file that deposits name; why not where it cannot be taken. */
  readonly readFile: (name: string) => Promise<Buffer | 'missing' | 'too-large'>;
  readonly onRefused: (line: number, refusal: Refusal) => void;
  /** Called when all lines up to this one are done, for good. */
  readonly onDone: (line: number, counts: LineCounts) => void;
}

/** Committed together; fewer when they come with large files. */
const batchLines = 200;
const batchFileBytes = 16 * 1024 * 1024;

interface Waiting {
  readonly line: number;
  readonly item: DepositItem;
}

/**
 * Deposits the lines of a file, a batch at a time: what was committed stays when the next batch fails, and the same file
 * again repeats nothing. In memory are one batch and one line.
 */
export async function depositLines(
  services: DepositServices,
  sender: Sender,
  lines: AsyncIterable<FileLine>,
  options: DepositLinesOptions,
): Promise<LineCounts> {
  const { clock, dryRun, skip, onRefused, onDone } = options;
  const counts = { read: 0, accepted: 0, repeated: 0, refused: 0 };
  let batch: Waiting[] = [];
  let bytes = 0;

  function refuse(line: number, refusal: Refusal): void {
    counts.refused += 1;
    onRefused(line, refusal);
  }

  async function commit(line: number): Promise<void> {
    const items = batch.map(({ item }) => item);
    const outcomes = await depositAll(services, sender, items, clock.now(), { dryRun });
    for (const [index, outcome] of outcomes.entries()) {
      if (outcome.kind === 'refused') refuse(batch[index]?.line ?? line, outcome);
      else counts[outcome.kind] += 1;
    }
    batch = [];
    bytes = 0;
    onDone(line, { ...counts });
  }

  let number = skip;
  for await (const line of lines) {
    if (line.number <= skip) continue;
    number = line.number;
    if ('text' in line && line.text.trim() === '') continue;
    counts.read += 1;
    const reading = 'problem' in line ? refused(line.problem, 'line') : readItem(line.text);
    const named = reading.kind === 'read' ? await filled(reading.item, options) : reading;
    if ('code' in named) refuse(number, named);
    else {
      batch.push({ line: number, item: named.item });
      bytes += named.bytes;
    }
    if (batch.length >= batchLines || bytes >= batchFileBytes || counts.read % 5_000 === 0)
      await commit(number);
  }
  await commit(number);
  return counts;
}

/** The item with its files, read. */
async function filled(
  item: NamedItem,
  { readFile }: Pick<DepositLinesOptions, 'readFile'>,
): Promise<{ readonly item: DepositItem; readonly bytes: number } | Refusal> {
  const files = new Map<string, Buffer>();
  for (const name of fileNames(item)) {
    const read = await readFile(name);
    if (read === 'missing') return refused('file-missing', fileField(item, name));
    if (read === 'too-large') return refusedFile(read, fileField(item, name));
    files.set(name, read);
  }
  const whole = withFiles(item, files);
  const bytes = [...files.values()].reduce((sum, file) => sum + file.length, 0);
  return whole ? { item: whole, bytes } : refused('file-missing', 'line');
}

/** The field that names a file. */
function fileField(item: NamedItem, name: string): string {
  return item.kind === 'message'
    ? `message.attachments.${item.message.attachments.findIndex(({ file }) => file === name)}.file`
    : 'document.file';
}
