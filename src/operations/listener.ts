import type { Server } from 'node:http';
import type { Health } from '#src/operations/health.ts';
import { isMachineHost } from '#src/operations/machine-host.ts';
import type { Metrics } from '#src/operations/metrics.ts';
import { createServer } from '#src/operations/node-http.ts';

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

export interface OperationsSources {
  readonly health: Health;
  readonly metrics: Pick<Metrics, 'text' | 'contentType'>;
  /** Called with the cause of a 500. */
  readonly onError?: (error: unknown) => void;
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

interface ListenerOptions {
  readonly host: string;
  readonly port: number;
  readonly orFree?: boolean;
  readonly names?: readonly string[];
}

/**
 * Opens the operations port: `/metrics`, `/healthz`, `/readyz`. It is separate from the public port so that metrics are
 * not public, and so that it still answers when the public port is flooded. Against DNS rebinding, the `Host` of a
 * request must be an IP address, `localhost`, `host` or one of `names`; any other is refused (421).
 * Rejects when the port is taken (`EADDRINUSE`), unless `orFree`: then it takes any free port.
 */
export async function openOperationsListener(
  { host, port, orFree = false, names = [] }: ListenerOptions,
  { health, metrics, onError = () => {} }: OperationsSources,
): Promise<OperationsListener> {
  async function answer(method: string | undefined, path: string): Promise<Answer> {
    if (!['/metrics', '/healthz', '/readyz'].includes(path)) return plain(404, 'Not found\n');
    if (method !== 'GET' && method !== 'HEAD') return plain(405, 'Only GET and HEAD\n');
    if (path === '/metrics') return { status: 200, type: metrics.contentType, body: await metrics.text() };
    return (await healthAnswer(path, health)) ?? plain(404, 'Not found\n');
  }
  const plain = (status: number, body: string): Answer => ({
    status,
    type: 'text/plain; charset=utf-8',
    body,
  });
  const limits = { requestTimeout: 5_000, headersTimeout: 5_000, requireHostHeader: false };
  const server = createServer(limits, (request, response) => {
    const isOurHost = isMachineHost(request.headers.host, [host, ...names]);
    const answering = isOurHost
      ? answer(request.method, request.url?.split('?')[0] ?? '')
      : Promise.resolve(plain(421, 'Misdirected request\n'));
    answering
      .catch((error: unknown) => {
        onError(error);
        return plain(500, 'Failed, see the log\n');
      })
      .then(({ status, type, body }) => {
        const headers = {
          ...protections,
          'content-type': type,
          'content-length': Buffer.byteLength(body),
          ...(status === 405 ? { allow: 'GET, HEAD' } : {}),
        };
        response.writeHead(status, headers).end(request.method === 'HEAD' ? undefined : body);
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
