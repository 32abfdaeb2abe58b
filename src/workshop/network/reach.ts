import { hostname, networkInterfaces } from 'node:os';
import type { Config } from '#src/config/config.ts';
import { isOwnHost, nowAndThen } from '#src/workshop/network/addresses.ts';
import { isEverywhere, workshopUrls } from '#src/workshop/network/urls.ts';

/** How people reach a workshop. */
export interface Reach {
  /** An origin. */
  readonly publicUrl: string;
  /** The same on the other networks of this machine, the likelier first. */
  readonly otherUrls: readonly string[];
  /** Whether the `Host` of a request is ours. */
  readonly isOurHost: (host: string) => boolean;
}

/** By the addresses and names of this machine, on whatever network it is now. */
export function reachOnNetwork({ host, port }: Pick<Config['web'], 'host' | 'port'>): Reach {
  const [publicUrl = '', ...otherUrls] = workshopUrls({ host, port });
  const interfaces = nowAndThen(networkInterfaces, () => performance.now());
  const own = { interfaces, hostname: hostname(), names: isEverywhere(host) ? [] : [host.toLowerCase()] };
  return { publicUrl, otherUrls, isOurHost: (name) => isOwnHost(name, own) };
}

/** By one address alone, whose proxy keeps the `Host` of requests. */
export function reachBySite(publicUrl: string): Reach {
  const { host } = new URL(publicUrl);
  return { publicUrl, otherUrls: [], isOurHost: (name) => name.toLowerCase() === host };
}
