import type { Log, LogLevel } from '#src/operations/log.ts';
import type { Metrics } from '#src/operations/metrics.ts';

export interface EventSinks {
  readonly log: Log;
  readonly metrics: Pick<Metrics, 'countEvent' | 'countStep' | 'observeRequest'>;
}

/** Somebody of whom only the person key is known; null when nobody was recognised. */
type Person = Buffer | null;
/** A reason code of ours, such as `unknown` or `wrong-password`: a closed list, never what was typed. */
type Reason = string;

/**
 * One function for each thing that happens: one log line and one count. None throws, none takes personal data.
 * They tell operators what goes on; the audit trail is another thing, written with the change itself.
 */
export interface Events {
  requestServed(request: {
    requestId: string;
    method: string;
    route: string;
    status: number;
    ms: number;
  }): void;
  /** A page of the journey was passed (`outcome` `passed`) or answered with its errors. */
  stepAnswered(step: string, outcome: 'passed' | 'refused', person: Person): void;
  identityRefused(person: Person, reason: Reason): void;
  proofRefused(person: Person, reason: Reason): void;
  termsRefused(person: Person): void;
  passwordRefused(person: Person, reason: Reason): void;
  accountCreated(person: Person, route: string): void;
  /** Somebody asked for an account or an address that is taken; the page says nothing of it. */
  alreadyTaken(person: Person, what: 'person' | 'address'): void;
  emailConfirmed(person: Person, by: 'link' | 'code'): void;
  confirmationRefused(person: Person, reason: Reason): void;
  confirmationResent(person: Person): void;
  accountExpired(person: Person): void;
  signedIn(person: Person): void;
  signInFailed(person: Person, reason: Reason): void;
  signedOut(person: Person): void;
  /** A limit was reached: further attempts are refused for a while. */
  blocked(person: Person, kind: string): void;
  /** A request was refused because the service has too much to do. */
  shed(reason: 'passwords' | 'event-loop' | 'database' | 'flood'): void;
  noticeSettled(notice: {
    person: Person;
    channel: string;
    kind: string;
    state: string;
    tries: number;
  }): void;
}

/** The first 8 hexadecimal digits of the person key: enough to follow somebody through the log. */
export function personRef(person: Buffer): string {
  return person.toString('hex', 0, 4);
}

export function openEvents({ log, metrics }: EventSinks): Events {
  function tell(
    level: Exclude<LogLevel, 'silent'>,
    event: string,
    {
      outcome = 'done',
      person = null,
      ...fields
    }: { outcome?: string; person?: Person } & Record<string, unknown>,
  ): void {
    try {
      metrics.countEvent(event, outcome);
      log[level]({ event, ...(person ? { personRef: personRef(person) } : {}), ...fields });
    } catch {
      // What cannot be told must not break what happened.
    }
  }
  const refusal = (event: string) => (person: Person, reason: Reason) =>
    tell('info', event, { outcome: reason, person, reason });
  const fact = (event: string) => (person: Person) => tell('info', event, { person });

  return {
    requestServed({ ms, ...request }) {
      try {
        metrics.observeRequest({ ...request, seconds: ms / 1_000 });
        log[request.status >= 500 ? 'error' : 'info']({ event: 'requestServed', ...request, ms });
      } catch {
        // As above.
      }
    },
    stepAnswered(step, outcome, person) {
      try {
        metrics.countStep(step, outcome);
        log.debug({
          event: 'stepAnswered',
          step,
          state: outcome,
          ...(person ? { personRef: personRef(person) } : {}),
        });
      } catch {
        // As above.
      }
    },
    identityRefused: refusal('identityRefused'),
    proofRefused: refusal('proofRefused'),
    termsRefused: fact('termsRefused'),
    passwordRefused: refusal('passwordRefused'),
    accountCreated: (person, route) =>
      tell('info', 'accountCreated', { outcome: route, person, kind: route }),
    alreadyTaken: refusal('alreadyTaken'),
    emailConfirmed: (person, by) => tell('info', 'emailConfirmed', { outcome: by, person, kind: by }),
    confirmationRefused: refusal('confirmationRefused'),
    confirmationResent: fact('confirmationResent'),
    accountExpired: fact('accountExpired'),
    signedIn: fact('signedIn'),
    signInFailed: refusal('signInFailed'),
    signedOut: fact('signedOut'),
    blocked: (person, kind) => tell('warn', 'blocked', { outcome: kind, person, kind }),
    shed: (reason) => tell('warn', 'shed', { outcome: reason, reason }),
    noticeSettled: ({ state, ...notice }) =>
      tell(state === 'handed-over' ? 'info' : 'warn', 'noticeSettled', { outcome: state, state, ...notice }),
  };
}
