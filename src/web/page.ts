import { clean } from '#src/texts/clean.ts';
import type { Child, Html } from '#src/web/html.ts';
import type { Visit } from '#src/web/visit.ts';

/** The fields of a posted form, as text; `filled`: those that the page fills itself, already as they are shown. */
export class Typed {
  readonly #fields: ReadonlyMap<string, string>;
  readonly #filled: boolean;
  constructor(fields: ReadonlyMap<string, string> = new Map(), { filled = false } = {}) {
    this.#fields = fields;
    this.#filled = filled;
  }
  /** What was typed in a field, cleaned; empty when it was not sent. */
  text(name: string): string {
    const text = this.#fields.get(name) ?? '';
    return this.#filled ? text : clean(text);
  }
  /** A password: every character counts, spaces at both ends too; only accents are composed (NFC), as when it is hashed. */
  secret(name: string): string {
    return (this.#fields.get(name) ?? '').toWellFormed().normalize('NFC');
  }
  has(name: string): boolean {
    return this.#fields.has(name);
  }
  /** The same but for one field, as if it had been left empty. */
  without(name: string): Typed {
    const left = [...this.#fields].filter(([field]) => field !== name);
    return new Typed(new Map(left), { filled: this.#filled });
  }
}

/** Nothing was typed yet. */
export const nothingTyped = new Typed();

/** The browser and the connection that a request comes from, for the pages that need to know them. */
export interface Sender {
  /** Its address; how counters name it is for `clientOf` to say. */
  readonly ip: string;
  /** What a cookie of ours holds; empty when the browser sends none. */
  readonly cookie: (name: string) => string;
  /** A digest of this request with the secret of this browser’s forms: it finds what it opened when it is sent twice. */
  readonly once: () => Buffer;
}

/** What every page knows of the request that it answers, whoever sends it. */
export interface RequestFacts {
  readonly visit: Visit;
  /** The browser still sends the cookie of a session that is over. */
  readonly sessionOver: boolean;
  readonly typed: Typed;
  /** The parameters of the address. */
  readonly query: URLSearchParams;
  readonly sender: Sender;
  /** Aborted when the person has left before the answer. */
  readonly signal: AbortSignal;
  readonly now: Date;
}

/** One request for a page, as its handlers see it. `Who`: what its access grants, the session for instance. */
export type PageRequest<Who extends object = object> = RequestFacts & Who;

/** Why a form was refused: next to a field, or about the whole form (`field` null). */
export interface Problem {
  readonly field: string | null;
  readonly text: string;
  /** The element to go to, when it is not the field itself. */
  readonly target?: string;
}

export interface CookieChange {
  readonly name: string;
  /** null removes it. */
  readonly value: string | null;
  readonly maxAgeSeconds?: number;
}

export interface PageAnswer {
  readonly kind: 'page';
  readonly title: string;
  readonly body: Child;
  /** 200 unless told. */
  readonly status?: number;
  /** Where «Retour» leads, with words of its own where they say more. */
  readonly back?: string | { readonly href: string; readonly text: string };
  /** For tables: as wide as the frame rather than as a line of text. */
  readonly wide?: true;
  readonly retryAfterSeconds?: number;
  readonly cookies?: readonly CookieChange[];
}

export type Answer =
  | PageAnswer
  | { readonly kind: 'redirect'; readonly to: string; readonly cookies?: readonly CookieChange[] }
  /**
   * Another request of this session was faster, and changed it: the same request sent twice goes on with the session of
   * the first, any other one goes where this says.
   */
  | { readonly kind: 'overtaken'; readonly to: string }
  /** An answer of another shape: a page already complete. */
  | {
      readonly kind: 'document';
      readonly status: number;
      readonly document: string;
      readonly retryAfterSeconds?: number;
    };

export interface Shown {
  readonly typed: Typed;
  readonly problems: readonly Problem[];
  /** Set when the form could not be judged: what stands above it. */
  readonly banner?: Html;
}

export function redirect(
  to: string,
  ...cookies: readonly CookieChange[]
): Extract<Answer, { kind: 'redirect' }> {
  return { kind: 'redirect', to, cookies };
}

/** The same answer with more cookies; a document carries none. */
export function withCookies(answer: Answer, cookies: readonly CookieChange[]): Answer {
  if (answer.kind === 'document' || answer.kind === 'overtaken') return answer;
  return { ...answer, cookies: [...(answer.cookies ?? []), ...cookies] };
}
