import type { DemoClock } from '#src/demo/clock/clock.ts';
import type { LettersTray } from '#src/demo/trays/letters-tray.ts';
import type { MailTray } from '#src/demo/trays/mail-tray.ts';
import type { SmsTray } from '#src/demo/trays/sms-tray.ts';
import type { DemoPerson } from '#src/fictitious/demo-register.ts';
import type { WebContext } from '#src/web/site.ts';

/** What the demo's pages show. */
export interface Demo {
  readonly people: readonly DemoPerson[];
  readonly mails: Pick<MailTray, 'list' | 'find'>;
  readonly sms: Pick<SmsTray, 'list'>;
  readonly letters: Pick<LettersTray, 'list' | 'pdf'>;
  readonly clock: DemoClock;
  /** Address of the simulator of FranceConnect, null when there is none. */
  readonly simulatorUrl: string | null;
  readonly context: WebContext;
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
