import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { weightedChoices } from '#src/web/http/weighted-choices.ts';

export type Encoding = 'br' | 'gzip';

/** Below this size, in characters, compression is not worth its CPU time. */
const minimum = 1024;
const brotli = {
  /** Most pages fit: a larger buffer would only be collected much later. */
  chunkSize: 4_096,
  params: {
    [constants.BROTLI_PARAM_QUALITY]: 5,
    [constants.BROTLI_PARAM_LGWIN]: 14,
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
  },
};

/** The encoding to answer with: brotli, else gzip, else none. A refusal (`br;q=0`) is heeded, preferences are not. */
export function acceptedEncoding(header: string | undefined): Encoding | null {
  if (header === 'gzip, deflate, br, zstd' || header === 'gzip, deflate, br') return 'br';
  const accepted = weightedChoices(header)
    .filter(({ quality }) => quality > 0)
    .map(({ name }) => name);
  if (accepted.includes('br')) return 'br';
  return accepted.includes('gzip') || accepted.includes('*') ? 'gzip' : null;
}

/**
 * The bytes of a page. Measured on 9.4 kB: brotli 4 gives 2.9 kB in 0.11 ms, gzip 6 gives 3.0 kB in 0.09 ms; brotli 5 gives
 * a twentieth less than 4 in a quarter more time.
 */
export function compress(text: string, encoding: Encoding): Buffer {
  return encoding === 'br' ? brotliCompressSync(text, brotli) : gzipSync(text, { level: 6 });
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
    reply.header('vary', 'Accept-Encoding');
    const encoding = acceptedEncoding(request.headers['accept-encoding']);
    if (encoding === null) {
      done(null, payload);
      return;
    }
    const bytes = compress(payload, encoding);
    reply.header('content-encoding', encoding).header('content-length', bytes.length);
    done(null, bytes);
  });
}
