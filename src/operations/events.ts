import type { Log, LogLevel } from '#src/operations/log.ts';
import type { Metrics } from '#src/operations/metrics.ts';

export interface EventSinks {
  readonly log: Log;
  readonly metrics: Pick<Metrics, 'countEvent' | 'countStep' | 'observeRequest'>;
}

/** How a form was answered: on to another page, shown again, refused, or not judged because of a limit. */
export type StepOutcome = 'passed' | 'shown' | 'refused' | 'blocked' | 'busy' | 'stale';

/**
 * One function for each thing that operators watch: one log line and one count. None throws, none takes personal
 * data. What happened to a person's case is in the audit trail, written with the change itself.
 */
export interface Events {
  requestServed(request: {
    requestId: string;
    method: string;
    route: string;
    status: number;
    ms: number;
  }): void;
  /** The form of a page was answered; `person` is the person key of the session, when there is one. */
  stepAnswered(route: string, outcome: StepOutcome, person: Buffer | null): void;
  /** A request was refused because the service has too much to do. */
  shed(reason: 'passwords' | 'event-loop' | 'database' | 'flood'): void;
  /** A notice was tried: `reason` is a class (`smtp-550`, `timeout` …), never the server's words. */
  noticeSettled(notice: { state: string; reason?: string }): void;
}

/** The first 8 hexadecimal digits of the person key: enough to follow somebody through the log. */
export function personRef(person: Buffer): string {
  return person.toString('hex', 0, 4);
}

export function openEvents({ log, metrics }: EventSinks): Events {
  function tell(
    level: Exclude<LogLevel, 'silent'>,
    count: () => void,
    fields: Record<string, unknown>,
  ): void {
    try {
      count();
      log[level](fields);
    } catch {
      // What cannot be told must not break what happened.
    }
  }
  return {
    requestServed: ({ ms, ...request }) =>
      tell(
        request.status >= 500 ? 'error' : 'info',
        () => metrics.observeRequest({ ...request, seconds: ms / 1_000 }),
        { event: 'requestServed', ...request, ms },
      ),
    stepAnswered: (route, outcome, person) =>
      tell('debug', () => metrics.countStep(route, outcome), {
        event: 'stepAnswered',
        route,
        state: outcome,
        ...(person ? { personRef: personRef(person) } : {}),
      }),
    shed: (reason) => tell('warn', () => metrics.countEvent('shed', reason), { event: 'shed', reason }),
    noticeSettled: ({ state, reason }) =>
      tell(levelOf(state, reason), () => metrics.countEvent('noticeSettled', state), {
        event: 'noticeSettled',
        state,
        reason,
      }),
  };
}

/** A dead letter is for somebody to look at. */
function levelOf(state: string, reason = ''): 'info' | 'warn' | 'error' {
  if (state === 'handed-over') return 'info';
  return reason.startsWith('gave-up-') ? 'error' : 'warn';
}
