import type { Delivering } from '#src/delivery/delivering.ts';
import type { HandOver } from '#src/delivery/transport.ts';
import type { Jobs } from '#src/jobs/jobs.ts';
import type { OpenIdProvider } from '#src/oidc/provider.ts';
import { statementName } from '#src/traces/statement-name.ts';
import type { SpanAbout, Traces } from '#src/traces/traces.ts';

type Transports = Pick<Delivering, 'transport' | 'secondTransport' | 'sms'>;

/** The parts of a service that report what they do. Loaded with the traces alone. */
export interface Traced {
  /** A statement that has just been answered, by its name. */
  statement(text: string, ms: number, error: unknown): void;
  /** Each job becomes a span. */
  jobs(jobs: Jobs): Jobs;
  /** Runs one duty within a span. */
  duty<T>(name: string, run: () => Promise<T>): Promise<T>;
  /** What leaves by mail and SMS, and how it went. */
  transports<Given extends Transports>(given: Given): Given;
  /** What is asked of an OpenID provider. */
  provider<Identity>(provider: OpenIdProvider<Identity>): OpenIdProvider<Identity>;
}

export function tracedBy(traces: Traces): Traced {
  const sending = <Args extends readonly unknown[]>(
    name: string,
    send: (...args: Args) => Promise<HandOver>,
  ) => {
    return async (...args: Args): Promise<HandOver> => {
      const span = traces.beginWithin({ name, kind: 'client', attributes: {} });
      const outcome = await span.run(() => send(...args));
      const attributes = {
        'compte.outcome': outcome.state,
        ...(outcome.state === 'handed-over' ? {} : { 'error.type': outcome.reason }),
      };
      span.end({ attributes, failed: outcome.state !== 'handed-over' });
      return outcome;
    };
  };
  return {
    statement(text, ms, error) {
      const name = statementName(text);
      const attributes = { 'db.system.name': 'postgresql', 'db.query.summary': name };
      traces.note({ name, kind: 'client', attributes }, ms, error);
    },
    jobs: (jobs) => ({
      ...jobs,
      work: (name, handler, options) => {
        const about: SpanAbout = {
          name: `job ${name}`,
          kind: 'consumer',
          attributes: { 'compte.job': name },
        };
        return jobs.work(name, (data) => traces.within(about, () => handler(data)), options);
      },
    }),
    duty: (name, run) =>
      traces.within({ name: `duty ${name}`, kind: 'internal', attributes: { 'compte.duty': name } }, run),
    transports(given) {
      const { transport, secondTransport, sms } = given;
      return {
        ...given,
        transport: { send: sending('mail', (mail) => transport.send(mail)) },
        secondTransport: secondTransport && {
          send: sending('mail, second server', (mail) => secondTransport.send(mail)),
        },
        sms: sms && { send: sending('sms', (one, now) => sms.send(one, now)) },
      };
    },
    provider(provider) {
      const asking = <T>(what: string, ask: () => Promise<T>): Promise<T> =>
        traces.within({ name: `openid ${what}`, kind: 'client', attributes: {} }, ask);
      return {
        ...provider,
        authorization: (secrets) => asking('authorization', () => provider.authorization(secrets)),
        complete: (callback, secrets) => asking('complete', () => provider.complete(callback, secrets)),
        endSession: (logout) => asking('end session', () => provider.endSession(logout)),
      };
    },
  };
}
