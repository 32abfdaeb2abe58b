import { BlockList } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isLoopback } from '#src/limits/client-address.ts';
import { healthPaths } from '#src/operations/requests.ts';
import type { Services } from '#src/services.ts';

const tellEveryMs = 600_000;

/** The names that `TRUST_PROXY` knows beside addresses and ranges. */
const ranges: Readonly<Record<string, readonly string[]>> = {
  loopback: ['127.0.0.1/8', '::1/128'],
  linklocal: ['169.254.0.0/16', 'fe80::/10'],
  uniquelocal: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
};

/**
 * Notices requests that do not say whom they come from: a proxy that sends no `X-Forwarded-For`, or is not believed.
 * They all count as one client, which is soon refused: better than counting nobody, and somebody has to know why. Told in
 * the log at the first one and every ten minutes. In the demo, where they have room, they are the rule.
 */
export function watchUnnamed(
  app: FastifyInstance,
  { events, clock, unnamedShare }: Pick<Services, 'events' | 'clock' | 'unnamedShare'>,
  trustProxy: string | false,
): void {
  if (unnamedShare > 1) return;
  const isProxy = proxies(trustProxy);
  let told = Number.NEGATIVE_INFINITY;
  app.addHook('onRequest', async (request) => {
    if (healthPaths.some((path) => path === request.routeOptions.url) || !isUnnamed(request, isProxy)) return;
    const now = clock.now().getTime();
    const tells = now - told >= tellEveryMs;
    if (tells) told = now;
    events.clientUnnamed(tells);
  });
}

function isUnnamed(request: FastifyRequest, isProxy: (ip: string) => boolean): boolean {
  if (isLoopback(request.ip)) return true;
  return request.headers['x-forwarded-for'] === undefined && isProxy(request.ip);
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
