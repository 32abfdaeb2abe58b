import { readdirSync, renameSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { classState } from '#src/exercise/class-state.ts';
import { erasedAt, type Keeping, lostAt } from '#src/exercise/keeping.ts';
import { journalFile, readJournal } from '#src/workshop/classes/journal.ts';

/** What is being erased: no class any more, even if the program falls in the middle. */
const suffix = '.efface';

/**
 * Deletes the folder of a class, with its journal, database, keys and messages; throws when something is left. A thousand
 * files take a slow disk seconds, in which other classes go on.
 */
export async function eraseFolder(folder: string, id: string): Promise<void> {
  const gone = join(folder, `${id}${suffix}`);
  renameSync(join(folder, id), gone);
  await erase(gone);
}

/** Deletes what was left when a class was erased; what still cannot be deleted stays for the next time. */
export async function finishErasing(folder: string): Promise<void> {
  for (const name of namesIn(folder).filter((one) => one.endsWith(suffix)))
    try {
      await erase(join(folder, name));
    } catch {}
}

/** When the time of a class comes: of one that nobody can read, some time after it was last written to. */
export function dueAt(folder: string, id: string, keeping: Keeping): Date | null {
  const own = join(folder, id);
  try {
    return erasedAt(classState(readJournal(own).events), keeping);
  } catch {
    return lastWritten(own);
  }
}

/** Null for a folder that may not even be looked at: it is left as it is. */
function lastWritten(own: string): Date | null {
  try {
    const found = [own, join(own, journalFile)].map((path) => statSync(path, { throwIfNoEntry: false }));
    const latest = Math.max(...found.map((one) => one?.mtime.getTime() ?? 0));
    return latest > 0 ? lostAt(new Date(latest)) : null;
  } catch {
    return null;
  }
}

function erase(path: string): Promise<void> {
  return rm(path, { recursive: true, force: true, maxRetries: 5 });
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
