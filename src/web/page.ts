import type { Readable } from 'node:stream';
import { clean, cleanPassword } from '#src/texts/clean.ts';
import type { Done, Reason } from '#src/texts/done-texts.ts';
import type { Language } from '#src/texts/language.ts';
import type { Child, Html } from '#src/web/html.ts';
import type { Visit } from '#src/web/visit.ts';

/** The fields of a posted form, as text; `filled`: filled by the page itself, already formatted. */
export class Typed {
  readonly #fields: ReadonlyMap<string, string>;
  readonly #filled: boolean;
  constructor(fields: ReadonlyMap<string, string> = new Map(), { filled = false } = {}) {
    this.#fields = fields;
    this.#filled = filled;
  }
  /** The text of a field, cleaned; empty when it was not sent. */
  text(name: string): string {
    const text = this.#fields.get(name) ?? '';
    return this.#filled ? text : clean(text);
  }
  /** The text of a field of several lines, each cleaned: no more than one empty line together, none at either end. */
  lines(name: string): string {
    const lines = (this.#fields.get(name) ?? '').split(/\r\n|\r|\n/).map(clean);
    return lines
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim();
  }
  /** The values of a field of which several may be chosen. */
  list(name: string): readonly string[] {
    return this.text(name).split(',').filter(Boolean);
  }
  /** A password, without what pasting adds around it. */
  secret(name: string): string {
    return cleanPassword(this.#fields.get(name) ?? '');
  }
  /** The fields as they were sent. */
  entries(): readonly (readonly [name: string, value: string])[] {
    return [...this.#fields];
  }
  has(name: string): boolean {
    return this.#fields.has(name);
  }
  /** The same fields, some of them with another text. */
  with(changes: Readonly<Record<string, string>>): Typed {
    return new Typed(new Map([...this.#fields, ...Object.entries(changes)]), { filled: this.#filled });
  }
  /** The same fields with one removed, as if it had been left empty. */
  without(name: string): Typed {
    const left = [...this.#fields].filter(([field]) => field !== name);
    return new Typed(new Map(left), { filled: this.#filled });
  }
}

/** Nothing was typed yet. */
export const nothingTyped = new Typed();

/** The browser and the connection of a request, for the pages that need them. */
export interface Sender {
  /** The IP address; `clientOf` derives the key of the counters from it. */
  readonly ip: string;
  /** What the browser says it is; empty when it says nothing. */
  readonly userAgent: string;
  /** The value of one of our cookies; empty when the browser does not send it. */
  cookie(name: string): string;
  /** A digest of this request and the secret of this browser’s forms, by which a repeated request is recognised. */
  once(): Buffer;
  /** A signal that is aborted when the client disconnects before the answer. */
  leaving(): AbortSignal;
}

/** A file of a form, as it comes. */
export interface IncomingFile {
  /** The field of the form. */
  readonly field: string;
  /** As the browser names it, or whatever somebody wrote there. */
  readonly name: string;
  /** At most 10 MB of it: to be read to its end. */
  readonly content: AsyncIterable<Buffer>;
  /** Whether it was longer, once it is read. */
  readonly isCut: () => boolean;
}

/** What every page knows of its request, regardless of the visitor. */
export interface RequestFacts {
  readonly visit: Visit;
  /** Whether the browser sends the cookie of a session that has ended. */
  readonly sessionOver: boolean;
  readonly typed: Typed;
  /** The query parameters of the address. */
  readonly query: URLSearchParams;
  /** The value of the path parameter `:name`; empty where the path has none. */
  readonly parameter: (name: string) => string;
  readonly sender: Sender;
  readonly now: Date;
}

/** One request for a page, as its handlers see it. `Who`: what its access grants, the session for instance. */
export type PageRequest<Who extends object = object> = RequestFacts & Who;

/** A reason for refusing a form: about one field, or about the whole form (`field` null). */
export interface Problem {
  readonly field: string | null;
  readonly text: string;
  /** The element that the error summary links to, when it is not the field itself. */
  readonly target?: string;
  /** Nothing that was typed is wrong: the service cannot do what was asked, now or any more. */
  readonly ours?: true;
}

export interface CookieChange {
  readonly name: string;
  /** null removes it. */
  readonly value: string | null;
  readonly maxAgeSeconds?: number;
}

/** What helps with the page without being its content: a side column on wide screens, below the content on others. */
export interface Beside {
  /** The name of the region. */
  readonly label: string;
  readonly content: Child;
}

export interface PageAnswer {
  readonly kind: 'page';
  readonly title: string;
  readonly body: Child;
  /** 200 by default. */
  readonly status?: number;
  /** Where «Retour» leads, optionally with another text. */
  readonly back?: string | { readonly href: string; readonly text: string };
  /** For tables: as wide as the frame rather than as a line of text. */
  readonly wide?: true;
  readonly beside?: Beside;
  readonly retryAfterSeconds?: number;
  /** The language of a page that a whole room reads, whatever the one who opens it prefers. */
  readonly language?: Language;
  readonly cookies?: readonly CookieChange[];
  /** The fields that were refused. */
  readonly refused?: readonly string[];
  /** Without scripts, the page is asked for again after so many seconds: for one on which nothing is typed. */
  readonly refreshSeconds?: number;
  /** What a GET form asked for: kept when the language or the contrast of the page is changed. */
  readonly asked?: URLSearchParams;
}

/** A file to save: never shown in the browser, whatever it contains. */
export interface FileAnswer {
  readonly kind: 'file';
  readonly type: string;
  /** ASCII letters, digits, `.` and `-`; it says nothing about anybody. */
  readonly name: string;
  readonly content: Buffer | Readable;
  /** How many bytes a stream gives. */
  readonly bytes?: number;
}

export type Answer =
  | PageAnswer
  | FileAnswer
  /** Nothing is here: the page of every unknown address. */
  | { readonly kind: 'missing' }
  | {
      readonly kind: 'redirect';
      readonly to: string;
      readonly cookies?: readonly CookieChange[];
      /** What the next page says was done, once. */
      readonly done?: Done;
      /** Why the person is there, which the next page says once. */
      readonly because?: Reason;
    }
  /**
   * Another request has changed first what this one is about, and nothing was stored. A repeated request continues with the
   * session of the first one; any other is redirected to `to`, which says so.
   */
  | { readonly kind: 'overtaken'; readonly to: string }
  /** A complete HTML document. */
  | {
      readonly kind: 'document';
      readonly status: number;
      readonly document: string;
      readonly retryAfterSeconds?: number;
    };

export interface Shown {
  readonly typed: Typed;
  readonly problems: readonly Problem[];
  /** A banner above the form, when it could not be judged. */
  readonly banner?: Html;
}

export function redirect(
  to: string,
  ...cookies: readonly CookieChange[]
): Extract<Answer, { kind: 'redirect' }> {
  return { kind: 'redirect', to, cookies };
}

/** A redirection after a change: the next page says, once, what was done. */
export function redirectDone(
  done: Done,
  to: string,
  ...cookies: readonly CookieChange[]
): Extract<Answer, { kind: 'redirect' }> {
  return { kind: 'redirect', to, cookies, done };
}

/** A redirection that nobody asked for: the next page says, once, why. */
export function redirectBecause(because: Reason, to: string): Extract<Answer, { kind: 'redirect' }> {
  return { kind: 'redirect', to, because };
}

/** The same answer with more cookies; a document sets none. */
export function withCookies(answer: Answer, cookies: readonly CookieChange[]): Answer {
  if (answer.kind !== 'page' && answer.kind !== 'redirect') return answer;
  return { ...answer, cookies: [...(answer.cookies ?? []), ...cookies] };
}
