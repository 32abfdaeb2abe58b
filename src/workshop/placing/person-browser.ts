import type { Environment } from '#src/serve/environment.ts';

type App = Parameters<Environment['registerPages']>[0];

export interface Seen {
  readonly status: number;
  readonly location: string;
  readonly html: string;
}

/** Plays a person in the service itself: opens pages and sends their forms, as a browser without scripts does. */
export class PersonBrowser {
  readonly #app: App;
  readonly #host: string;
  readonly #cookies: Map<string, string>;

  constructor(app: App, publicUrl: string, cookies: ReadonlyMap<string, string>) {
    this.#app = app;
    this.#host = new URL(publicUrl).host;
    this.#cookies = new Map(cookies);
  }

  get(path: string): Promise<Seen> {
    return this.#ask('GET', path, null);
  }

  /** Opens a page and sends its form. */
  async answer(path: string, fields: Readonly<Record<string, string>>): Promise<Seen> {
    const { html } = await this.get(path);
    const token = /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? '';
    return this.#ask('POST', path, new URLSearchParams({ ...fields, _csrf: token }).toString());
  }

  async #ask(method: 'GET' | 'POST', url: string, body: string | null): Promise<Seen> {
    const answer = await this.#app.inject({
      method,
      url,
      headers: {
        host: this.#host,
        cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(body === null ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      ...(body === null ? {} : { payload: body }),
    });
    for (const { name, value, maxAge } of answer.cookies)
      if (value === '' || maxAge === 0) this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    return { status: answer.statusCode, location: answer.headers.location ?? '', html: answer.body };
  }
}
