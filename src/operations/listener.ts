import { createServer, type Server } from 'node:http';
import type { Health } from '#src/operations/health.ts';
import type { Metrics } from '#src/operations/metrics.ts';

export interface OperationsListener {
  readonly port: number;
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** What `/healthz` and `/readyz` answer, on this listener and on the public one. Null for any other path. */
export async function healthAnswer(path: string, health: Health): Promise<Answer | null> {
  const type = 'application/json';
  if (path === '/healthz') return { status: 200, type, body: '{"alive":true}' };
  if (path !== '/readyz') return null;
  const readiness = await health.readiness();
  return { status: readiness.ready ? 200 : 503, type, body: JSON.stringify(readiness) };
}

/**
 * The listener for machines: `/metrics`, `/healthz`, `/readyz`. It has its own port so that the public one
 * has no metrics, and so that it still answers when the public one is flooded.
 * Rejects when the port is taken (`EADDRINUSE`), unless another free one will do (`orFree`).
 */
export async function openOperationsListener(
  { host, port, orFree = false }: { host: string; port: number; orFree?: boolean },
  { health, metrics }: { health: Health; metrics: Metrics },
): Promise<OperationsListener> {
  async function answer(path: string): Promise<Answer> {
    if (path === '/metrics') return { status: 200, type: metrics.contentType, body: await metrics.text() };
    return (await healthAnswer(path, health)) ?? { status: 404, type: 'text/plain', body: '' };
  }
  const server = createServer({ requestTimeout: 5_000, headersTimeout: 5_000 }, (request, response) => {
    const failed: Answer = { status: 500, type: 'text/plain', body: '' };
    const path = request.method === 'GET' ? (request.url?.split('?')[0] ?? '') : '';
    answer(path)
      .catch(() => failed)
      .then(({ status, type, body }) => {
        response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
      });
  });
  await listen(server, host, port).catch((error: unknown) => {
    const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    if (!taken || !orFree) throw error;
    return listen(server, host, 0);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    async close() {
      const closed = Promise.withResolvers<void>();
      server.close(() => closed.resolve());
      server.closeAllConnections();
      await closed.promise;
    },
  };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
