import { gunzipSync } from 'node:zlib';
import type { Dispatcher, Pool } from 'undici';

/** An answer as it came: decoded only when it is read, since the driver's own time is not to be measured. */
export interface Answer {
  readonly status: number;
  readonly location: string | null;
  readonly retryAfter: number | null;
  /** Head and body, as sent. */
  readonly bytes: number;
  readonly ms: number;
  text(): string;
}

/** The browser of one visitor: keeps cookies, sends forms with the `_csrf` of the page it last saw. */
export interface Browser {
  /** Its cookies, as it sends them. */
  cookies(): string;
  get(path: string): Promise<Answer>;
  post(path: string, fields: Readonly<Record<string, string>>): Promise<Answer>;
  /** What a program sends from elsewhere: no cookie, no form. */
  tell(path: string, body: string, headers: Readonly<Record<string, string>>): Promise<Answer>;
}

interface BrowserOptions {
  readonly host: string;
  /** Where each request comes from. */
  readonly ip: () => string;
  readonly timeoutMs?: number;
  /** Of the address that forms say they come from. */
  readonly scheme?: 'http' | 'https';
}

export function openBrowser(
  pool: Pool,
  { host, ip, timeoutMs = 60_000, scheme = 'https' }: BrowserOptions,
): Browser {
  const cookies = new Map<string, string>();
  let last: Answer | null = null;
  const usual = {
    host,
    'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0',
    accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
    'accept-language': 'fr,fr-FR;q=0.8,en-US;q=0.5,en;q=0.3',
    'accept-encoding': 'gzip, deflate, br, zstd',
    'sec-fetch-site': 'same-origin',
  };

  const sent = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');

  async function ask(method: 'GET' | 'POST', path: string, body: string | null): Promise<Answer> {
    const cookie = sent();
    const form = { 'content-type': 'application/x-www-form-urlencoded', origin: `${scheme}://${host}` };
    const start = performance.now();
    const response = await pool.request({
      method,
      path,
      body,
      headers: { ...usual, 'x-forwarded-for': ip(), ...(cookie && { cookie }), ...(body !== null && form) },
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
    });
    const raw = Buffer.from(await response.body.arrayBuffer());
    const ms = performance.now() - start;
    keep(cookies, listOf(response.headers['set-cookie']));
    const answer = answerOf(response, raw, ms);
    if (method === 'GET') last = answer;
    return answer;
  }

  return {
    cookies: sent,
    async tell(path, body, headers) {
      const start = performance.now();
      const response = await pool.request({ method: 'POST', path, body, headers: { host, ...headers } });
      const raw = Buffer.from(await response.body.arrayBuffer());
      return answerOf(response, raw, performance.now() - start);
    },
    get: (path) => ask('GET', path, null),
    post: (path, fields) => {
      const token = /name="_csrf" value="([^"]+)"/.exec(last?.text() ?? '')?.[1] ?? '';
      return ask('POST', path, new URLSearchParams({ ...fields, _csrf: token }).toString());
    },
  };
}

function answerOf({ statusCode, headers }: Dispatcher.ResponseData, raw: Buffer, ms: number): Answer {
  const retryAfter = headers['retry-after'];
  return {
    status: statusCode,
    location: listOf(headers.location)[0] ?? null,
    retryAfter: retryAfter === undefined ? null : Number(retryAfter),
    bytes: headBytes(headers) + raw.length,
    ms,
    text: () => {
      const isGzip = headers['content-encoding'] === 'gzip';
      return (isGzip ? gunzipSync(raw) : raw).toString();
    },
  };
}

function headBytes(headers: Dispatcher.ResponseData['headers']): number {
  const statusLine = 'HTTP/1.1 200 OK\r\n'.length;
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    listOf(value).map((one) => `${name}: ${one}\r\n`),
  );
  return statusLine + lines.reduce((sum, line) => sum + line.length, 0) + 2;
}

function listOf(value: string | string[] | undefined): readonly string[] {
  return value === undefined ? [] : [value].flat();
}

function keep(cookies: Map<string, string>, lines: readonly string[]): void {
  for (const line of lines) {
    const [pair = '', ...attributes] = line.split(';');
    const name = pair.slice(0, pair.indexOf('='));
    const gone = attributes.some((attribute) => /^\s*(max-age=0|expires=.* 1970 .*)$/i.test(attribute));
    if (gone) cookies.delete(name);
    else cookies.set(name, pair.slice(name.length + 1));
  }
}
