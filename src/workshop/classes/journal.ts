import { mkdirSync, readFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { type ClassEvent, classEvent } from '#src/exercise/class-event.ts';
import { after, type ClassState, classState } from '#src/exercise/class-state.ts';

/** What happened in one class, on disk before anybody is told: a laptop that sleeps or falls loses nothing. */
export interface Journal {
  readonly state: () => ClassState;
  readonly events: () => readonly ClassEvent[];
  /** Stores an event; one after the other, in the order of the calls. */
  add(event: ClassEvent): Promise<void>;
  /** The same for what follows from the state at its turn: two learners never take one seat. Answers what was stored. */
  decide<Event extends ClassEvent>(decision: (state: ClassState) => Event | null): Promise<Event | null>;
  /** Calls `listener` after each event, and when the journal is closed; answers the function that ends it. */
  listen(listener: () => void): () => void;
  isClosed(): boolean;
  close(): Promise<void>;
}

export const journalFile = 'journal.ndjson';

/** Opens the journal of the class in `folder`, which begins with `first` when it has none yet. */
export async function openJournal(folder: string, first: ClassEvent | null): Promise<Journal> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, journalFile);
  const { events, whole } = read(path);
  const file = await open(path, 'a', 0o600);
  // A line that was cut by a fall is dropped: nobody was told of it.
  if (whole !== null) await file.truncate(whole);
  if (events.length === 0) {
    if (first === null) throw new Error(`${path} holds no class`);
    await write(file, first);
    events.push(first);
  }
  let state = classState(events);
  let writing: Promise<void> = Promise.resolve();
  const listeners = new Set<() => void>();
  let closed = false;
  const decide: Journal['decide'] = (decision) => {
    const decided = writing.then(async () => {
      const event = decision(state);
      if (event === null) return null;
      await write(file, event);
      events.push(event);
      state = after(state, event);
      for (const listener of listeners) listener();
      return event;
    });
    writing = decided.then(
      () => {},
      () => {},
    );
    return decided;
  };
  return {
    state: () => state,
    events: () => events,
    decide,
    add: async (event) => void (await decide(() => event)),
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    isClosed: () => closed,
    close: async () => {
      closed = true;
      for (const listener of listeners) listener();
      await writing;
      await file.close();
    },
  };
}

/** Whose class a journal is, by its first line, when the rest of it cannot be read; undefined when that cannot be either. */
export function ownerIn(folder: string): string | null | undefined {
  try {
    const [line = ''] = readFileSync(join(folder, journalFile), 'utf8').split('\n', 1);
    const first = classEvent.parse(JSON.parse(line));
    return first.kind === 'prepared' ? (first.owner ?? null) : undefined;
  } catch {
    return undefined;
  }
}

async function write(file: FileHandle, event: ClassEvent): Promise<void> {
  await file.appendFile(`${JSON.stringify(event)}\n`);
  await file.datasync();
}

/** The events of a journal, and its length in bytes up to the last whole line (null: it is whole). */
function read(path: string): { events: ClassEvent[]; whole: number | null } {
  let content: string;
  try {
    content = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      return { events: [], whole: null };
    throw error;
  }
  const end = content.lastIndexOf('\n') + 1;
  const lines = content.slice(0, end).split('\n').filter(Boolean);
  const events = lines.map((line) => classEvent.parse(JSON.parse(line)));
  return { events, whole: end === content.length ? null : Buffer.byteLength(content.slice(0, end)) };
}
