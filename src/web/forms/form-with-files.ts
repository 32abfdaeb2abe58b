import '@fastify/multipart';
import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { mostFileBytes } from '#src/files/media-type.ts';
import { fieldLimit, mostFields } from '#src/web/forms/posted-fields.ts';
import type { IncomingFile } from '#src/web/page.ts';

/** Five files of 10 MB, one more that is refused by itself, and the fields. */
const mostBytes = 64 * 1024 * 1024;

const formWithFilesType = 'multipart/form-data';

/** Whether a form is sent in the way that may carry files. */
export function isFormWithFiles({ headers }: Pick<FastifyRequest, 'headers'>): boolean {
  return (headers['content-type'] ?? '').toLowerCase().startsWith(formWithFilesType);
}

/**
 * Reads a form with files as it comes: fields into a map, each file by `take`, with the fields before it. Nothing of a
 * file is kept here, so that a slow one holds no more than a chunk. A field sent twice is not from our forms: it is
 * ignored. A form that is too large is not read to its end: `isCut`; its next file is taken as one without content.
 */
export async function readFormWithFiles(
  request: FastifyRequest,
  longestField: number | undefined,
  take: (fields: ReadonlyMap<string, string>, file: IncomingFile) => Promise<void>,
): Promise<{ readonly fields: ReadonlyMap<string, string>; readonly isCut: boolean }> {
  const fields = new Map<string, string>();
  const repeated = new Set<string>();
  const limits = {
    fileSize: mostFileBytes,
    fields: mostFields,
    parts: mostFields + 20,
    fieldSize: 64 * 1024,
  };
  const tooLarge = Number(request.headers['content-length'] ?? 0) > mostBytes;
  let bytes = 0;
  request.raw.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
  });
  for await (const part of wellFormed(request.parts({ limits }))) {
    if (part.type === 'field') {
      if (fields.has(part.fieldname)) repeated.add(part.fieldname);
      if (typeof part.value === 'string')
        fields.set(part.fieldname, part.value.slice(0, longestField ?? fieldLimit).toWellFormed());
      continue;
    }
    const { fieldname: field, filename = '', file } = part;
    if (tooLarge || bytes > mostBytes) {
      await take(fields, { field, name: filename, content: Readable.from([]), isCut: () => true });
      return { fields, isCut: true };
    }
    // What a browser sends for a field without a file.
    if (filename !== '')
      await take(fields, { field, name: filename, content: whole(file), isCut: () => file.truncated });
    file.resume();
  }
  for (const name of repeated) fields.delete(name);
  return { fields, isCut: false };
}

/** The parts up to where the form is damaged: what it lacks says the rest. */
async function* wellFormed<Part>(parts: AsyncIterable<Part>): AsyncGenerator<Part> {
  const read = parts[Symbol.asyncIterator]();
  for (;;) {
    const next = await read.next().catch(() => null);
    if (next === null || next.done) return;
    yield next.value;
  }
}

/** The bytes of a file; a 400 when the form ends within it. */
async function* whole(file: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* file;
  } catch {
    throw Object.assign(new Error('A form ended within a file'), { statusCode: 400 });
  }
}
