import { mkdirSync, readFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** What people did with their messages, and what became of them: on disk, so that it survives a restart. */
export interface BoxMarks {
  isOpened(id: string): boolean;
  isSpam(id: string): boolean;
  /** Whether the next mail to this address goes to its spam folder. */
  awaitsSpam(address: string): boolean;
  /** Until when a mail is on its way, for one that was delayed. */
  heldUntil(id: string): Date | null;
  /** Whether the next mail to this address comes late. */
  awaitsDelay(address: string): boolean;
  add(mark: BoxMark): void;
  /** Waits for what is being written. */
  close(): Promise<void>;
}

const mark = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('opened'), id: z.string() }),
  z.object({ kind: z.literal('new-again'), id: z.string() }),
  z.object({ kind: z.literal('spam'), id: z.string() }),
  z.object({ kind: z.literal('not-spam'), id: z.string() }),
  z.object({ kind: z.literal('next-is-spam'), address: z.string() }),
  z.object({ kind: z.literal('spam-came'), address: z.string() }),
  z.object({ kind: z.literal('next-is-late'), address: z.string() }),
  z.object({ kind: z.literal('late'), id: z.string(), address: z.string(), until: z.iso.datetime() }),
]);
export type BoxMark = z.infer<typeof mark>;

const fileName = 'boites.ndjson';

/** Opens the marks of the boxes of a class; nothing that anybody typed is among them. */
export async function openBoxMarks(folder: string): Promise<BoxMarks> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, fileName);
  const opened = new Set<string>();
  const spam = new Set<string>();
  const awaiting = new Set<string>();
  const late = new Map<string, Date>();
  const awaitingDelay = new Set<string>();
  const apply = (one: BoxMark): void => {
    switch (one.kind) {
      case 'opened':
        return void opened.add(one.id);
      case 'new-again':
        return void opened.delete(one.id);
      case 'spam':
        return void spam.add(one.id);
      case 'not-spam':
        return void spam.delete(one.id);
      case 'next-is-spam':
        return void awaiting.add(one.address);
      case 'spam-came':
        return void awaiting.delete(one.address);
      case 'next-is-late':
        return void awaitingDelay.add(one.address);
      case 'late':
        awaitingDelay.delete(one.address);
        late.set(one.id, new Date(one.until));
    }
  };
  const earlier = read(path);
  for (const one of earlier.marks) apply(one);
  const file = await open(path, 'a', 0o600);
  try {
    if (earlier.isCut) await file.appendFile('\n');
  } catch (error) {
    await file.close();
    throw error;
  }
  let writing: Promise<void> = Promise.resolve();
  return {
    isOpened: (id) => opened.has(id),
    isSpam: (id) => spam.has(id),
    awaitsSpam: (address) => awaiting.has(address),
    heldUntil: (id) => late.get(id) ?? null,
    awaitsDelay: (address) => awaitingDelay.has(address),
    add(one) {
      apply(one);
      writing = writing.then(() => write(file, one)).catch(() => {});
    },
    close: async () => {
      await writing;
      await file.close();
    },
  };
}

async function write(file: FileHandle, one: BoxMark): Promise<void> {
  await file.appendFile(`${JSON.stringify(one)}\n`);
}

/** A line that was cut by a fall is left out: a message is new once more. */
function read(path: string): { readonly marks: readonly BoxMark[]; readonly isCut: boolean } {
  let content = '';
  try {
    content = readFileSync(path, 'utf8');
  } catch {
    return { marks: [], isCut: false };
  }
  const marks = content.split('\n').flatMap((line): BoxMark[] => {
    try {
      const found = mark.safeParse(JSON.parse(line));
      return found.success ? [found.data] : [];
    } catch {
      return [];
    }
  });
  return { marks, isCut: content !== '' && !content.endsWith('\n') };
}
