import type { Sender } from '#src/web/page.ts';

/** The visitor of a page, as known before the page runs. `Session`: what the site knows about a recognised person. */
export interface Visitor<Session> {
  readonly session: Session | null;
  /** The value of the path parameter `:name`; empty where the path has none. */
  readonly parameter: (name: string) => string;
  /** The query parameters of the address. */
  readonly query: URLSearchParams;
  readonly sender: Sender;
}

/** The decision about a visitor: admitted, with what the page may rely on; redirected; or asked to wait. */
export type Admission<Who extends object> =
  | { readonly kind: 'admitted'; readonly who: Who }
  | { readonly kind: 'elsewhere'; readonly to: string }
  /** The service is too busy for new visitors. */
  | { readonly kind: 'busy' };

/**
 * Who may open a page and send its form: one row of a site’s table of conditions. The engine evaluates it before the
 * page runs, the documentation prints it, and a test checks it against the application.
 */
export interface Access<Session, Who extends object> {
  readonly name: string;
  /** Who is admitted, in words. */
  readonly admits: string;
  /** Where everybody else is redirected, in words; null where no one is. */
  readonly redirects: string | null;
  /** Somebody without a session is sent away: it is over, or was not begun. */
  readonly needsSession?: true;
  /**
   * No session is looked up: its pages are about the person whom their address or a code identifies, or about nobody, and
   * look the same to everybody who opens them.
   */
  readonly ignoresSession?: true;
  /** Decides, without side effects or queries. */
  readonly judge: (visitor: Visitor<Session>) => Admission<Who>;
}

export function admitted<Who extends object>(who: Who): Admission<Who> {
  return { kind: 'admitted', who };
}

export function elsewhere(to: string): Admission<never> {
  return { kind: 'elsewhere', to };
}
