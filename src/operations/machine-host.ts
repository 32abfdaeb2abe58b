import { isIP } from 'node:net';
import { hostname } from 'node:os';

/**
 * Whether a `Host` header names this machine rather than a site: an IP address, `localhost`, the host name, or one of
 * `names`; with any port. HTTP/1.0 clients send no header. With DNS rebinding, a page of another site sends its own
 * name.
 */
export function isMachineHost(host: string | undefined, names: readonly string[] = []): boolean {
  if (host === undefined || host === '') return true;
  const name = nameIn(host);
  return (
    name === 'localhost' || isIP(name) !== 0 || name === hostname().toLowerCase() || names.includes(name)
  );
}

/** The host without its port, in lower case; an IPv6 address without brackets. */
function nameIn(host: string): string {
  const text = host.slice(0, 255).toLowerCase();
  if (text.startsWith('[')) return text.slice(1, Math.max(1, text.indexOf(']')));
  return text.split(':', 1)[0] ?? '';
}
