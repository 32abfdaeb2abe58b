import type { Policy } from '#src/policy/schema.ts';
import type { Language } from '#src/texts/language.ts';

/** What every page knows of its request: no personal data, nothing of the dossier. */
export interface Visit {
  /** Path of the page, without query. */
  readonly path: string;
  readonly language: Language;
  /** Whether the person chose the high-contrast version. */
  readonly contrast: boolean;
  readonly csrfToken: string;
  readonly serviceName: string;
  readonly supportTelephone: string;
  readonly supportMailbox: string | null;
  /** Which variants of the texts the pages show. */
  readonly wording: Policy['wording'];
  readonly passwordWord: Policy['password']['word'];
  readonly caisse: { readonly code: string; readonly name: string } | null;
  readonly signedIn: boolean;
  readonly sessionEndsAt: Date | null;
  /** How long before the end of the session the person is warned. */
  readonly warningSeconds: number;
  readonly demo: boolean;
  readonly now: Date;
}

/** What a component needs of a visit. */
export type Localised = Pick<Visit, 'language'>;

/** What a page knows of its session. */
export interface SessionInVisit {
  readonly signedIn: boolean;
  readonly endsAt: Date;
}
