import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';

/** Writes a file atomically and flushes it to disk. */
export async function writeDurably(folder: string, name: string, content: Buffer): Promise<void> {
  const path = join(folder, name);
  const file = await open(`${path}.tmp`, 'wx', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.tmp`, path);
  const directory = await open(folder);
  await directory.sync().finally(() => directory.close());
}
