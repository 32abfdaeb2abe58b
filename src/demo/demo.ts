import type { DemoClock } from '#src/demo/clock/clock.ts';
import type { LettersTray } from '#src/demo/trays/letters-tray.ts';
import type { MailTray } from '#src/demo/trays/mail-tray.ts';
import type { SmsTray } from '#src/demo/trays/sms-tray.ts';
import type { Unread } from '#src/demo/trays/unread.ts';
import type { DemoPerson } from '#src/fictitious/demo-register.ts';
import type { Session } from '#src/sessions/session.ts';
import type { Site, WebContext } from '#src/web/site.ts';

/** What the demo's pages show. */
export interface Demo {
  readonly people: readonly DemoPerson[];
  readonly mails: Pick<MailTray, 'list' | 'find'>;
  readonly sms: Pick<SmsTray, 'list'>;
  readonly letters: Pick<LettersTray, 'list' | 'file'>;
  readonly unread: Readonly<Record<'email' | 'sms' | 'letter', Unread>>;
  readonly clock: DemoClock;
  /** Address of the simulator of FranceConnect, null when there is none. */
  readonly simulatorUrl: string | null;
  readonly context: WebContext;
  /** How people are recognised who are signed in to the service; null: nobody is. */
  readonly visitors: Site<Session>['people'];
  /** Runs at once what has become due. */
  readonly onClockMoved: () => Promise<void>;
}

export const demoPaths = {
  index: '/demo',
  people: '/demo/personnes',
  mails: '/demo/courriels',
  sms: '/demo/sms',
  letters: '/demo/courriers',
  clock: '/demo/horloge',
  components: '/demo/composants',
  states: '/demo/composants.css',
} as const;
