import type { FastifyRequest } from 'fastify';
import { type DepotProblem, depotProblem } from '#src/depot/api/problem.ts';
import { mostFileBytes } from '#src/files/media-type.ts';
import { readJson } from '#src/files/strict-json.ts';

/** What a form may hold: a deposit and five files, all of which are read as bytes. */
export const formOptions = {
  limits: { fieldNameSize: 100, files: 6, parts: 6, fileSize: mostFileBytes, headerPairs: 20 },
  throwFileSizeLimit: true,
  isPartAFile: () => true,
};

const mostBytesOfDeposit = 256 * 1024;

export interface DepositForm {
  /** The JSON of the part `deposit`. */
  readonly deposit: unknown;
  readonly files: ReadonlyMap<string, Buffer>;
}

/**
 * Reads a form with one deposit and its files; the problem of another one. Rejects with the status 413 when a part is larger
 * than it may be, and stops reading there.
 */
export async function readForm(request: FastifyRequest): Promise<DepositForm | DepotProblem> {
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

async function readParts(request: FastifyRequest): Promise<DepositForm | DepotProblem> {
  const files = new Map<string, Buffer>();
  let deposit: Buffer | null = null;
  for await (const part of request.parts()) {
    if (part.type !== 'file') return depotProblem('malformed');
    const bytes = await part.toBuffer();
    // Some programs name a file for this part, too.
    if (part.fieldname === 'deposit') {
      if (deposit) return depotProblem('malformed');
      if (bytes.length > mostBytesOfDeposit) return depotProblem('too-large');
      deposit = bytes;
    } else {
      const name: string | undefined = part.filename;
      if (name === undefined || files.has(name)) return depotProblem('malformed');
      files.set(name, bytes);
    }
  }
  if (!deposit) return depotProblem('malformed');
  const reading = readJson(deposit);
  return reading.kind === 'read' ? { deposit: reading.value, files } : depotProblem(reading.kind);
}
