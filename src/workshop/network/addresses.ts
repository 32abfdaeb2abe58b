import type { NetworkInterfaceInfo } from 'node:os';

/** The network interfaces of this machine, as `os.networkInterfaces` tells them. */
export type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>;

/** Networks that programs make inside a machine: nobody else in the room is on them. */
const inside = /^(docker|br-|veth|virbr|vboxnet|vmnet|vEthernet|utun|tun|tap|wg|tailscale|zt|lxc|podman)/i;

/** How likely the people in the room are on the network of an address: the lower, the likelier. */
const privateRanges = [/^192\.168\./, /^10\./, /^172\.(1[6-9]|2\d|3[01])\./];

function rank({ name, address }: { readonly name: string; readonly address: string }): number {
  const range = privateRanges.findIndex((one) => one.test(address));
  // An address that a machine gives itself because no box gave it one: only its cable’s other end is there.
  const alone = address.startsWith('169.254.') ? 20 : 0;
  return (inside.test(name) ? 100 : 0) + alone + (range < 0 ? 10 : range);
}

/** The IPv4 addresses of this machine that others may reach, those of home and office networks first. */
export function reachableAddresses(interfaces: Interfaces): readonly string[] {
  return Object.entries(interfaces)
    .flatMap(([name, all = []]) =>
      all
        .filter(({ family, internal }) => family === 'IPv4' && !internal)
        .map(({ address }) => ({ name, address })),
    )
    .sort((a, b) => rank(a) - rank(b))
    .map(({ address }) => address);
}

export interface OwnNames {
  readonly interfaces: () => Interfaces;
  readonly hostname: string;
  /** Further names, of the configuration. */
  readonly names: readonly string[];
}

/**
 * Whether the `Host` of a request names this machine: one of its addresses, `localhost`, or one of its names. With DNS
 * rebinding, a page of another site sends its own name; an address of another machine is not ours either.
 */
export function isOwnHost(host: string, { interfaces, hostname, names }: OwnNames): boolean {
  if (host === '' || host.length > 255 || !URL.canParse(`http://${host}`)) return false;
  const url = new URL(`http://${host}`);
  if (url.host !== host.toLowerCase().replace(/:80$/, '')) return false;
  const name = url.hostname.replace(/^\[|\]$/g, '');
  const short = hostname.toLowerCase().replace(/\.local$/, '');
  const known = ['localhost', '::1', short, `${short}.local`, ...names];
  if (known.includes(name) || /^127\.\d+\.\d+\.\d+$/.test(name)) return true;
  return Object.values(interfaces()).some((all = []) => all.some(({ address }) => address === name));
}

/** Networks are joined and left while the program runs: they are asked for again after this. */
const freshMs = 2_000;

/** `read`, asked at most every two seconds: each request needs it. */
export function nowAndThen(read: () => Interfaces, now: () => number): () => Interfaces {
  let last: { readonly at: number; readonly interfaces: Interfaces } | null = null;
  return () => {
    const at = now();
    if (!last || at - last.at > freshMs) last = { at, interfaces: read() };
    return last.interfaces;
  };
}
