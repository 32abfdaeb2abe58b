import type { FranceConnectChoice, FranceConnectSettings } from '#src/config/franceconnect.ts';
import type { Secret } from '#src/crypto/secret.ts';
import type { ClamdAddress } from '#src/files/clamd.ts';

/** The configuration of a process. Holds no secret: it may be logged. */
export interface Config {
  /** `workshop`: one class of a workshop, which `src/workshop/` configures. */
  readonly mode: 'demo' | 'workshop' | 'production';
  /** The declared legal basis for processing NIRs; null in the demo. */
  readonly legalBasis: string | null;
  readonly web: {
    readonly host: string;
    readonly port: number;
    /** Without a final slash. In the demo with port 0 it is only right once the port is known. */
    readonly publicUrl: string;
    /** As Fastify's `trustProxy` takes it. */
    readonly trustProxy: string | false;
  };
  /** The operations listener. */
  readonly metrics: {
    readonly host: string;
    readonly port: number;
    /** Takes any free port when this one is taken. */
    readonly orFree: boolean;
    /** Names that the `Host` of a request may have, besides IP addresses, `localhost` and `host`. */
    readonly names: readonly string[];
  } | null;
  /** The sender’s API; null: off. */
  readonly depot: {
    readonly host: string;
    readonly port: number;
    readonly orFree: boolean;
    /** Without a final slash; null: `localhost` and the port. */
    readonly publicUrl: string | null;
  } | null;
  /** Whether programs may use the API. */
  readonly api: boolean;
  /** How to report a vulnerability; null: not said. */
  readonly securityReports: SecurityReports | null;
  /** Where spans are sent, and how many requests of a hundred are traced; null: no traces. */
  readonly traces: { readonly url: string; readonly percent: number } | null;
  readonly dataDir: string;
  readonly database: {
    readonly kind: 'embedded' | 'postgres';
    /** Of the embedded database; null for PostgreSQL. */
    readonly folder: string | null;
    readonly poolSize: number;
    /** The role that `compte migrate` grants the rights to serve; null: none but the owner. */
    readonly runtimeRole: string | null;
  };
  /** Preset name or path, for `loadPolicy`. */
  readonly policy: string;
  readonly hash: {
    readonly memoryKiB: number;
    readonly passes: number;
    readonly lanes: number;
    readonly maxWaitMs: number;
  };
  readonly mail: {
    readonly transport: 'tray' | 'smtp';
    readonly from: string;
    readonly fromName: string;
    /** For the domains of recipients that the policy names; null: as everybody. */
    readonly secondFrom: string | null;
    /** Where bounces go, each to an address made of this one; null: to `from`. */
    readonly bounceAddress: string | null;
    readonly dkim: { readonly domain: string; readonly selector: string } | null;
  };
  readonly franceConnect: FranceConnectChoice;
  readonly letters: {
    /** Whether codes are sent by post. */
    readonly sent: boolean;
    /** Lines of envelopes; empty where nothing is configured. */
    readonly returnAddress: readonly string[];
    readonly canaryTo: readonly string[];
  };
  /** The scanner for viruses; null: none. */
  readonly clamd: ClamdAddress | null;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  readonly logFormat: 'json' | 'text';
  /** How long a stopping process still answers, so that proxies see that it is not ready. */
  readonly drainSeconds: number;
  readonly shutdownSeconds: number;
  readonly workshop: {
    /** How long a class is kept after its end, in hours. */
    readonly keptHours: number;
  };
}

/** What security.txt says (RFC 9116). */
export interface SecurityReports {
  /** Addresses with their scheme, the preferred one first. */
  readonly contacts: readonly string[];
  readonly languages: readonly string[];
  readonly policy: string | null;
}

/** The SMS gateway, and the secrets with which both sides authenticate each other. */
export interface SmsGatewaySettings {
  readonly url: string;
  readonly token: string;
  readonly callbackSecret: string;
}

/** What must never be printed. */
export interface Secrets {
  readonly masterKeys: Secret<ReadonlyMap<number, Buffer>>;
  readonly peppers: Secret<ReadonlyMap<number, Buffer>>;
  /** Null: the embedded database. */
  readonly databaseUrl: Secret<string> | null;
  /** Null: the tray of the demo. */
  readonly smtpUrl: Secret<string> | null;
  /** Null: off, or the simulator of the demo. */
  readonly franceConnect: FranceConnectSettings | null;
  /** Null: the same server as the others. */
  readonly secondSmtpUrl: Secret<string> | null;
  /** PEM; null: mails leave unsigned. */
  readonly dkimKey: Secret<string> | null;
  /** What the receiver of traces asks for; null: nothing. */
  readonly tracesHeaders: Secret<Readonly<Record<string, string>>> | null;
  /** Null: no gateway, so no SMS is offered (the demo has a simulator). */
  readonly sms: Secret<SmsGatewaySettings> | null;
}

export type Decision =
  | { readonly ok: true; readonly config: Config; readonly secrets: Secrets }
  | { readonly ok: false; readonly problems: readonly string[] };
