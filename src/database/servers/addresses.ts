/**
 * The addresses of one database: `postgres://user@one,two:5433/name` stands on several servers, of which one takes
 * writes at a time. Each answer is the address of one server.
 */
export function addressesOf(url: string): readonly string[] {
  const [, before = '', servers = '', after = ''] =
    /^([a-z]+:\/\/(?:[^/?#@]*@)?)([^/?#]*)(.*)$/is.exec(url) ?? [];
  return servers === '' ? [url] : servers.split(',').map((server) => `${before}${server}${after}`);
}

/** Whether it is the address of a PostgreSQL database, on one server or several. */
export function isDatabaseAddress(url: string): boolean {
  return addressesOf(url).every((address) => {
    if (!URL.canParse(address)) return false;
    const { protocol, searchParams } = new URL(address);
    return /^postgres(ql)?:$/.test(protocol) && !searchParams.get('host')?.includes(',');
  });
}
