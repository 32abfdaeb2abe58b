import { networkInterfaces } from 'node:os';
import type { Config } from '#src/config/config.ts';
import { reachableAddresses } from '#src/workshop/network/addresses.ts';

/** The origins by which the people in the room reach what listens there: the likeliest first, one at least. */
export function workshopUrls({ host, port }: Pick<Config['web'], 'host' | 'port'>): readonly string[] {
  const names = isEverywhere(host)
    ? reachableAddresses(networkInterfaces())
    : [host.includes(':') ? `[${host}]` : host];
  return (names.length > 0 ? names : ['localhost']).map((name) => `http://${name}:${port}`);
}

export function isEverywhere(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}
