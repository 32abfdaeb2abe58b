import type { Sender } from '#src/web/page.ts';

/** Who asks for a page, as far as it is known before anything is shown. `Session`: what the site knows of its people. */
export interface Visitor<Session> {
  readonly session: Session | null;
  /** What the address holds in the place of `:name`; empty where it has no such part. */
  readonly parameter: (name: string) => string;
  /** The parameters of the address. */
  readonly query: URLSearchParams;
  readonly sender: Sender;
}

/** What becomes of a visitor: admitted, with what the page may rely on; sent to where they belong; or asked to wait. */
export type Admission<Who extends object> =
  | { readonly kind: 'admitted'; readonly who: Who }
  | { readonly kind: 'elsewhere'; readonly to: string }
  /** The service is too busy to let anybody new begin. */
  | { readonly kind: 'busy' };

/**
 * Who may open a page and send its form: one row of a site’s table of conditions. The engine evaluates it before the
 * page is asked anything, the documentation prints it, and a test tries it against the application.
 */
export interface Access<Session, Who extends object> {
  readonly name: string;
  /** Who is admitted, in words. */
  readonly admits: string;
  /** Where everybody else is sent, in words; null where nobody is sent away. */
  readonly others: string | null;
  /** Its forms act for the person whom their address or a code names: no session is looked up for them. */
  readonly formsIgnoreSession?: true;
  /** Decides; changes nothing and asks no database. */
  readonly judge: (visitor: Visitor<Session>) => Admission<Who>;
}

export function admitted<Who extends object>(who: Who): Admission<Who> {
  return { kind: 'admitted', who };
}

export function elsewhere(to: string): Admission<never> {
  return { kind: 'elsewhere', to };
}
