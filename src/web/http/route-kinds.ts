import type { FastifyRequest } from 'fastify';

/** Addresses that are no pages, or pages that need less than others: the application says which they are. */
export interface RouteLists {
  /** Probes of a load balancer: never refused, as their address may be that of all visitors. */
  readonly probes: readonly string[];
  /** Files of the site: served from memory, and counted apart from pages. */
  readonly files: readonly string[];
  /** What other services report here: counted as files are, and stored. */
  readonly reports: readonly string[];
  /** Pages that are shown to visitors without a session while the database is away. */
  readonly withoutDatabase: readonly string[];
}

/** What an address is, for what stands before the pages. */
export interface RouteKinds {
  readonly isProbe: (request: FastifyRequest) => boolean;
  /** Files and probes: answered without a database, and however busy the service is. */
  readonly isFile: (request: FastifyRequest) => boolean;
  /** By which allowance its requests are counted. */
  readonly countedAs: (request: FastifyRequest) => 'file' | 'page';
  readonly needsNoDatabase: (request: FastifyRequest) => boolean;
}

export function routeKinds({ probes, files, reports, withoutDatabase }: RouteLists): RouteKinds {
  const probed = new Set(probes);
  const served = new Set([...files, ...probes]);
  const counted = new Set([...served, ...reports]);
  const light = new Set(withoutDatabase);
  const routeOf = ({ routeOptions: { url = '' } }: FastifyRequest) => url;
  return {
    isProbe: (request) => probed.has(routeOf(request)),
    isFile: (request) => served.has(routeOf(request)),
    countedAs: (request) => (counted.has(routeOf(request)) ? 'file' : 'page'),
    needsNoDatabase: ({ method, url }) => method === 'GET' && light.has(url.split('?')[0] ?? ''),
  };
}
