import { gzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { weightedChoices } from '#src/web/http/weighted-choices.ts';

export type Encoding = 'br' | 'gzip';

/** Below this size, in characters, compression is not worth its CPU time. */
const minimum = 1024;

/**
 * A window of 16 kB holds every page but lists; with it and small tables, gzip takes 96 kB instead of 256. Most pages fit
 * into one chunk: a larger buffer would only be collected much later.
 */
const options = { level: 6, windowBits: 14, memLevel: 6, chunkSize: 4_096 };

/** Whether a client takes an encoding. A refusal (`gzip;q=0`) is heeded, preferences are not. */
export function accepts(encoding: Encoding, header: string | undefined): boolean {
  if (header === 'gzip, deflate, br, zstd' || header === 'gzip, deflate, br') return true;
  const choices = weightedChoices(header);
  const choice = choices.find(({ name }) => name === encoding) ?? choices.find(({ name }) => name === '*');
  return choice !== undefined && choice.quality > 0;
}

/**
 * The bytes of a text made for one answer. Brotli would need a twelfth less of them, in twice the CPU time: it is for files,
 * which are compressed once.
 */
export function gzipped(text: string): Buffer {
  return gzipSync(text, options);
}

/**
 * Compresses pages and other texts as they leave, in the main thread: at a tenth of a millisecond a page,
 * a task in the thread pool would take longer and would queue behind password hashes.
 */
export function registerCompression(app: FastifyInstance): void {
  app.addHook('onSend', (request, reply, payload, done) => {
    if (typeof payload !== 'string' || payload.length < minimum || reply.hasHeader('content-encoding')) {
      done(null, payload);
      return;
    }
    // What no cache keeps varies for nobody.
    if (reply.getHeader('cache-control') !== 'no-store') reply.header('vary', 'Accept-Encoding');
    if (!accepts('gzip', request.headers['accept-encoding'])) {
      done(null, payload);
      return;
    }
    const bytes = gzipped(payload);
    reply.header('content-encoding', 'gzip').header('content-length', bytes.length);
    done(null, bytes);
  });
}
