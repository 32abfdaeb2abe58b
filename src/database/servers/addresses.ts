/**
 * The addresses of one database: `postgres://user@one,two:5433/name` stands on several servers, of which one takes
 * writes at a time. Each answer is the address of one server.
 */
export function addressesOf(url: string): readonly string[] {
  const scheme = /^[a-z]+:\/\//i.exec(url)?.[0] ?? '';
  const authority = /^[^/?#]*/.exec(url.slice(scheme.length))?.[0] ?? '';
  const from = scheme.length + authority.indexOf('@') + 1;
  const to = scheme.length + authority.length;
  if (scheme === '' || from === to) return [url];
  const [before, after] = [url.slice(0, from), url.slice(to)];
  return url
    .slice(from, to)
    .split(',')
    .map((server) => `${before}${server}${after}`);
}

/** Whether it is the address of a PostgreSQL database, on one server or several. */
export function isDatabaseAddress(url: string): boolean {
  return addressesOf(url).every((address) => {
    if (!URL.canParse(address)) return false;
    const { protocol, searchParams } = new URL(address);
    return /^postgres(ql)?:$/.test(protocol) && !searchParams.get('host')?.includes(',');
  });
}
