import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Received } from '../../reliability/browser.ts';

/** A browser that reaches a site by https, through the proxy in front of it: keeps cookies, sends forms, follows nothing. */
export class ProxiedBrowser {
  readonly cookies: Map<string, string>;
  /** What the headers said of each cookie. */
  readonly said = new Map<string, string>();
  readonly #port: number;
  readonly #publicUrl: URL;
  readonly #ip: string;
  csrf = '';

  constructor(port: number, publicUrl: string, ip: string, cookies: Readonly<Record<string, string>> = {}) {
    this.#port = port;
    this.#publicUrl = new URL(publicUrl);
    this.#ip = ip;
    this.cookies = new Map(Object.entries(cookies));
  }

  get(path: string): Promise<Received> {
    return this.#ask(path, null);
  }

  /** Sends a form with the `_csrf` of the page that was seen last. */
  post(path: string, fields: Readonly<Record<string, string>> = {}): Promise<Received> {
    return this.#ask(path, new URLSearchParams({ ...fields, _csrf: this.csrf }).toString());
  }

  /** Follows what a page is told, until the site ends it; answers all that came. */
  async follow(path: string): Promise<{ readonly ended: Promise<string> }> {
    const headers = this.#headers();
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      request({ host: '127.0.0.1', port: this.#port, path, headers }, resolve).once('error', reject).end();
    });
    return { ended: text(answer) };
  }

  #headers(): Readonly<Record<string, string>> {
    const { host, protocol } = this.#publicUrl;
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return {
      ...{
        host,
        connection: 'close',
        'x-forwarded-for': this.#ip,
        'x-forwarded-proto': protocol.slice(0, -1),
      },
      ...(cookie ? { cookie } : {}),
    };
  }

  #ask(path: string, body: string | null): Promise<Received> {
    const { origin } = this.#publicUrl;
    const type = 'application/x-www-form-urlencoded';
    const form = { 'content-type': type, origin, 'sec-fetch-site': 'same-origin' };
    const headers = {
      ...this.#headers(),
      ...(body === null ? {} : { ...form, 'content-length': String(Buffer.byteLength(body)) }),
    };
    const method = body === null ? 'GET' : 'POST';
    return new Promise((resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port: this.#port, path, method, headers }, (answer) => {
        text(answer).then((html) => {
          for (const line of answer.headers['set-cookie'] ?? []) this.#keep(line);
          this.csrf = /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? this.csrf;
          const { statusCode: status = 0 } = answer;
          resolve({
            status,
            location: answer.headers.location ?? null,
            html,
            headers: new Headers(
              Object.entries(answer.headers).map(([name, value]): [string, string] => [name, String(value)]),
            ),
          });
        }, reject);
      });
      asked.once('error', reject);
      asked.end(body ?? undefined);
    });
  }

  #keep(line: string): void {
    const [pair = ''] = line.split(';');
    const name = pair.slice(0, pair.indexOf('='));
    const value = pair.slice(name.length + 1);
    this.said.set(name, line);
    if (value === '' || /max-age=0/i.test(line)) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}
