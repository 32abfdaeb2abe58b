import type { FastifyRequest } from 'fastify';
import { mostFileBytes } from '#src/files/media-type.ts';

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
  /** The text of the part `deposit`. */
  readonly deposit: string;
  readonly files: ReadonlyMap<string, Buffer>;
}

/**
 * Reads a form with one deposit and its files; null for another one. Rejects with the status 413 when a part is larger
 * than it may be, and stops reading there.
 */
export async function readForm(request: FastifyRequest): Promise<DepositForm | null> {
  const files = new Map<string, Buffer>();
  let deposit: string | null = null;
  for await (const part of request.parts({ limits: formLimits })) {
    if (part.type === 'file') {
      const bytes = await part.toBuffer();
      if (files.has(part.filename)) return null;
      files.set(part.filename, bytes);
    } else if (part.fieldname !== 'deposit' || part.valueTruncated || typeof part.value !== 'string')
      return null;
    else deposit = part.value;
  }
  return deposit === null ? null : { deposit, files };
}
