import type { FastifyInstance, LightMyRequestResponse } from 'fastify';

/** What came back, as a person sees it. */
export interface Seen {
  readonly url: string;
  readonly status: number;
  readonly location: string | null;
  readonly html: string;
  readonly title: string;
  readonly headers: LightMyRequestResponse['headers'];
}

/**
 * Somebody with a browser without JavaScript: keeps cookies, finds the hidden `_csrf` of the page it last saw,
 * sends forms. Redirects are not followed, so that a story can say where it was sent.
 */
export class Visitor {
  readonly #app: FastifyInstance;
  readonly #headers: Record<string, string>;
  readonly cookies = new Map<string, string>();
  /** The token of the page that it saw last. */
  csrf = '';

  constructor(app: FastifyInstance, headers: Record<string, string> = {}) {
    this.#app = app;
    this.#headers = headers;
  }

  async get(url: string): Promise<Seen> {
    return this.#seen(url, await this.#app.inject({ method: 'GET', url, headers: this.#sent() }));
  }

  async post(url: string, fields: Record<string, string> = {}, { csrf = this.csrf } = {}): Promise<Seen> {
    const payload = new URLSearchParams({ ...fields, _csrf: csrf }).toString();
    const headers = { ...this.#sent(), 'content-type': 'application/x-www-form-urlencoded' };
    return this.#seen(url, await this.#app.inject({ method: 'POST', url, headers, payload }));
  }

  /** The same browser, as it is now, for something sent at the same time; with other headers where told. */
  twin(headers: Record<string, string> = {}): Visitor {
    const twin = new Visitor(this.#app, { ...this.#headers, ...headers });
    for (const [name, value] of this.cookies) twin.cookies.set(name, value);
    twin.csrf = this.csrf;
    return twin;
  }

  #sent(): Record<string, string> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return { host: 'localhost', ...this.#headers, ...(cookie ? { cookie } : {}) };
  }

  #seen(url: string, response: LightMyRequestResponse): Seen {
    for (const { name, value, maxAge, expires } of response.cookies) {
      const gone = maxAge === 0 || (expires !== undefined && expires.getTime() <= 0);
      if (gone || value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    const html = response.body;
    this.csrf = /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? this.csrf;
    return {
      url,
      status: response.statusCode,
      location: response.headers.location ?? null,
      html,
      title: /<title>([^<]*)<\/title>/.exec(html)?.[1] ?? '',
      headers: response.headers,
    };
  }
}
