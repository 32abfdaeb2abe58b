import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { mediaTypes } from '#src/files/media-type.ts';

const printed = { file: z.string(), sha256: z.string().regex(/^[\da-f]{64}$/), pages: z.int().positive() };

const manifestSchema = z.object({
  batch: z.uuid(),
  number: z.int().positive(),
  created: z.iso.datetime(),
  count: z.int().positive(),
  /** The file with all letters that are nothing but their sheet, one after the other; null when there are none. */
  merged: z.object(printed).nullable(),
  letters: z.array(
    z.object({
      id: z.uuid(),
      ...printed,
      /** Page of the merged file on which it starts, from 1; null: it has enclosures, and stands in no other file. */
      firstPage: z.int().positive().nullable(),
      /**
       * What goes into the same envelope after it, in this order, each as it was deposited: a PDF, or a picture to print on one
       * sheet. The letter lists them in the same order.
       */
      enclosures: z
        .array(
          z.object({
            file: z.string(),
            sha256: z.string().regex(/^[\da-f]{64}$/),
            bytes: z.int().positive(),
            type: z.enum(mediaTypes),
          }),
        )
        .default([]),
      canary: z.boolean(),
    }),
  ),
});

/** What the printer gets to know about a batch: nothing personal. */
export type Manifest = z.infer<typeof manifestSchema>;

const manifestFile = 'manifest.json';

/** A file of a batch: in memory, or read a part at a time, which must give what `sha256` says. */
export interface BatchFile {
  readonly name: string;
  readonly content: Buffer | { readonly parts: () => AsyncIterable<Buffer>; readonly sha256: string };
}

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
  files: readonly BatchFile[],
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

async function writeFlushed(path: string, content: BatchFile['content']): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    if (Buffer.isBuffer(content)) await file.writeFile(content);
    else {
      const hash = createHash('sha256');
      for await (const part of content.parts()) {
        hash.update(part);
        await file.writeFile(part);
      }
      if (hash.digest('hex') !== content.sha256)
        throw new Error('A document is not what it was when it came');
    }
    await file.sync();
  } finally {
    await file.close();
  }
}

async function flushFolder(path: string): Promise<void> {
  const folder = await open(path);
  await folder.sync().finally(() => folder.close());
}
