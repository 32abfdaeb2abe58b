import { createServer, type RequestListener } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';
import { listenHere } from '#src/demo/franceconnect/listen.ts';

export interface WorkerSettings {
  readonly port: number;
  readonly clientUrl: string;
  readonly client: { readonly id: string; readonly secret: string };
}

/**
 * The simulator of the demo in a thread of its own: neither its start nor its work delays the service. It listens at
 * once, and loads its libraries when it is told that the service has started, or at the first request.
 */
const { port, clientUrl, client }: WorkerSettings = workerData;
const server = createServer();
let opening: Promise<void> | null = null;

async function open(): Promise<void> {
  const { serveSimulator } = await import('#src/demo/franceconnect/simulator.ts');
  const { simulatedIdentities } = await import('#src/demo/franceconnect/people/identities.ts');
  const { demoPersons } = await import('#src/fictitious/demo-register.ts');
  await serveSimulator(server, url, { clientUrl, client, identities: simulatedIdentities(demoPersons()) });
  server.off('request', waitForIt);
}

function opened(): Promise<void> {
  opening ??= open();
  return opening;
}

const waitForIt: RequestListener = (request, response) => {
  opened().then(
    () => server.emit('request', request, response),
    () => response.writeHead(500).end(),
  );
};

server.on('request', waitForIt);
const url = await listenHere(server, port);
parentPort?.postMessage(url);
parentPort?.on('message', () => opened().catch(() => {}));
