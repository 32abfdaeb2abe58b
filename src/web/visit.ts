import type { ConformityState } from '#src/policy/accessibility.ts';
import type { Policy } from '#src/policy/schema.ts';
import type { DemoHints, DemoPaper } from '#src/services.ts';
import { type Language, type Voice, voiceOf } from '#src/texts/language.ts';

/** What every page knows of its request: no personal data, nothing of the dossier. */
export interface Visit {
  /** Path of the page, without query. */
  readonly path: string;
  readonly language: Language;
  /** The key of every catalogue of texts: the language, in the style of the policy. */
  readonly voice: Voice;
  /** Whether the person chose the high-contrast version. */
  readonly contrast: boolean;
  /** The token of its forms: made, with its cookie, by the first form that asks. */
  readonly csrfToken: () => string;
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
  /** Whether the browser keeps the page, to be read without a network: it has no form then, and no session. */
  readonly isCopy: boolean;
  readonly signedIn: boolean;
  readonly sessionEndsAt: Date | null;
  /** What else the page says about the end of its session; null without one. */
  readonly sessionEnding: SessionEnding | null;
  /** How long before the end of the session the person is warned. */
  readonly warningSeconds: number;
  /** The demo’s trays, and the person whom the visitor plays, if any; null outside a demo. */
  readonly demo: DemoInVisit | null;
  readonly now: Date;
}

export interface DemoInVisit {
  readonly kind: DemoHints['kind'];
  readonly home: string;
  readonly trays: ReturnType<DemoHints['trays']>;
  /** Where they read why what they have done is right; null in a demo. */
  readonly praise: string | null;
  readonly person: string | null;
  /** What stands on the papers of this person; empty in a demo. */
  readonly papers: readonly DemoPaper[];
}

/** The same visit for a page that everybody reads in one language. */
export function inLanguage(visit: Visit, language: Language): Visit {
  return { ...visit, language, voice: voiceOf(language, visit.wording.style) };
}

/** What a component needs of a visit. */
export type Localised = Pick<Visit, 'voice'>;

/** How a session ends. */
export interface SessionEnding {
  /** The end that nothing puts off. */
  readonly lastAt: Date;
  /** How the person goes on after the end: begins again, signs in, or opens the page that waits for them. */
  readonly afterwards: { readonly kind: 'begin-again' | 'sign-in' | 'continue'; readonly path: string };
  /** Whether the page contains nothing about anybody: it stays as it is after the end. */
  readonly isPublic: boolean;
  /** Whether what is written on the page is kept beyond the end. */
  readonly keepsDraft: boolean;
}

/** What a page knows of its session. */
export interface SessionInVisit extends Pick<SessionEnding, 'lastAt' | 'afterwards'> {
  readonly signedIn: boolean;
  readonly endsAt: Date;
}
