import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';

/** What is typed or chosen, by the label of its field: a text; true to tick a box or to choose one of a few. */
export type Answers = Readonly<Record<string, string | true>>;

interface Sent {
  readonly method: 'GET' | 'POST';
  readonly body?: URLSearchParams;
  /** The site whose page sends it, if not this one. */
  readonly origin?: string | undefined;
}

interface Arrived {
  readonly url: URL;
  readonly status: number;
  readonly body: Buffer;
}

interface ReaderOptions {
  readonly jar?: Map<string, string>;
  readonly isOver?: () => boolean;
}

/** How long somebody waits for a site that cannot be reached, or for the end of a break. */
const patienceMs = 60_000;

interface PageRead {
  readonly url: URL;
  readonly status: number;
  readonly html: string;
}

interface Control {
  readonly kind: string;
  readonly name: string;
  readonly value: string;
  readonly label: string;
  readonly isSet: boolean;
  /** Where a button sends its form, if not where the form says. */
  readonly action: string;
}

interface FormRead {
  readonly action: string;
  readonly method: string;
  readonly controls: readonly Control[];
  readonly buttons: readonly Control[];
}

/**
 * Somebody who reads pages in a browser without JavaScript, and knows nothing else: what is written there, links by their
 * words, fields by their labels, buttons by what they say. Goes where answers lead; a page that says that it renews itself
 * is waited for.
 */
export class Reader {
  readonly #jar: Map<string, string>;
  #page: PageRead;
  #before: PageRead[] = [];
  /** Breaks of the class that this person has seen; they wait for its end, and ask again for the page that they wanted. */
  breaks = 0;

  /** Nobody waits for a site once this says so. */
  readonly #isOver: () => boolean;

  constructor(origin: string, { jar = new Map<string, string>(), isOver = () => false }: ReaderOptions = {}) {
    this.#jar = jar;
    this.#isOver = isOver;
    this.#page = { url: new URL(origin), status: 0, html: '' };
  }

