import type { Environment } from '#src/serve/environment.ts';

export type PlayedApp = Pick<Parameters<Environment['registerPages']>[0], 'inject'>;

export interface Seen {
  readonly status: number;
  readonly location: string;
  readonly html: string;
}

/** Plays a person in the service itself: opens pages and sends their forms, as a browser without scripts does. */
export class PersonBrowser {
  readonly #appOf: (path: string) => PlayedApp;
  readonly #host: string;
  readonly #cookies: Map<string, string>;

  /** `appOf`: where an address is answered, since FranceConnect is another site. */
  constructor(appOf: (path: string) => PlayedApp, publicUrl: string, cookies: ReadonlyMap<string, string>) {
    this.#appOf = appOf;
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

  /** Sends the only form of that kind on a page, whose address it names itself. */
  send(action: string, fields: Readonly<Record<string, string>>): Promise<Seen> {
    return this.#ask('POST', action, new URLSearchParams(fields).toString());
  }

  /** Goes where answers lead, as long as `isOnTheWay` says so. */
  async follow(seen: Seen, isOnTheWay: (path: string) => boolean): Promise<Seen> {
    let here = seen;
    for (let hops = 0; hops < 8 && here.status === 303 && isOnTheWay(here.location); hops += 1)
      here = await this.get(here.location);
    return here;
  }

  async #ask(method: 'GET' | 'POST', url: string, body: string | null): Promise<Seen> {
    const answer = await this.#appOf(url).inject({
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
