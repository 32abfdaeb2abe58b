/** Letters that need no encoding anywhere: an address that has others was not written by a program. */
const visible = /^[!-~]{1,2048}$/;
/**
 * A host as a policy header can name it (CSP 3, `host-part`): labels of letters, digits and hyphens. No wildcard, nothing
 * that would end the directive, and no address of IPv6, which has no place in that grammar: browsers would ignore it.
 */
const host = /^[a-z\d-]{1,63}(?:\.[a-z\d-]{1,63})*$/;

/**
 * Whether an address that somebody else gave can be used as it is: absolute, https, without credentials or fragment.
 * `local`: http on this machine will do too, as for a simulator.
 */
export function isFitAddress(text: string, local: boolean): boolean {
  if (!visible.test(text) || /[\\"'<>#]/.test(text) || !URL.canParse(text)) return false;
  const { protocol, username, password, hostname } = new URL(text);
  if (username !== '' || password !== '' || hostname.length > 253 || !host.test(hostname)) return false;
  if (!/^https?:\/\/[^/]/i.test(text)) return false;
  return protocol === 'https:' || (local && isLocalHttp(text));
}

/** http, and on this machine. */
export function isLocalHttp(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'http:' && /^(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3})$/.test(hostname);
}
