/** What came back over the wire. */
export interface Received {
  readonly status: number;
  readonly location: string | null;
  readonly html: string;
  readonly headers: Headers;
}

/** A browser without JavaScript at the end of a real connection: keeps cookies, sends forms, follows nothing. */
export class Browser {
  readonly #origin: string;
  readonly #cookies: Map<string, string>;
  #csrf = '';

  constructor(origin: string, cookies: Readonly<Record<string, string>> = {}) {
    this.#origin = origin;
    this.#cookies = new Map(Object.entries(cookies));
  }

  /** Empty where there is none. */
  cookie(name: string): string {
    return this.#cookies.get(name) ?? '';
  }

  get(path: string): Promise<Received> {
    return this.#ask(path, {});
  }

  /** What lies at an address, as it came: a PDF. */
  async file(path: string): Promise<Buffer> {
    const answer = await fetch(new URL(path, this.#origin), { headers: this.#headers() });
    return Buffer.from(await answer.arrayBuffer());
  }

  #headers(): Record<string, string> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return { connection: 'close', ...(cookie ? { cookie } : {}) };
  }

  /** Sends a form with the `_csrf` of the page that was seen last, or another. */
  post(
    path: string,
    fields: Readonly<Record<string, string>> = {},
    { csrf = this.#csrf, headers = {} }: { csrf?: string; headers?: Readonly<Record<string, string>> } = {},
  ): Promise<Received> {
    const body = new URLSearchParams({ ...fields, _csrf: csrf });
    return this.#ask(path, { method: 'POST', body, headers });
  }

  /** What a program sends with the cookies of this browser; null: nothing, by GET. */
  json(path: string, body: object | null, headers: Readonly<Record<string, string>> = {}): Promise<Received> {
    const sent =
      body === null
        ? { headers }
        : {
            method: 'POST',
            body: JSON.stringify(body),
            headers: { ...headers, 'content-type': 'application/json' },
          };
    return this.#ask(path, sent);
  }

  /** Rejects when the connection is refused or breaks before the whole answer is there. */
  async #ask(
    path: string,
    init: Omit<RequestInit, 'headers'> & { readonly headers?: Readonly<Record<string, string>> },
  ): Promise<Received> {
    const answer = await fetch(new URL(path, this.#origin), {
      ...init,
      redirect: 'manual',
      headers: { ...this.#headers(), ...init.headers },
    });
    const html = await answer.text();
    for (const line of answer.headers.getSetCookie()) this.#keep(line);
    this.#csrf = /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? this.#csrf;
    return { status: answer.status, location: answer.headers.get('location'), html, headers: answer.headers };
  }

  #keep(line: string): void {
    const [pair = ''] = line.split(';');
    const name = pair.slice(0, pair.indexOf('='));
    const value = pair.slice(name.length + 1);
    if (value === '' || /max-age=0/i.test(line)) this.#cookies.delete(name);
    else this.#cookies.set(name, value);
  }
}
