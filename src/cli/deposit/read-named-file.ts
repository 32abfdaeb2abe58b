import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { mostFileBytes } from '#src/files/media-type.ts';

/**
 * The bytes of a file in a folder. Only of one that lies there itself: a link may lead anywhere, a pipe has no end. The
 * name has no folder in it (`NamedItem`).
 */
export async function readNamedFile(
  folder: string | null,
  name: string,
): Promise<Buffer | 'missing' | 'too-large'> {
  if (folder === null) return 'missing';
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
  try {
    await using handle = await open(join(folder, name), O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    const stat = await handle.stat();
    if (!stat.isFile()) return 'missing';
    if (stat.size > mostFileBytes) return 'too-large';
    // A file that grows meanwhile is not read beyond what is taken.
    const bytes = await buffer(handle.createReadStream({ end: mostFileBytes, autoClose: false }));
    return bytes.length > mostFileBytes ? 'too-large' : bytes;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOENT' || code === 'ELOOP' || code === 'EACCES' || code === 'ENXIO') return 'missing';
    throw error;
  }
}
