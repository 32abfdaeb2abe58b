import type { Log, LogLevel } from '#src/log/log.ts';
import type { knownOutcomes } from '#src/operations/event-outcomes.ts';
import type { Metrics } from '#src/operations/metrics.ts';

export interface EventSinks {
  readonly log: Log;
  readonly metrics: Pick<
    Metrics,
    'countEvent' | 'countStep' | 'countSpread' | 'countUnnamed' | 'observeRequest'
  >;
}

/** How a form was answered: on to another page, shown again, refused, or not judged because of a limit. */
export const stepOutcomes = ['passed', 'shown', 'refused', 'blocked', 'busy', 'stale'] as const;
export type StepOutcome = (typeof stepOutcomes)[number];

/** What there was too much of, or none. */
export type ShedReason = (typeof knownOutcomes.shed)[number];

/** The request that an event is about; `person`: the person key of its session, when there is one. */
export interface RequestRef {
  readonly requestId: string;
  readonly route: string;
  readonly person?: Buffer | null;
}

/** A notice as operators see it: which one (`compte notices`), whose, of what sort, after how many tries. */
export interface NoticeRef {
  readonly id: string;
  readonly person: Buffer;
  readonly kind: string;
  readonly channel: string;
  readonly tries?: number;
}

/** What only an attack, or a mistake of ours, does: failures about many people from one client, or of one from many. */
export type Spread = 'many-people' | 'many-clients';

/**
 * One function for each thing that operators watch: one log line and one count. None throws, none takes personal
 * data. What happened to a person's case is in the audit trail, written with the change itself.
 */
export interface Events {
  requestServed(request: RequestRef & { method: string; status: number; ms: number }): void;
  /** An answer could not be made: `error` is what broke. */
  requestFailed(request: RequestRef, error: unknown): void;
  /** The form of a page was answered. */
  stepAnswered(route: string, outcome: StepOutcome, person: Buffer | null, requestId?: string): void;
  /** A request was refused because the service has too much to do; `error`: what the database said. */
  shed(reason: ShedReason, request?: RequestRef, error?: unknown): void;
  /** A request never became one: its line or headers cannot be read, or it took too long. */
  unreadable(reason: string): void;
  /**
   * A notice was tried, or its fate was told later: `reason` is a class (`smtp-550`, `timeout` …), `detail` an
   * enhanced status or a code of the system; never the server's words.
   */
  noticeSettled(
    told: { readonly state: string; readonly reason?: string; readonly detail?: string },
    notice?: NoticeRef,
  ): void;
  /** A check of readiness begins to fail (`error`: why, where it is known), or holds again. */
  checkChanged(check: string, holds: boolean, error?: unknown): void;
  /** A connection to the database was cut while nobody asked anything by it. */
  connectionLost(error: unknown): void;
  /** FranceConnect, or what stands in for it, did not work: `reason` as in the audit trail. */
  providerFailed(reason: string, error?: unknown): void;
  /** What runs beside requests failed: a job of a queue, a duty, one delivery, or what a process does on its own. */
  failed(
    what: 'jobFailed' | 'dutyFailed' | 'deliveryFailed' | 'backgroundFailed',
    about: { readonly job: string; readonly noticeId?: string | undefined },
    error: unknown,
  ): void;
  /** Failures of a kind spread as no visitor spreads them: told once an hour for one client or one person. */
  attemptsSpread(kind: string, spread: Spread, person: Buffer | null): void;
  /** A request that does not say whom it comes from: all of them are one client. `told`: now and then, in the log. */
  clientUnnamed(told: boolean): void;
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
    requestServed: ({ ms, person, ...request }) =>
      tell(
        request.status >= 500 ? 'error' : 'info',
        () => metrics.observeRequest({ ...request, seconds: ms / 1_000 }),
        { event: 'requestServed', ...request, ms, ...whose(person) },
      ),
    requestFailed: ({ person, ...request }, error) =>
      tell('error', () => metrics.countEvent('requestFailed', 'broken'), {
        event: 'requestFailed',
        ...request,
        ...whose(person),
        error,
      }),
    stepAnswered: (route, outcome, person, requestId) =>
      tell('info', () => metrics.countStep(route, outcome), {
        event: 'stepAnswered',
        requestId,
        route,
        state: outcome,
        ...whose(person),
      }),
    shed: (reason, { person, ...request } = { requestId: '', route: '' }, error) =>
      tell('warn', () => metrics.countEvent('shed', reason), {
        event: 'shed',
        reason,
        ...request,
        ...whose(person),
        error,
      }),
    unreadable: (reason) =>
      tell('debug', () => metrics.countEvent('unreadable', reason), { event: 'unreadable', reason }),
    attemptsSpread: (kind, spread, person) =>
      tell('warn', () => metrics.countSpread(kind, spread), {
        event: 'attemptsSpread',
        kind,
        reason: spread,
        ...whose(spread === 'many-clients' ? person : null),
      }),
    clientUnnamed: (told) =>
      tell('error', () => metrics.countUnnamed(), {
        ...(told
          ? {
              event: 'clientUnnamed',
              text: 'Requests come from this machine or a proxy without X-Forwarded-For: all of them count as one client',
            }
          : {}),
      }),
    noticeSettled: ({ state, reason, detail }, notice) =>
      tell(levelOf(state, reason), () => metrics.countEvent('noticeSettled', state), {
        event: 'noticeSettled',
        state,
        reason,
        detail,
        ...(notice ? noticeFields(notice) : {}),
      }),
    checkChanged: (check, holds, error) =>
      tell(holds ? 'info' : 'warn', () => {}, {
        event: 'checkChanged',
        check,
        state: holds ? 'ok' : 'failing',
        error,
      }),
    connectionLost: (error) =>
      tell('warn', () => metrics.countEvent('connectionLost', 'database'), {
        event: 'connectionLost',
        error,
      }),
    providerFailed: (reason, error) =>
      tell('warn', () => metrics.countEvent('providerFailed', reason), {
        event: 'providerFailed',
        reason,
        error,
      }),
    failed: (what, { job, noticeId }, error) =>
      tell('error', () => metrics.countEvent(what, job), { event: what, job, noticeId, error }),
  };
}

function whose(person: Buffer | null | undefined): Record<string, unknown> {
  return person ? { personRef: personRef(person) } : {};
}

function noticeFields({ id, person, kind, channel, tries }: NoticeRef): Record<string, unknown> {
  return { noticeId: id, kind, channel, tries, ...whose(person) };
}

/** A dead letter is for somebody to look at. */
function levelOf(state: string, reason = ''): 'info' | 'warn' | 'error' {
  if (state === 'handed-over' || state === 'delivered' || state === 'skipped') return 'info';
  return reason.startsWith('gave-up-') ? 'error' : 'warn';
}
