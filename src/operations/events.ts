import type { Log, LogLevel } from '#src/log/log.ts';
import type { knownOutcomes } from '#src/operations/event-outcomes.ts';
import type { Metrics } from '#src/operations/metrics.ts';

export interface EventSinks {
  readonly log: Log;
  readonly metrics: Pick<
    Metrics,
    'countEvent' | 'countStep' | 'countSpread' | 'countDeposits' | 'countUnnamed' | 'observeRequest'
  >;
}

/** The outcome of a form: next page, shown again, refused, or not judged because of a limit. */
export const stepOutcomes = ['passed', 'shown', 'refused', 'blocked', 'busy', 'stale'] as const;
export type StepOutcome = (typeof stepOutcomes)[number];

/** What was overloaded or missing. */
export type ShedReason = (typeof knownOutcomes.shed)[number];

/**
 * The request that an event is about; `person`: the person key of its session, when there is one; `sender`: the code of
 * who signed it in to deposit.
 */
export interface RequestRef {
  readonly requestId: string;
  readonly route: string;
  readonly person?: Buffer | null;
  readonly sender?: string | undefined;
}

/** A notice as operators see it: its id in `compte notices`, its person, kind and channel, and the number of tries. */
export interface NoticeRef {
  readonly id: string;
  readonly person: Buffer;
  readonly kind: string;
  readonly channel: string;
  readonly tries?: number;
}

export interface DepositsJudged {
  readonly requestId: string;
  readonly sender: string;
  readonly kind: string;
  readonly outcome: 'accepted' | 'repeated' | 'refused';
  readonly reason: string | null;
  readonly count: number;
}

/** A pattern that only an attack or a defect causes: one client failing for many people, or many clients for one. */
export type Spread = 'many-people' | 'many-clients';

/**
 * One function for each event that operators watch: one log line and one count. None throws, none takes personal
 * data. What happens to a person's case is recorded in the audit trail, with the change itself.
 */
export interface Events {
  requestServed(request: RequestRef & { method: string; status: number; ms: number }): void;
  /** A request was answered with a 500: `error` is the cause. */
  requestFailed(request: RequestRef, error: unknown): void;
  /** The form of a page was answered. */
  stepAnswered(route: string, outcome: StepOutcome, person: Buffer | null, requestId?: string): void;
  /** A request was refused because the service is overloaded; `error`: that of the database. */
  shed(reason: ShedReason, request?: RequestRef, error?: unknown): void;
  /** A request that could not be read: invalid request line or headers, or too slow. */
  unreadable(reason: string): void;
  /**
   * A delivery was attempted, or its result was reported later: `reason` is a class (`smtp-550`, `timeout` …), `detail` an
   * enhanced status or a system error code; never the text of the server.
   */
  noticeSettled(
    delivery: { readonly state: string; readonly reason?: string; readonly detail?: string },
    notice?: NoticeRef,
  ): void;
  /** A readiness check starts to fail (`error`: the cause, when known), or passes again. */
  checkChanged(check: string, holds: boolean, error?: unknown): void;
  /** An idle connection to the database was cut. */
  connectionLost(error: unknown): void;
  /** The identity provider failed: `reason` as in the audit trail. */
  providerFailed(reason: string, error?: unknown): void;
  /** Work outside requests failed: a queued job, a duty, a delivery, or a periodic task of the process. */
  failed(
    what: 'jobFailed' | 'dutyFailed' | 'deliveryFailed' | 'backgroundFailed',
    about: { readonly job: string; readonly noticeId?: string | undefined },
    error: unknown,
  ): void;
  /** Failures of one kind spread as in an attack: reported once an hour for one client or one person. */
  attemptsSpread(kind: string, spread: Spread, person: Buffer | null): void;
  /** Deposits of one kind in one request had the same outcome; `reason`: the code of a refusal. */
  depositsJudged(deposits: DepositsJudged): void;
  /** A request without `X-Forwarded-For`: all of these count as one client. `logged`: also write a line, now and then. */
  clientUnnamed(logged: boolean): void;
}

