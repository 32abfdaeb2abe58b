import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { manifest } from '#src/installable/manifest.ts';
import { appTexts } from '#src/installable/texts.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { assetUrl } from '#src/web/http/assets.ts';

const manifestPath = '/manifest.webmanifest';
const workerPath = '/service-worker.js';

/** The paths of these files. */
export const installablePaths: readonly string[] = [manifestPath, workerPath];

const worker = ['offline-copies.js', 'service-worker.js']
  .map((name) => readFileSync(new URL(name, import.meta.url), 'utf8'))
  .join('\n');

/**
 * The service worker script with the list of files to cache: files whose address changes with their content, and the
 * offline page, whose changes make a new version too.
 */
function workerScript({ serviceName, support }: Services['policy']): string {
  const files = [assetUrl('app.css'), assetUrl('app.js'), assetUrl('icon.svg')];
  const version = createHash('sha256')
    .update(JSON.stringify([files, worker, appTexts, serviceName, support.telephone]))
    .digest('hex')
    .slice(0, 12);
  const { offline, notKept } = paths;
  /** Forms after which nothing is kept any more. */
  const leaving = [paths.signOut, paths.accountOffline];
  const values = Object.entries({ version, files, offline, notKept, leaving }).map(
    ([name, value]) => `const ${name} = ${JSON.stringify(value)};`,
  );
  return `${values.join('\n')}\n${worker}`;
}

/** Registers the manifest and the service worker. Browsers revalidate both, so that updates arrive. */
export function registerInstallable(app: FastifyInstance, { policy }: Pick<Services, 'policy'>): void {
  const about = JSON.stringify(manifest(policy));
  const script = workerScript(policy);
  app.get(manifestPath, (_request, reply) =>
    reply.header('cache-control', 'no-cache').type('application/manifest+json; charset=utf-8').send(about),
  );
  app.get(workerPath, (_request, reply) =>
    reply.header('cache-control', 'no-cache').type('text/javascript; charset=utf-8').send(script),
  );
}
