import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { getCompileCacheDir } from 'node:module';
import { dirname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { FranceConnectSettings } from '#src/config/franceconnect.ts';
import { Secret } from '#src/crypto/secret.ts';
import { usualPrefix } from '#src/demo/franceconnect/provider.ts';
import type { WorkerSettings } from '#src/demo/franceconnect/simulator-worker.ts';

/** The simulator of the demo, and the settings of the service for it. */
export interface DemoFranceConnect {
  readonly url: string;
  readonly settings: FranceConnectSettings;
  /** Loads its libraries now, without waiting for them, so that its first visitor does not; until then it only listens. */
  warm(): void;
  close(): Promise<void>;
}

/** Opens the simulator on the port after the service's own, or the next free one; with a secret made for this run. */
export async function openDemoFranceConnect({
  publicUrl,
  port,
}: {
  readonly publicUrl: string;
  readonly port: number;
}): Promise<DemoFranceConnect> {
  const client = { id: 'compte-assure', secret: randomBytes(32).toString('hex') };
  const workerData: WorkerSettings = { port: port === 0 ? 0 : port + 1, clientUrl: publicUrl, client };
  const cache = getCompileCacheDir();
  const worker = new Worker(new URL('./simulator-worker.ts', import.meta.url), {
    workerData,
    argv: [],
    resourceLimits: { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 3 },
    env: cache === undefined ? {} : { NODE_COMPILE_CACHE: dirname(cache) },
  });
  const [url]: string[] = await once(worker, 'message');
  if (url === undefined) throw new Error('The simulator has no address');
  // If it ends later, the service sees an outage of the provider.
  worker.on('error', () => {});
  worker.unref();
  return {
    url,
    settings: {
      issuer: url + usualPrefix,
      clientId: client.id,
      clientSecret: new Secret(client.secret),
      signingKey: null,
      encryptionKey: null,
      acr: 'eidas1',
    },
    warm: () => worker.postMessage('warm'),
    close: async () => void (await worker.terminate()),
  };
}
