import type { Services } from '#src/services.ts';
import type { PageOptions } from '#src/web/layout.ts';
import type { Keeping } from '#src/web/offline-copies.ts';
import type { CookieChange, Sender } from '#src/web/page.ts';
import type { SessionInVisit, Visit } from '#src/web/visit.ts';

/** The services that the engine uses. */
export type WebContext = Pick<
  Services,
  'policy' | 'caisses' | 'keyring' | 'clock' | 'random' | 'events' | 'secure' | 'demo'
>;

/** A set of pages with one kind of visitors and one frame. `Session`: what the site knows about a recognised person. */
export interface Site<Session> {
  /** How visitors are recognised; null for a site without sessions. */
  readonly people: People<Session> | null;
  /** A site without sessions whose pages say all the same what a form has done. */
  readonly tellsNews?: true;
  /** The fallback for a person who cannot stay on their page. */
  readonly home: string;
  /** Builds the HTML document around the content of a page. */
  readonly frame: (visit: Visit, content: PageOptions) => string;
}

/** How a site recognises its visitors, and how its forms identify them. */
export interface People<Session> {
  /** Name of the cookie that carries a session. */
  readonly cookie: string;
  /** The session of a cookie; null when it has ended. */
  readonly find: (presented: PresentedCookie, now: Date) => Promise<Session | null>;
  /**
   * The session that the first submission of a repeated form led to: the one that it changed, or the one that it began
   * for the person it names.
   */
  readonly findAgain: (sent: SentAgain, now: Date) => Promise<Resumed<Session> | null>;
  /** The key by which forms identify a person. */
  readonly personOf: (session: Session) => Buffer;
  /** The keys by which forms may identify the person with a number. */
  readonly personsOf: (named: string) => readonly Buffer[];
  /** The person in a session cookie that an answer sets. */
  readonly personIn: (cookie: string) => Buffer | null;
  /** The person key in log lines about requests of this session. */
  readonly logged: (session: Session) => Buffer;
  readonly inVisit: (session: Session) => SessionInVisit;
  /** What a browser may keep of the pages of an account; asked on the pages that need a session, and on `entrance`. */
  readonly offline: {
    readonly entrance: string;
    readonly keeping: (sender: Sender, session: Session | null, now: Date) => Promise<Keeping>;
  };
  /** The page whose form ends a session. */
  readonly signOut: string;
  /** The page where the person of a session continues. */
  readonly placeOf: (session: Session) => string;
  /** Further cookies to remove when an answer, with these cookie changes, ends the session. */
  readonly leave: (sender: Sender, changes: readonly CookieChange[]) => Promise<readonly CookieChange[]>;
}

/** The cookie of a session, with a digest of its request (`requestDigest`). */
export interface PresentedCookie {
  readonly token: string;
  readonly request: () => Buffer;
}

export interface SentAgain {
  readonly presented: PresentedCookie | null;
  /** The number that the form names, if any. */
  readonly named: string | null;
  readonly once: Buffer;
}

export interface Resumed<Session> {
  readonly session: Session;
  readonly cookie: CookieChange;
}
