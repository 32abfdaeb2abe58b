import type { FastifyRequest } from 'fastify';
import { mostFileBytes } from '#src/files/media-type.ts';
import { repeatedField } from '#src/files/repeated-field.ts';
import { parseJson } from '#src/texts/json.ts';

/** What a form may hold. */
export const formLimits = {
  fields: 1,
  fieldNameSize: 100,
  fieldSize: 256 * 1024,
  files: 5,
  parts: 6,
  fileSize: mostFileBytes,
  headerPairs: 20,
};

export interface DepositForm {
  /** The JSON of the part `deposit`. */
  readonly deposit: unknown;
  readonly files: ReadonlyMap<string, Buffer>;
}

/**
 * Reads a form with one deposit and its files; null for another one. Rejects with the status 413 when a part is larger
 * than it may be, and stops reading there.
 */
export async function readForm(request: FastifyRequest): Promise<DepositForm | null> {
  try {
    return await readParts(request);
  } catch (error) {
    if (error instanceof Error && 'statusCode' in error) throw error;
    // The parser of forms gives no status to one that is cut, or no form at all.
    throw Object.assign(new Error('The form cannot be read', { cause: error }), { statusCode: 400 });
  } finally {
    // What was not read is dropped as it comes: the connection is free for the next request, and for closing.
    request.raw.unpipe();
    request.raw.resume();
  }
}

async function readParts(request: FastifyRequest): Promise<DepositForm | null> {
  const files = new Map<string, Buffer>();
  let deposit: unknown;
  for await (const part of request.parts({ limits: formLimits })) {
    if (part.type === 'file') {
      const bytes = await part.toBuffer();
      if (files.has(part.filename)) return null;
      files.set(part.filename, bytes);
    } else if (part.fieldname !== 'deposit' || part.valueTruncated) return null;
    else deposit = typeof part.value === 'string' ? jsonOf(part.value) : part.value;
  }
  return deposit === undefined ? null : { deposit, files };
}

/**
 * The value of a part that is sent as text; undefined for no JSON, or where a field is there twice. A part of the type
 * application/json arrives parsed.
 */
function jsonOf(text: string): unknown {
  const value = parseJson(text);
  return value === undefined || repeatedField(text) !== null ? undefined : value;
}
