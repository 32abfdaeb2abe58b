/** What came back over the wire. */
export interface Received {
  readonly status: number;
  readonly location: string | null;
  readonly html: string;
}

/** A browser without JavaScript at the end of a real connection: keeps cookies, sends forms, follows nothing. */
export class Browser {
  readonly #origin: string;
  readonly #cookies = new Map<string, string>();
  #csrf = '';

  constructor(origin: string) {
    this.#origin = origin;
  }

  get(path: string): Promise<Received> {
    return this.#ask(path, {});
  }

  /** Sends a form with the `_csrf` of the page that was seen last. */
  post(path: string, fields: Readonly<Record<string, string>> = {}): Promise<Received> {
    const body = new URLSearchParams({ ...fields, _csrf: this.#csrf });
    return this.#ask(path, { method: 'POST', body });
  }

  /** Rejects when the connection is refused or breaks before the whole answer is there. */
  async #ask(path: string, init: RequestInit): Promise<Received> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(new URL(path, this.#origin), {
      ...init,
      redirect: 'manual',
      headers: { connection: 'close', ...(cookie ? { cookie } : {}) },
    });
    const html = await answer.text();
    for (const line of answer.headers.getSetCookie()) this.#keep(line);
    this.#csrf = /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? this.#csrf;
    return { status: answer.status, location: answer.headers.get('location'), html };
  }

  #keep(line: string): void {
    const [pair = ''] = line.split(';');
    const name = pair.slice(0, pair.indexOf('='));
    const value = pair.slice(name.length + 1);
    if (value === '' || /max-age=0/i.test(line)) this.#cookies.delete(name);
    else this.#cookies.set(name, value);
  }
}
