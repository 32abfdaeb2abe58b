import { isIP } from 'node:net';

/** Whether a host, as in an address or to listen on, is this machine and no other. */
export function isThisMachine(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);
}

/** Whether this names proxies: an address or a range, each in full, or one of three kinds of network. */
export function isProxy(named: string): boolean {
  if (/^(loopback|linklocal|uniquelocal)$/.test(named)) return true;
  const [address = '', bits] = named.split(/\/(?=\d{1,3}$)/);
  const family = isIP(address);
  return family !== 0 && (bits === undefined || Number(bits) <= (family === 4 ? 32 : 128));
}
