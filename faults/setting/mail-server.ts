import { once } from 'node:events';
import type { Socket } from 'node:net';
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
  /** Where it asks for what comes back to be sent. */
  readonly returnPath: string;
}

/**
 * What becomes of a mail: null accepts it, an error with its `responseCode` refuses it; or it is taken, or not, and
 * nobody is told: no answer comes, or the connection is cut in its place.
 */
export type Fate = Error | null | { readonly taken: boolean; readonly after: 'silence' | 'cut' };

/** A mail server that can be stopped, and told what to answer. */
export interface MailServer extends MailSink {
  /** Every mail that it has accepted, copies included. */
  readonly accepted: readonly Mail[];
  /** What becomes of each mail from now on. */
  answer(how: (mail: Mail) => Promise<Fate>): void;
  /** Whether each of its answers leaves a byte at a time from now on, ten a second. */
  drip(isDripping: boolean): void;
  start(): Promise<void>;
  /** Connections are cut, later ones refused. */
  stop(): Promise<void>;
}

export async function openMailServer(trial: Trial): Promise<MailServer> {
  const tokens = openPostbox<string>();
  const codes = openPostbox<string>();
  const accepted: Mail[] = [];
  const port = await freePort();
  let answer: (mail: Mail) => Promise<Fate> = async () => null;
  let isDripping = false;
  const sockets = new Map<number, Socket>();
  let server: SMTPServer | null = null;

  async function take(raw: string, to: string, returnPath: string): Promise<Fate> {
    const plain = raw
      .replaceAll('=\r\n', '')
      .replace(/=([\dA-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
    const messageId = /^Message-ID: *(\S+)/im.exec(raw)?.[1] ?? '';
    const mail: Mail = { to, messageId, at: performance.now(), returnPath };
    const fate = await answer(mail);
    if (fate instanceof Error || fate?.taken === false) return fate;
    accepted.push(mail);
    const token = /\/validation-email\/([\w.-]+)/.exec(plain)?.[1];
    const code = /^ {4}(\d{4,})\s*$/m.exec(plain)?.[1];
    if (token) tokens.put(to, token);
    else if (code) codes.put(to, code);
    return fate;
  }

  async function start(): Promise<void> {
    const opened = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      logger: false,
      closeTimeout: 0,
      onData(stream, { envelope, remotePort }, callback) {
        const to = envelope.rcptTo[0]?.address ?? '';
        const { mailFrom } = envelope;
        text(stream)
          .then((raw) => take(raw, to, mailFrom ? mailFrom.address : ''))
          .then((fate) => {
            if (fate === null || fate instanceof Error) callback(fate);
            else if (fate.after === 'cut') sockets.get(remotePort)?.destroy();
          }, callback);
      },
    });
    opened.on('error', () => {});
    opened.server.prependListener('connection', (socket: Socket) => {
      const { remotePort = 0 } = socket;
      sockets.set(remotePort, socket);
      socket.on('close', () => sockets.delete(remotePort));
      if (isDripping) dripFrom(socket);
    });
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
    drip(whether) {
      isDripping = whether;
      // Those that are open would go on as before.
      for (const socket of sockets.values()) socket.destroy();
    },
    close: () => void stop(),
    ...{ start, stop },
  };
}

/** What is written to it leaves a byte at a time. */
function dripFrom(socket: Socket): void {
  const write = socket.write.bind(socket);
  const waiting: number[] = [];
  const timer = setInterval(() => {
    const next = waiting.shift();
    if (next !== undefined) write(Buffer.from([next]));
  }, 100);
  socket.on('close', () => clearInterval(timer));
  socket.write = (chunk: string | Uint8Array) => {
    waiting.push(...Buffer.from(chunk));
    return true;
  };
}
