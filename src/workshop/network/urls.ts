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

/** Whether an address of the workshop is one that nobody outside this computer reaches. */
export function isAlone(address: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(address).hostname);
}

export function isEverywhere(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}
