import type { FastifyRequest } from 'fastify';

/** Routes that are not pages, and pages that work without the database, as listed by the application. */
export interface RouteLists {
  /** Probes of a load balancer: never refused, as they may have the same address as all visitors. */
  readonly probes: readonly string[];
  /** Files of the site: served from memory, and counted apart from pages. */
  readonly files: readonly string[];
  /** Reports from other services: counted like files, and stored. */
  readonly reports: readonly string[];
  /** What is made when it is asked for, at more than the cost of a page. */
  readonly documents: readonly string[];
  /** Pages shown to visitors without a session while the database is unavailable. */
  readonly withoutDatabase: readonly string[];
}

/** Classifies routes for the checks before the pages. */
export interface RouteKinds {
  readonly isProbe: (request: FastifyRequest) => boolean;
  /** Files and probes: answered without a database, and however busy the service is. */
  readonly isFile: (request: FastifyRequest) => boolean;
  /** The allowance by which its requests are counted. */
  readonly countedAs: (request: FastifyRequest) => 'file' | 'page' | 'document';
  readonly needsNoDatabase: (request: FastifyRequest) => boolean;
}

export function routeKinds({ probes, files, reports, documents, withoutDatabase }: RouteLists): RouteKinds {
  const probed = new Set(probes);
  const served = new Set([...files, ...probes]);
  const counted = new Set([...served, ...reports]);
  const made = new Set(documents);
  const light = new Set(withoutDatabase);
  const routeOf = ({ routeOptions: { url = '' } }: FastifyRequest) => url;
  return {
    isProbe: (request) => probed.has(routeOf(request)),
    isFile: (request) => served.has(routeOf(request)),
    countedAs: (request) => {
      const route = routeOf(request);
      return counted.has(route) ? 'file' : made.has(route) ? 'document' : 'page';
    },
    needsNoDatabase: ({ method, url }) => method === 'GET' && light.has(url.split('?')[0] ?? ''),
  };
}