  /** Another tab of the same browser, at the same page. */
  tab(): Reader {
    const other = new Reader(this.#page.url.origin, { jar: this.#jar, isOver: this.#isOver });
    other.#page = this.#page;
    return other;
  }

  /** The cookies of this browser, for somebody who steals them. */
  get cookies(): ReadonlyMap<string, string> {
    return this.#jar;
  }

  get status(): number {
    return this.#page.status;
  }

  get path(): string {
    return this.#page.url.pathname;
  }

  get html(): string {
    return this.#page.html;
  }

  get heading(): string {
    return wordsOf(/<h1[^>]*>([\s\S]*?)<\/h1>/.exec(this.#page.html)?.[1] ?? '');
  }

  /** All that can be read on the page. */
  get words(): string {
    return wordsOf(this.#page.html.slice(this.#page.html.indexOf('<body')));
  }

  /** What a list of facts says under a name. */
  fact(name: string): string {
    for (const [, key = '', value = ''] of this.#page.html.matchAll(
      /<dt[^>]*>([\s\S]*?)<\/dt>\s*<dd[^>]*>([\s\S]*?)<\/dd>/g,
    ))
      if (wordsOf(key) === name) return wordsOf(value);
    throw new Error(`${name} is not on «${this.heading}»`);
  }

  /** The page has these words somewhere. */
  sees(words: string | RegExp): boolean {
    return typeof words === 'string' ? this.words.includes(words) : words.test(this.words);
  }

  reads(...all: readonly (string | RegExp)[]): void {
    for (const words of all)
      assert.ok(this.sees(words), `«${words}» is not on ${this.#page.status} ${this.path}: ${this.words}`);
  }

  open(path: string): Promise<void> {
    return this.#go(new URL(path, this.#page.url), { method: 'GET' });
  }

  reload(): Promise<void> {
    return this.#go(this.#page.url, { method: 'GET' });
  }

  /** The back button: the page of before as it was, without asking for it. */
  back(): void {
    const page = this.#before.pop();
    assert.ok(page);
    this.#page = page;
  }

  /** The address of a link, as it is copied from the page. */
  link(words: string | RegExp): string | null {
    for (const [, attributes = '', content = ''] of this.#page.html.matchAll(
      /<a\b([^>]*)>([\s\S]*?)<\/a>/g,
    )) {
      const said = wordsOf(content);
      if (typeof words === 'string' ? said === words : words.test(said)) return attribute(attributes, 'href');
    }
    return null;
  }

  async follow(words: string | RegExp): Promise<void> {
    const to = this.link(words);
    assert.ok(to !== null, `no link «${words}» on ${this.#page.status} ${this.path}: ${this.words}`);
    await this.open(to);
  }

  /** What a link gives that is no page: a letter, a paper. */
  async file(words: string | RegExp): Promise<Buffer> {
    const to = this.link(words);
    assert.ok(to !== null, `no link «${words}» on ${this.path}: ${this.words}`);
    const { status, body } = await this.#arrive(new URL(to, this.#page.url), { method: 'GET' });
    assert.equal(status, 200, to);
    return body;
  }

  /** Fills the form of a button and presses it; `times`: 2 for a double click. */
  async press(button: string | RegExp, answers: Answers = {}, times = 1): Promise<void> {
    const { form, sent, action } = this.#formOf(button, answers);
    const url = new URL(action || this.#page.url.href, this.#page.url);
    if (form.method === 'get') {
      url.search = sent.toString();
      return this.#go(url, { method: 'GET' });
    }
    const all = Array.from({ length: times - 1 }, () => this.tab().#go(url, { method: 'POST', body: sent }));
    await Promise.all([...all, this.#go(url, { method: 'POST', body: sent })]);
  }

  /** Sends what no page offers, as a program does that cheats. */
  forge(path: string, fields: Readonly<Record<string, string>>, origin?: string): Promise<void> {
    const body = new URLSearchParams(fields);
    return this.#go(new URL(path, this.#page.url), { method: 'POST', body, origin });
  }

  has(button: string | RegExp): boolean {
    return formsOf(this.#page.html).some(({ buttons }) => buttons.some(({ label }) => isSaid(label, button)));
  }

  #formOf(button: string | RegExp, answers: Answers) {
    const labels = Object.keys(answers);
    const forms = formsOf(this.#page.html).filter(({ buttons }) =>
      buttons.some(({ label }) => isSaid(label, button)),
    );
    const form = forms.find(({ controls }) =>
      labels.every((label) => controls.some((one) => isLabel(one, label))),
    );
    const seen = forms.flatMap(({ controls }) => controls.map(({ label }) => label)).join(' | ');
    assert.ok(
      form,
      `no form «${labels}» with «${button}» on ${this.#page.status} ${this.path} (${seen}): ${this.words}`,
    );
    const pressed = form.buttons.find(({ label }) => isSaid(label, button));
    const sent = new URLSearchParams();
    for (const control of form.controls) {
      const answer = Object.entries(answers).find(([label]) => isLabel(control, label))?.[1];
      const isChosen = control.kind === 'radio' || control.kind === 'checkbox';
      const rival = form.controls.some(
        (one) =>
          control.kind === 'radio' &&
          one !== control &&
          one.name === control.name &&
          labels.some((label) => isLabel(one, label)),
      );
      if (!isChosen) sent.append(control.name, typeof answer === 'string' ? answer : control.value);
      else if (answer === true || (control.isSet && !rival)) sent.append(control.name, control.value);
    }
    if (pressed && pressed.name !== '') sent.append(pressed.name, pressed.value);
    return { form, sent, action: pressed?.action || form.action };
  }

  #headers(): Record<string, string> {
    const cookie = [...this.#jar].map(([name, value]) => `${name}=${value}`).join('; ');
    return { connection: 'close', ...(cookie === '' ? {} : { cookie }) };
  }

  async #go(to: URL, how: Sent): Promise<void> {
    if (this.#page.status !== 0) this.#before.push(this.#page);
    const { url, status, body } = await this.#arrive(to, how);
    this.#page = { url, status, html: body.toString('utf8') };
  }

  /** Where somebody ends up who waits while a class opens or has a break, and reloads while the site cannot be reached. */
  async #arrive(to: URL, how: Sent): Promise<Arrived> {
    let url = to;
    let wanted = to;
    let sent = how;
    const until = performance.now() + patienceMs;
    for (let hops = 0; hops < 20 && performance.now() < until && !this.#isOver(); ) {
      const answer = await this.#ask(url, sent);
      // What was sent is sent again.
      if (answer === null) {
        await wait(200);
        continue;
      }
      const { status, body, location } = answer;
      const isBreak = body.includes('>La classe fait une pause</h1>');
      if (!isBreak && location !== '/atelier') wanted = location === null ? url : new URL(location, url);
      sent = { method: 'GET' };
      if (status === 503 && answer.comesAgain) await wait(200);
      else if (isBreak) {
        this.breaks += 1;
        url = wanted;
        hops = 0;
        await wait(200);
      } else if (location === null) return { url, status, body };
      else {
        url = new URL(location, url);
        hops += 1;
      }
    }
    throw new Error(`${to.pathname} leads nowhere: ${url.pathname}`);
  }

  async #ask(url: URL, { method, body: form, origin = url.origin }: Sent) {
    const headers = {
      ...this.#headers(),
      'sec-fetch-dest': 'document',
      'sec-fetch-site': 'same-origin',
      ...(method === 'POST' ? { origin } : {}),
    };
    const answer = await fetch(url, { method, body: form ?? null, redirect: 'manual', headers }).catch(
      () => null,
    );
    const body = await answer?.arrayBuffer().catch(() => null);
    if (!answer || !body) return null;
    for (const line of answer.headers.getSetCookie()) this.#keep(line);
    return {
      status: answer.status,
      body: Buffer.from(body),
      location: answer.headers.get('location'),
      comesAgain: answer.headers.has('retry-after'),
    };
  }

  #keep(line: string): void {
    const [pair = ''] = line.split(';');
    const name = pair.slice(0, pair.indexOf('='));
    const value = pair.slice(name.length + 1);
    if (value === '' || /max-age=0/i.test(line)) this.#jar.delete(name);
    else this.#jar.set(name, value);
  }
}

/** Markup as somebody reads it. */
function wordsOf(html: string): string {
  return unescaped(
    html
      .replace(/<(script|style|svg)\b[\s\S]*?<\/\1>/g, ' ')
      .replace(/<[^>]+>/g, ' ')
      .replace(/[\s\u00a0\u202f]+/g, ' '),
  ).trim();
}

function unescaped(text: string): string {
  const named: Readonly<Record<string, string>> = {
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    nbsp: ' ',
    '#39': "'",
  };
  return text.replace(/&(#?\w+);/g, (whole, name: string) => named[name] ?? whole);
}

function attribute(attributes: string, name: string): string {
  return unescaped(new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes)?.[1] ?? '');
}

function isSaid(said: string, words: string | RegExp): boolean {
  return typeof words === 'string' ? said === words : words.test(said);
}

/** A label with its star, or with what it says in brackets, is still that label. */
function isLabel({ kind, label }: Control, words: string): boolean {
  return kind !== 'hidden' && (label === words || label.startsWith(`${words} `));
}

function formsOf(html: string): readonly FormRead[] {
  const labels = new Map(
    [...html.matchAll(/<label\b([^>]*)>([\s\S]*?)<\/label>/g)].map(([, attributes = '', content = '']) => [
      attribute(attributes, 'for'),
      wordsOf(content),
    ]),
  );
  return [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(([, attributes = '', inside = '']) => {
    const id = attribute(attributes, 'id');
    const outside = [...html.matchAll(/<button\b[^>]*\sform="([^"]+)"[^>]*>[\s\S]*?<\/button>/g)];
    const body = inside + outside.flatMap(([whole, of]) => (of === id ? [whole] : [])).join('');
    const all = [...body.matchAll(/<(input|select|textarea|button)\b([^>]*)>(?:([\s\S]*?)<\/\1>)?/g)].map(
      ([, tag = '', given = '', content = '']): Control => {
        const kind = tag === 'input' ? attribute(given, 'type') || 'text' : tag;
        const chosen = /<option\b([^>]*\sselected[^>]*)>/.exec(content) ?? /<option\b([^>]*)>/.exec(content);
        const inside = tag === 'textarea' ? unescaped(content) : attribute(chosen?.[1] ?? '', 'value');
        return {
          kind,
          name: attribute(given, 'name'),
          value: tag === 'select' || tag === 'textarea' ? inside : attribute(given, 'value'),
          label: tag === 'button' ? wordsOf(content) : (labels.get(attribute(given, 'id')) ?? ''),
          isSet: /\schecked(?=[\s>=]|$)/.test(given),
          action: attribute(given, 'formaction'),
        };
      },
    );
    return {
      action: attribute(attributes, 'action'),
      method: attribute(attributes, 'method') || 'get',
      controls: all.filter(({ kind, name }) => kind !== 'button' && kind !== 'submit' && name !== ''),
      buttons: all.filter(({ kind }) => kind === 'button' || kind === 'submit'),
    };
  });
}
