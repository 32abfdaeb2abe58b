import { createTransport, type SendMailOptions } from 'nodemailer';
import { systemCode } from '#src/delivery/system-code.ts';
import { bounceAddress } from '#src/delivery/ticket.ts';
import type { DeferralReason, DeliveryRefusal } from '#src/notices/reasons.ts';
import type { Language } from '#src/texts/language.ts';

export interface Mail {
  /** Id of the notice: the Message-ID is derived from it, so that a copy is recognised as one. */
  readonly id: string;
  /** Identifies the notice to servers: a bounce comes back to an address that contains it. */
  readonly ticket: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly language: Language;
  readonly sentAt: Date;
  /** Page for unsubscribing from mails of this kind; null for service mails, which have no unsubscription. */
  readonly unsubscribe: string | null;
}

/**
 * The outcome of one attempt. A deferred message may be tried again, a refused one never. `detail`, for the log: the
 * enhanced status (`5.7.1`), or the system error of a failed connection (`ECONNREFUSED`).
 */
export type HandOver =
  | { readonly state: 'handed-over' }
  | { readonly state: 'refused'; readonly reason: DeliveryRefusal; readonly detail?: string }
  /** `notBefore`: the earliest retry that the server accepts. */
  | {
      readonly state: 'deferred';
      readonly reason: DeferralReason;
      readonly detail?: string;
      readonly notBefore?: Date;
    };

export interface MailTransport {
  send(mail: Mail): Promise<HandOver>;
  close(): void;
}

export interface TransportSettings {
  /** `smtps://user:password@host:465` or `smtp://host:587`; STARTTLS is required unless the host is this machine. */
  readonly smtpUrl: string;
  readonly from: string;
  readonly fromName: string;
  readonly publicUrl: string;
  /** As many as a worker takes mails at a time (`worker.ts`), so that one that hangs holds up no other. */
  readonly connections?: number;
  /** Bounces go to addresses derived from this one; null: to `from`. */
  readonly bounceAddress?: string | null;
  /** RFC 6376; `key` in PEM. */
  readonly dkim?: { readonly domain: string; readonly selector: string; readonly key: string } | null;
  /** For tests: how long the server may stay silent, and how long a mail may take in all. */
  readonly silenceMs?: number;
  readonly mostMs?: number;
}

/** How long a server that gave no answer about a mail has to greet, to be held for well. */
const greetingMs = 5_000;

/** Headers that the DKIM signature covers: those that providers check, and those that must not be added on the way. */
const signedHeaders =
  'From:To:Subject:Date:Message-ID:MIME-Version:Content-Type:Content-Language:List-Unsubscribe:List-Unsubscribe-Post';

/**
 * Opens a pool of SMTP connections; nothing is connected before the first mail.
 *
 * A connection is closed after 30 seconds of silence; a server that answers slowly has a minute for each mail, then
 * its connection is cut. One that gives no answer is then asked to greet: if it does, the trouble is about this mail, which
 * alone waits.
 */
export function openMailTransport(settings: TransportSettings): MailTransport {
  const { dkim, silenceMs = 30_000, mostMs = 60_000 } = settings;
  const host = new URL(settings.publicUrl).hostname;
  const options = {
    pool: true,
    ...smtpServer(settings.smtpUrl),
    maxConnections: settings.connections ?? 20,
    // One retry on a fresh connection, for one that was idle too long; other failures are retried by the job.
    maxRequeues: 1,
    connectionTimeout: silenceMs,
    greetingTimeout: silenceMs,
    socketTimeout: silenceMs,
    dnsTimeout: silenceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(dkim
      ? {
          dkim: {
            domainName: dkim.domain,
            keySelector: dkim.selector,
            privateKey: dkim.key,
            headerFieldNames: signedHeaders,
          },
        }
      : {}),
  } as const;
  const smtp = createTransport(options);
  // Each send reports its own failure; failures of idle connections need no report.
  smtp.on('error', () => {});
  let greeting: Promise<boolean> | null = null;
  const greets = () => {
    greeting ??= within(greetingMs, smtp.verify()).finally(() => {
      greeting = null;
    });
    return greeting;
  };
  return {
    send: async (mail) => {
      const message = {
        ...written(mail, settings),
        messageId: `<${mail.id}@${host}>`,
        signal: AbortSignal.timeout(mostMs),
      };
      return smtp.sendMail(message).then(
        (): HandOver => ({ state: 'handed-over' }),
        async (error: unknown): Promise<HandOver> => {
          const failed = failure(error);
          if (failed.state !== 'deferred' || !/^(connection|timeout)$/.test(failed.reason)) return failed;
          return (await greets()) ? { ...failed, reason: 'unanswered' } : failed;
        },
      );
    },
    close: () => smtp.close(),
  };
}

