import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import type { MailSink } from '../../bench/setting/mail-sink.ts';
import { openPostbox } from '../../bench/setting/postbox.ts';
import { freePort } from '../../scripts/free-port.ts';
import type { Trial } from '../trial.ts';

export interface Mail {
  readonly to: string;
  /** Of a copy as well: what tells two mails from one that came twice. */
  readonly messageId: string;
  /** In milliseconds of `performance.now()`. */
  readonly at: number;
}

/** A mail server that can be stopped, and told what to answer. */
export interface MailServer extends MailSink {
  /** Every mail that it has accepted, copies included. */
  readonly accepted: readonly Mail[];
  /** What becomes of each mail from now on: null accepts it, an error with its `responseCode` refuses it. */
  answer(how: (mail: Mail) => Promise<Error | null>): void;
  start(): Promise<void>;
  /** Connections are cut, later ones refused. */
  stop(): Promise<void>;
}

export async function openMailServer(trial: Trial): Promise<MailServer> {
  const tokens = openPostbox<string>();
  const codes = openPostbox<string>();
  const accepted: Mail[] = [];
  const port = await freePort();
  let answer: (mail: Mail) => Promise<Error | null> = async () => null;
  let server: SMTPServer | null = null;

  function take(raw: string, to: string): Promise<Error | null> {
    const plain = raw
      .replaceAll('=\r\n', '')
      .replace(/=([\dA-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
    const messageId = /^Message-ID: *(\S+)/im.exec(raw)?.[1] ?? '';
    const mail: Mail = { to, messageId, at: performance.now() };
    return answer(mail).then((refusal) => {
      if (refusal) return refusal;
      accepted.push(mail);
      const token = /\/validation-email\/([\w.-]+)/.exec(plain)?.[1];
      const code = /^ {4}(\d{4,})\s*$/m.exec(plain)?.[1];
      if (token) tokens.put(to, token);
      else if (code) codes.put(to, code);
      return null;
    });
  }

  async function start(): Promise<void> {
    const opened = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      logger: false,
      closeTimeout: 0,
      onData(stream, { envelope }, callback) {
        const to = envelope.rcptTo[0]?.address ?? '';
        text(stream)
          .then((raw) => take(raw, to))
          .then((refusal) => callback(refusal), callback);
      },
    });
    opened.on('error', () => {});
    server = opened;
    const listening = opened.listen(port, '127.0.0.1');
    await once(listening, 'listening');
  }

  async function stop(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    if (server) server.close(() => resolve());
    else resolve();
    server = null;
    await promise;
  }

  await start();
  trial.atEnd(stop);
  return {
    url: `smtp://127.0.0.1:${port}`,
    accepted,
    tokenFor: (address) => tokens.take(address),
    codeFor: (address) => codes.take(address),
    answer(how) {
      answer = how;
    },
    close: () => void stop(),
    ...{ start, stop },
  };
}
