import { BlockList } from 'node:net';
import type { FastifyRequest } from 'fastify';
import { isLoopback } from '#src/limits/client-address.ts';
import type { Events } from '#src/operations/events.ts';
import { healthPaths } from '#src/operations/requests.ts';
import type { Clock } from '#src/time/clock.ts';

const logEveryMs = 600_000;

/** The names that `TRUST_PROXY` knows beside addresses and ranges. */
const ranges: Readonly<Record<string, readonly string[]>> = {
  loopback: ['127.0.0.1/8', '::1/128'],
  linklocal: ['169.254.0.0/16', 'fe80::/10'],
  uniquelocal: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
};

/**
 * Detects requests without a client address: the proxy sends no `X-Forwarded-For`, or is not trusted. They all count as
 * one client, which is soon refused; that is safer than counting none of them, and the operator has to know why. Logged
 * at the first one and then every ten minutes. The demo, where such requests are normal, has a larger allowance.
 */
export function watchUnnamed(
  {
    events,
    clock,
    unnamedShare,
  }: {
    readonly events: Pick<Events, 'clientUnnamed'>;
    readonly clock: Clock;
    readonly unnamedShare: number;
  },
  trustProxy: string | false,
): (request: FastifyRequest, ip: string) => void {
  if (unnamedShare > 1) return () => {};
  const isProxy = proxies(trustProxy);
  let loggedAt = Number.NEGATIVE_INFINITY;
  const isUnnamed = ({ headers }: FastifyRequest, ip: string) =>
    isLoopback(ip) || (headers['x-forwarded-for'] === undefined && isProxy(ip));
  return (request, ip) => {
    if (!isUnnamed(request, ip) || healthPaths.some((path) => path === request.routeOptions.url)) return;
    const now = clock.now().getTime();
    const logs = now - loggedAt >= logEveryMs;
    if (logs) loggedAt = now;
    events.clientUnnamed(logs);
  };
}

function proxies(trustProxy: string | false): (ip: string) => boolean {
  const list = new BlockList();
  const named = (trustProxy || '').split(',').map((one) => one.trim());
  for (const range of named.flatMap((one) => ranges[one] ?? (one === '' ? [] : [one]))) {
    const [address = '', bits] = range.split('/');
    const family = address.includes(':') ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return (ip) => list.check(ip, ip.includes(':') ? 'ipv6' : 'ipv4');
}
