import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { type ClassEvent, classEvent } from '#src/exercise/class-event.ts';
import { after, type ClassState, classState } from '#src/exercise/class-state.ts';
import { type ClassProblem, classProblem } from '#src/workshop/classes/class-problem.ts';

/** What happened in one class, on disk before anybody is told: a laptop that sleeps or falls loses nothing. */
export interface Journal {
  readonly state: () => ClassState;
  readonly events: () => readonly ClassEvent[];
  /** Stores an event; one after the other, in the order of the calls. Rejects with `NotWritten`. */
  add(event: ClassEvent): Promise<void>;
  /** The same for what follows from the state at its turn: two learners never take one seat. Answers what was stored. */
  decide<Event extends ClassEvent>(decision: (state: ClassState) => Event | null): Promise<Event | null>;
  /** Calls `listener` after each event, when writing fails, and when the journal is closed; answers what ends it. */
  listen(listener: () => void): () => void;
  /** Why the latest event could not be stored; null: it was. */
  trouble(): ClassProblem | null;
  /** When the program that wrote it before last gave a sign of life; null for a new one. */
  readonly aliveUntil: Date | null;
  /** Leaves a sign of life. */
  touch(now: Date): Promise<void>;
  isClosed(): boolean;
  close(): Promise<void>;
}

/** An event could not be stored, as on a full disk: nothing has happened, and what was stored before is whole. */
export class NotWritten extends Error {
  override readonly name = 'NotWritten';
  readonly problem: ClassProblem;
  constructor(cause: unknown) {
    super('An event of a class could not be stored', { cause });
    this.problem = classProblem(cause);
  }
}

export const journalFile = 'journal.ndjson';

/** Opens the journal of the class in `folder`, which begins with `first` when it has none yet. */
export async function openJournal(folder: string, first: ClassEvent | null): Promise<Journal> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, journalFile);
  const { events: earlier, length, usedAt } = readJournal(folder);
  const begun = earlier.length > 0 ? null : first;
  const events = begun ? [begun] : [...earlier];
  if (events.length === 0) throw new Error(`${path} holds no class`);
  let state = classState(events);
  const lines = await openLines(path, length);
  try {
    if (begun) await lines.write(begun);
  } catch (error) {
    await lines.close();
    throw error;
  }
  let writing: Promise<void> = Promise.resolve();
  let trouble: ClassProblem | null = null;
  const listeners = new Set<() => void>();
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  let closed = false;
  const store = async (event: ClassEvent): Promise<void> => {
    try {
      await lines.write(event);
      trouble = null;
    } catch (error) {
      const failed = new NotWritten(error);
      trouble = failed.problem;
      tell();
      throw failed;
    }
  };
  const decide: Journal['decide'] = (decision) => {
    const decided = writing.then(async () => {
      const event = decision(state);
      if (event === null) return null;
      await store(event);
      events.push(event);
      state = after(state, event);
      tell();
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
    trouble: () => trouble,
    aliveUntil: usedAt,
    touch: lines.touch,
    isClosed: () => closed,
    close: async () => {
      closed = true;
      tell();
      await writing;
      await lines.close();
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

/** The file, of which the first `length` bytes are whole lines. What a fall or a full disk cut is taken away. */
async function openLines(path: string, length: number) {
  const file = await open(path, 'a', 0o600);
  let whole = length;
  let isCut = true;
  const cut = async (): Promise<void> => {
    if (isCut) await file.truncate(whole);
    isCut = false;
  };
  try {
    await cut();
  } catch (error) {
    await file.close();
    throw error;
  }
  return {
    async write(event: ClassEvent): Promise<void> {
      const line = Buffer.from(`${JSON.stringify(event)}\n`);
      // Half a line is taken away at once, or before the next one.
      await cut();
      isCut = true;
      try {
        await file.appendFile(line);
        await file.datasync();
        whole += line.length;
        isCut = false;
      } finally {
        await cut().catch(() => {});
      }
    },
    touch: (now: Date) => file.utimes(now, now),
    close: () => file.close(),
  };
}

/** What the journal in `folder` holds: its events, the length in bytes of its whole lines, and when it was last used. */
export function readJournal(folder: string): {
  readonly events: readonly ClassEvent[];
  readonly length: number;
  readonly usedAt: Date | null;
} {
  const path = join(folder, journalFile);
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return { events: [], length: 0, usedAt: null };
  const content = readFileSync(path, 'utf8');
  // A line that was cut by a fall is dropped: nobody was told of it.
  const whole = content.slice(0, content.lastIndexOf('\n') + 1);
  const events = whole
    .split('\n')
    .filter(Boolean)
    .map((line) => classEvent.parse(JSON.parse(line)));
  return { events, length: Buffer.byteLength(whole), usedAt: found.mtime };
}
