import { setTimeout as wait } from 'node:timers/promises';
import { createTransport } from 'nodemailer';
import type { Language } from '#src/texts/language.ts';

interface Mail {
  /** Id of the notice: the Message-ID is made of it, so a copy is recognised as one. */
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly language: Language;
  readonly at: Date;
}

/**
 * What the server said, `reason` being a class without any word of the server's (they may hold the address):
 * `smtp-452`, `connection`, `timeout` … Deferred may be tried again, refused never.
 */
export type HandOver =
  | { readonly state: 'handed-over' }
  | { readonly state: 'deferred' | 'refused'; readonly reason: string };

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
  readonly connections?: number;
}

const silenceMs = 30_000;
/** However slowly the server drips, a mail takes no longer. */
const mostMs = 60_000;

/** Opens a pool of SMTP connections; nothing is connected before the first mail. */
export function openMailTransport(settings: TransportSettings): MailTransport {
  const host = new URL(settings.publicUrl).hostname;
  const smtp = createTransport({
    pool: true,
    url: settings.smtpUrl,
    maxConnections: settings.connections ?? 5,
    requireTLS: !isThisMachine(new URL(settings.smtpUrl).hostname),
    connectionTimeout: silenceMs,
    greetingTimeout: silenceMs,
    socketTimeout: silenceMs,
    dnsTimeout: silenceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  // Each mail learns of its own failure; those of idle connections concern nobody.
  smtp.on('error', () => {});
  return {
    send: async (mail) => {
      const cut = new AbortController();
      const sent = smtp
        .sendMail({
          messageId: `<${mail.id}@${host}>`,
          date: mail.at,
          from: { name: settings.fromName, address: settings.from },
          to: { name: '', address: mail.to },
          envelope: { from: settings.from, to: [mail.to] },
          subject: mail.subject,
          text: mail.text,
          html: mail.html,
          headers: {
            'Auto-Submitted': 'auto-generated',
            'X-Auto-Response-Suppress': 'All',
            'Content-Language': mail.language,
          },
        })
        .then(
          (): HandOver => ({ state: 'handed-over' }),
          (error: unknown) => failure(error),
        );
      const late = wait(mostMs, undefined, { signal: cut.signal, ref: false }).then(
        (): HandOver => ({ state: 'deferred', reason: 'timeout' }),
        (): HandOver => ({ state: 'deferred', reason: 'timeout' }),
      );
      const outcome = await Promise.race([sent, late]);
      cut.abort();
      return outcome;
    },
    close: () => smtp.close(),
  };
}

/**
 * Only a refusal of this recipient or of this message is final: a 5xx at any other moment (greeting, log-in,
 * sender) tells of the installation, and the mail waits until that is mended.
 */
function failure(error: unknown): HandOver {
  if (!(error instanceof Error)) return { state: 'deferred', reason: 'unknown' };
  const { code, command, responseCode } = details(error);
  if (responseCode !== null && responseCode >= 400) {
    const final = responseCode >= 500 && (command === 'RCPT TO' || command === 'DATA');
    return { state: final ? 'refused' : 'deferred', reason: `smtp-${responseCode}` };
  }
  return { state: 'deferred', reason: reasons[code] ?? 'connection' };
}

const reasons: Readonly<Record<string, string>> = {
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
  return { code, command, responseCode };
}

function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\./.test(host);
}
