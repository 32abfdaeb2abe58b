import { createServer, type Server } from 'node:http';
import type { Health } from '#src/operations/health.ts';
import type { Metrics } from '#src/operations/metrics.ts';
import { isMachineHost } from '#src/web/machine-host.ts';

export interface OperationsListener {
  readonly port: number;
  close(): Promise<void>;
}

const protections = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
};

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

interface ListenerOptions {
  readonly host: string;
  readonly port: number;
  readonly orFree?: boolean;
  readonly names?: readonly string[];
}

/**
 * The listener for machines: `/metrics`, `/healthz`, `/readyz`. It has its own port so that the public one
 * has no metrics, and so that it still answers when the public one is flooded. A page of another site, which DNS can
 * make lead here, is refused by the name it asks for (421): only addresses, `localhost`, `host` and `names` will do.
 * Rejects when the port is taken (`EADDRINUSE`), unless another free one will do (`orFree`).
 */
export async function openOperationsListener(
  { host, port, orFree = false, names = [] }: ListenerOptions,
  { health, metrics }: { health: Health; metrics: Metrics },
): Promise<OperationsListener> {
  async function answer(path: string): Promise<Answer> {
    if (path === '/metrics') return { status: 200, type: metrics.contentType, body: await metrics.text() };
    return (await healthAnswer(path, health)) ?? { status: 404, type: 'text/plain', body: '' };
  }
  const limits = { requestTimeout: 5_000, headersTimeout: 5_000, requireHostHeader: false };
  const server = createServer(limits, (request, response) => {
    const failed: Answer = { status: 500, type: 'text/plain', body: '' };
    const path = request.method === 'GET' ? (request.url?.split('?')[0] ?? '') : '';
    const misdirected: Answer = { status: 421, type: 'text/plain', body: 'Misdirected request' };
    const isForUs = isMachineHost(request.headers.host, [host, ...names]);
    (isForUs ? answer(path) : Promise.resolve(misdirected))
      .catch(() => failed)
      .then(({ status, type, body }) => {
        response.writeHead(status, { ...protections, 'content-type': type }).end(body);
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
