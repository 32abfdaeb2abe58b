import type { FastifyInstance } from 'fastify';
import type { SmsGatewaySettings } from '#src/config/config.ts';
import type { FranceConnectSettings } from '#src/config/franceconnect.ts';
import type { InstallationIdentity } from '#src/installation/identity.ts';
import type { Every } from '#src/serve/background.ts';
import type { DemoHints, Services } from '#src/services.ts';
import type { Clock } from '#src/time/clock.ts';

/**
 * Everything around the service that a demo simulates and production takes from its configuration. Several can be
 * open in one process, each for a service of its own: they share nothing.
 */
export interface Environment {
  readonly clock: Clock;
  readonly transports: TransportAddresses;
  /** FranceConnect, or the provider that stands in for it; null: signing in through it is not offered. */
  readonly identityProvider: FranceConnectSettings | null;
  /** The allowance that all requests without a client address share, in clients. */
  readonly unnamedShare: number;
  /** Requests are refused while the event loop is later than so many milliseconds; `Infinity`: they rather wait. */
  readonly lateMs: number;
  /** Other programs that it has started and that a person may open in a browser. */
  readonly alsoOpen: readonly Companion[];
  /** What it adds to every page; null: nothing. */
  readonly hints: DemoHints | null;
  /** Whether no other process delivers, and the mail server is on this machine. */
  readonly deliversAlone: boolean;
  /** Whether a request may name this host. */
  isOurHost(host: string): boolean;
  /** Prepares the database for the service; called again until the database answers. */
  prepare(services: Services, identity: InstallationIdentity): Promise<void>;
  /** Adds pages of its own to the site. */
  registerPages(app: FastifyInstance, services: Services): void;
  /** Makes the site reachable; answers its public address, without a final slash. */
  reach(app: FastifyInstance): Promise<string>;
  /** Starts the tasks of this environment in the worker, besides those of the worker itself. */
  startWork(work: EnvironmentWork): void;
  close(): Promise<void>;
}

export interface Companion {
  readonly name: string;
  readonly url: string;
}

/** Where messages are handed over. */
export interface TransportAddresses {
  /** Null: there is no mail server, and a worker refuses to start. */
  readonly smtpUrl: string | null;
  /** For the second sender; null: the same server. */
  readonly secondSmtpUrl: string | null;
  /** Null: SMS are not offered. */
  readonly sms: SmsGatewaySettings | null;
}

/** What a worker gives the tasks of its environment. */
export interface EnvironmentWork {
  readonly services: Services;
  readonly publicUrl: string;
  readonly every: Every;
  /** Runs all duties now, due or not. */
  runHousekeeping(): Promise<void>;
}