async function within(ms: number, answers: Promise<boolean>): Promise<boolean> {
  const late = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => late.resolve(false), ms).unref();
  const inTime = await Promise.race([answers.catch(() => false), late.promise]);
  clearTimeout(timer);
  return inTime;
}

/** Connection options of a mail server: TLS is required, except to this machine. */
export function smtpServer(url: string) {
  return { url, requireTLS: !isThisMachine(new URL(url).hostname) };
}

/** Asks the accepting server to report failure and delay, returning headers only (DSN, RFC 3461). */
function written(mail: Mail, { from, fromName, bounceAddress: bounces }: TransportSettings): SendMailOptions {
  const returnPath = bounces ? bounceAddress(bounces, mail.ticket) : from;
  return {
    date: mail.sentAt,
    from: { name: fromName, address: from },
    to: { name: '', address: mail.to },
    envelope: { from: returnPath, to: [mail.to] },
    dsn: { id: mail.ticket, return: 'headers', notify: ['failure', 'delay'] },
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'Content-Language': mail.language,
      ...(mail.unsubscribe
        ? {
            'List-Unsubscribe': `<${mail.unsubscribe}>`,
            'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
          }
        : {}),
    },
  };
}

/**
 * Only a refusal of this recipient or of this message is final: a 5xx at any other stage (greeting, authentication,
 * sender) is about the installation, and the mail waits until an operator has corrected it.
 */
export function failure(error: unknown): Exclude<HandOver, { state: 'handed-over' }> {
  if (!(error instanceof Error)) return { state: 'deferred', reason: 'unknown' };
  const { code, command, responseCode, enhanced } = details(error);
  if (responseCode !== null && responseCode >= 400) {
    const ofThisMail = command === 'RCPT TO' || command === 'DATA';
    if (ofThisMail && responseCode >= 500)
      return { state: 'refused', reason: `smtp-${responseCode}`, ...withDetail(enhanced) };
    const reason = `${ofThisMail || responseCode === 421 ? 'smtp' : 'server'}-${responseCode}` as const;
    return { state: 'deferred', reason, ...withDetail(enhanced) };
  }
  const reason = reasons[code] ?? 'connection';
  return { state: 'deferred', reason, ...withDetail(reason === 'timeout' ? undefined : systemCode(error)) };
}

function withDetail(detail: string | undefined): { detail?: string } {
  return detail === undefined ? {} : { detail };
}

const reasons: Readonly<Record<string, DeferralReason>> = {
  ABORT_ERR: 'timeout',
  EABORT: 'timeout',
  ETIMEDOUT: 'timeout',
  ETLS: 'tls',
  EAUTH: 'authentication',
  EMESSAGE: 'message',
  EENVELOPE: 'envelope',
};

function details(error: Error) {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const command = 'command' in error && typeof error.command === 'string' ? error.command : '';
  const responseCode =
    'responseCode' in error && typeof error.responseCode === 'number' ? error.responseCode : null;
  const response = 'response' in error && typeof error.response === 'string' ? error.response : '';
  const enhanced = /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})(?!\d)/.exec(response)?.[1];
  return { code, command, responseCode, enhanced };
}

function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\./.test(host);
}
