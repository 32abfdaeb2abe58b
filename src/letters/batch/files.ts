import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const printed = { file: z.string(), sha256: z.string().regex(/^[\da-f]{64}$/), pages: z.int().positive() };

const manifestSchema = z.object({
  batch: z.uuid(),
  number: z.int().positive(),
  created: z.iso.datetime(),
  count: z.int().positive(),
  /** The file with all letters, one after the other. */
  merged: z.object(printed),
  letters: z.array(
    z.object({
      id: z.uuid(),
      ...printed,
      /** Page of the merged file on which it starts, from 1. */
      firstPage: z.int().positive(),
      canary: z.boolean(),
    }),
  ),
});

/** What the printer gets to know about a batch: nothing personal. */
export type Manifest = z.infer<typeof manifestSchema>;

const manifestFile = 'manifest.json';

/** Name of the folder of a batch. */
export function batchFolder(number: number): string {
  return `batch-${String(number).padStart(6, '0')}`;
}

/**
 * Writes the files of a batch and its manifest into their own folder, atomically, and flushes them to the disk. Throws
 * when a folder of that name already exists.
 */
export async function writeBatchFolder(
  parent: string,
  manifest: Manifest,
  files: readonly { readonly name: string; readonly content: Buffer }[],
): Promise<void> {
  await mkdir(parent, { recursive: true, mode: 0o700 });
  const name = batchFolder(manifest.number);
  const partial = join(parent, `.${name}-${randomUUID()}`);
  try {
    await mkdir(partial, { mode: 0o700 });
    for (const { name: file, content } of files) await writeFlushed(join(partial, file), content);
    await writeFlushed(join(partial, manifestFile), Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`));
    await flushFolder(partial);
    await rename(partial, join(parent, name));
    await flushFolder(parent);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  await removePartials(parent, name);
}

/** The manifest in a folder; null when there is no such folder, or it is not the folder of a batch. */
export async function readManifest(folder: string): Promise<Manifest | null> {
  try {
    return manifestSchema.parse(JSON.parse(await readFile(join(folder, manifestFile), 'utf8')));
  } catch {
    return null;
  }
}

/** Removes what killed exports left behind: unencrypted letters. */
async function removePartials(parent: string, name: string): Promise<void> {
  const partials = (await readdir(parent)).filter((entry) => entry.startsWith(`.${name}-`));
  for (const entry of partials) await rm(join(parent, entry), { recursive: true, force: true });
}

async function writeFlushed(path: string, content: Buffer): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function flushFolder(path: string): Promise<void> {
  const folder = await open(path);
  await folder.sync().finally(() => folder.close());
}
