import type { Client } from '#src/limits/client-address.ts';
import type { IssuedToken } from '#src/sessions/change-session.ts';
import type { Session } from '#src/sessions/session.ts';
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

/** One request for a page, as its handlers see it. */
export interface PageRequest {
  readonly visit: Visit;
  readonly session: Session | null;
  /** The browser still sends the cookie of a session that is over. */
  readonly sessionOver: boolean;
  readonly typed: Typed;
  /** The secret in the address of a link, empty elsewhere. */
  readonly token: string;
  /** The postal code last given to choose a caisse, empty when none was. */
  readonly postalCode: string;
  /** The parameters of the address. */
  readonly query: URLSearchParams;
  /** Secret that binds a journey to FranceConnect to this browser; empty before the first one. */
  readonly browser: string;
  /** By what this browser is known to the accounts that it has signed in to; empty when it has to none. */
  readonly device: string;
  /** Whom it comes from, as counters name it. */
  readonly client: Client;
  /** Aborted when the person has left before the answer. */
  /** A digest of this request with the secret of this browser’s forms: it finds what it opened when it is sent twice. */
  readonly once: Buffer;
  readonly signal: AbortSignal;
  readonly now: Date;
}

/** Why a form was refused: next to a field, or about the whole form (`field` null). */
export interface Problem {
  readonly field: string | null;
  readonly text: string;
  /** The element to go to, when it is not the field itself. */
  readonly target?: string;
}

export interface CookieChange {
  readonly name: 'session' | 'csrf' | 'caisse' | 'code-postal' | 'franceconnect' | 'appareil';
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
  readonly back?: string;
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

type Handled<T> = T | Promise<T>;

/** A page: one address, what it shows, what its form does. */
export interface Page {
  readonly path: string;
  /** Whether the person may be here; otherwise where they belong. */
  readonly guard?: (request: PageRequest) => Answer | null;
  /**
   * The page, empty or with what was typed and why it was refused; where to look, when there is only a form that
   * belongs to another page. Changes nothing.
   */
  readonly show?: (request: PageRequest, shown: Shown) => Handled<Answer>;
  /** Its form is about somebody whom the address names, whoever is signed in: the session is not looked up. */
  readonly sessionless?: true;
  /**
   * Whom its form names, by 13 characters of a NIR, where it begins or takes the place of a session; null when that cannot
   * be read, `nobody` where it may be sent without. Sent while a session is that person’s, it is theirs, even when it was
   * shown before.
   */
  readonly names?: (typed: Typed) => string | 'nobody' | null;
  /** What its form was filled with: when that has changed since, the form is shown again instead of undoing it. */
  readonly filledWith?: (session: Session) => string | Promise<string>;
  /** What the posted form does. */
  readonly submit?: (request: PageRequest) => Handled<Answer>;
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

/** Gives the browser the token of a session that began or changed. */
export function sessionCookie({ token: value, maxAgeSeconds }: IssuedToken): CookieChange {
  return { name: 'session', value, maxAgeSeconds };
}

/** Takes from the browser the cookie of a session that has ended. */
export const sessionOver: CookieChange = { name: 'session', value: null };