/** The first 8 hexadecimal digits of the person key: enough to follow one person through the log. */
export function personRef(person: Buffer): string {
  return person.toString('hex', 0, 4);
}

export function openEvents({ log, metrics }: EventSinks): Events {
  function report(
    level: Exclude<LogLevel, 'silent'>,
    count: () => void,
    fields: Record<string, unknown>,
  ): void {
    try {
      count();
      log[level](fields);
    } catch {
      // A failure to report an event must not undo what happened.
    }
  }
  return {
    requestServed: ({ requestId, route, method, status, ms, person, sender }) =>
      report(
        status >= 500 ? 'error' : 'info',
        () => metrics.observeRequest({ method, route, status, seconds: ms / 1_000 }),
        { event: 'requestServed', requestId, route, method, status, ms, sender, ...personField(person) },
      ),
    requestFailed: ({ person, ...request }, error) =>
      report('error', () => metrics.countEvent('requestFailed', 'broken'), {
        event: 'requestFailed',
        ...request,
        ...personField(person),
        error,
      }),
    stepAnswered: (route, outcome, person, requestId) =>
      report('info', () => metrics.countStep(route, outcome), {
        event: 'stepAnswered',
        requestId,
        route,
        state: outcome,
        ...personField(person),
      }),
    shed: (reason, { person, ...request } = { requestId: '', route: '' }, error) =>
      report('warn', () => metrics.countEvent('shed', reason), {
        event: 'shed',
        reason,
        ...request,
        ...personField(person),
        error,
      }),
    unreadable: (reason) =>
      report('debug', () => metrics.countEvent('unreadable', reason), { event: 'unreadable', reason }),
    attemptsSpread: (kind, spread, person) =>
      report('warn', () => metrics.countSpread(kind, spread), {
        event: 'attemptsSpread',
        kind,
        reason: spread,
        ...personField(spread === 'many-clients' ? person : null),
      }),
    depositsJudged: ({ sender, kind, outcome, count, reason, requestId }) =>
      report('info', () => metrics.countDeposits({ sender, kind, outcome, count }), {
        event: 'depositsJudged',
        requestId,
        sender,
        kind,
        state: outcome,
        reason,
        count,
      }),
    clientUnnamed: (logged) =>
      report('error', () => metrics.countUnnamed(), {
        ...(logged
          ? {
              event: 'clientUnnamed',
              text: 'Requests arrive from this machine or a proxy without X-Forwarded-For: all count as one client',
            }
          : {}),
      }),
    noticeSettled: ({ state, reason, detail }, notice) =>
      report(levelOf(state, reason), () => metrics.countEvent('noticeSettled', state), {
        event: 'noticeSettled',
        state,
        reason,
        detail,
        ...(notice ? noticeFields(notice) : {}),
      }),
    checkChanged: (check, holds, error) =>
      report(holds ? 'info' : 'warn', () => {}, {
        event: 'checkChanged',
        check,
        state: holds ? 'ok' : 'failing',
        error,
      }),
    connectionLost: (error) =>
      report('warn', () => metrics.countEvent('connectionLost', 'database'), {
        event: 'connectionLost',
        error,
      }),
    providerFailed: (reason, error) =>
      report('warn', () => metrics.countEvent('providerFailed', reason), {
        event: 'providerFailed',
        reason,
        error,
      }),
    failed: (what, { job, noticeId }, error) =>
      report('error', () => metrics.countEvent(what, job), { event: what, job, noticeId, error }),
  };
}

function personField(person: Buffer | null | undefined): Record<string, unknown> {
  return person ? { personRef: personRef(person) } : {};
}

function noticeFields({ id, person, kind, channel, tries }: NoticeRef): Record<string, unknown> {
  return { noticeId: id, kind, channel, tries, ...personField(person) };
}

/** A dead letter needs an operator: an error. */
function levelOf(state: string, reason = ''): 'info' | 'warn' | 'error' {
  if (state === 'handed-over' || state === 'delivered' || state === 'skipped') return 'info';
  return reason.startsWith('gave-up-') ? 'error' : 'warn';
}
