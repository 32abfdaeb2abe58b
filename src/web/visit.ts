import type { ConformityState } from '#src/policy/accessibility.ts';
import type { Policy } from '#src/policy/schema.ts';
import type { Language, Voice } from '#src/texts/language.ts';

/** What every page knows of its request: no personal data, nothing of the dossier. */
export interface Visit {
  /** Path of the page, without query. */
  readonly path: string;
  readonly language: Language;
  /** The key of every catalogue of texts: the language, in the style of the policy. */
  readonly voice: Voice;
  /** Whether the person chose the high-contrast version. */
  readonly contrast: boolean;
  readonly csrfToken: string;
  readonly serviceName: string;
  readonly supportTelephone: string;
  readonly supportMailbox: string | null;
  /** The page where people can write, and the relay for those who do not hear. */
  readonly supportForm: string | null;
  readonly supportRelay: NonNullable<Policy['support']['relay']> | null;
  /** What the accessibility statement says. */
  readonly conformity: ConformityState;
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
export type Localised = Pick<Visit, 'voice'>;

/** What a page knows of its session. */
export interface SessionInVisit {
  readonly signedIn: boolean;
  readonly endsAt: Date;
}
