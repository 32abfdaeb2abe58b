import type { Services } from '#src/services.ts';
import type { PageOptions } from '#src/web/layout.ts';
import type { CookieChange, Sender } from '#src/web/page.ts';
import type { SessionInVisit, Visit } from '#src/web/visit.ts';

/** What the engine needs of what the service is made of. */
export type WebContext = Pick<
  Services,
  'policy' | 'caisses' | 'keyring' | 'clock' | 'random' | 'events' | 'secure' | 'demo'
>;

/** Pages that one kind of people visits, in one frame. `Session`: what the site knows of somebody it recognises. */
export interface Site<Session> {
  /** How its people are recognised; null where nobody is. */
  readonly people: People<Session> | null;
  /** Where somebody goes on who cannot stay where they are. */
  readonly home: string;
  /** A whole document around what a page shows. */
  readonly frame: (visit: Visit, content: PageOptions) => string;
}

/** How a site recognises its people, and what the forms of its pages remember of them. */
export interface People<Session> {
  /** Name of the cookie that carries a session. */
  readonly cookie: string;
  /** The session of a cookie; null when it is over. */
  readonly find: (presented: PresentedCookie, now: Date) => Promise<Session | null>;
  /**
   * Where a form that was sent twice led the first time: to the session that it changed, or to the one that it opened for
   * whom it names.
   */
  readonly findAgain: (sent: SentAgain, now: Date) => Promise<Resumed<Session> | null>;
  /** As logs and forms know somebody. */
  readonly personOf: (session: Session) => Buffer;
  /** Who has the number that a form names, as forms would remember them. */
  readonly personsOf: (named: string) => readonly Buffer[];
  /** Whose session a cookie carries that an answer sets. */
  readonly personIn: (cookie: string) => Buffer | null;
  /** Whom log lines about a request of this session name. */
  readonly logged: (session: Session) => Buffer;
  readonly inVisit: (session: Session) => SessionInVisit;
  /** The page whose form ends a session. */
  readonly signOut: string;
  /** Where somebody with a session goes on. */
  readonly placeOf: (session: Session) => string;
  /** What else a browser gives up when an answer, with these changes of cookies, ends its session. */
  readonly leave: (
    sender: Sender,
    now: Date,
    changes: readonly CookieChange[],
  ) => Promise<readonly CookieChange[]>;
}

/** The cookie of a session, with a digest of what it came with (`requestDigest`). */
export interface PresentedCookie {
  readonly token: string;
  readonly request: Buffer;
}

export interface SentAgain {
  readonly presented: PresentedCookie | null;
  /** Whom the form names, where it does. */
  readonly named: string | null;
  readonly once: Buffer;
}

export interface Resumed<Session> {
  readonly session: Session;
  readonly cookie: CookieChange;
}
