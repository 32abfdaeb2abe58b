import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { openPostbox } from './postbox.ts';

/** A mail server that keeps only the secret of each mail, to be taken by address. */
export interface MailSink {
  readonly url: string;
  /** The token of the first link sent to this address. */
  tokenFor(address: string): Promise<string>;
  /** The first provisional code sent to this address, by a mail without a link of ours. */
  codeFor(address: string): Promise<string>;
  close(): void;
}

export async function openMailSink(): Promise<MailSink> {
  const tokens = openPostbox<string>();
  const codes = openPostbox<string>();
  const server = createServer({ noDelay: true }, (socket) =>
    converse(socket, (address, mail) => {
      const token = /\/(?:validation-email\/|verify-email\?token=)([\w.-]+)/.exec(mail)?.[1];
      const code = /^ {4}(\d{4,})\s*$/m.exec(mail)?.[1];
      if (token) tokens.put(address, token);
      else if (code) codes.put(address, code);
    }),
  ).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    url: `smtp://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    tokenFor: (mailbox) => tokens.take(mailbox),
    codeFor: (mailbox) => codes.take(mailbox),
    close: () => server.close(),
  };
}

function converse(socket: Socket, take: (address: string, mail: string) => void): void {
  let buffer = '';
  let to = '';
  let inData = false;
  const say = (line: string) => socket.write(`${line}\r\n`);
  const answers: Record<string, string> = { EHLO: '250 sink', DATA: '354 go on', QUIT: '221 bye' };
  socket.setEncoding('latin1').on('error', () => {});
  say('220 sink');
  socket.on('data', (chunk) => {
    buffer += chunk;
    for (;;) {
      const end = buffer.indexOf(inData ? '\r\n.\r\n' : '\r\n');
      if (end < 0) return;
      const said = buffer.slice(0, end);
      buffer = buffer.slice(end + (inData ? 5 : 2));
      if (inData) {
        take(to, plain(said));
        inData = false;
        say('250 kept');
        continue;
      }
      const verb = said.slice(0, 4).toUpperCase();
      to = verb === 'RCPT' ? (/<([^>]*)>/.exec(said)?.[1] ?? '') : to;
      inData = verb === 'DATA';
      say(answers[verb] ?? '250 ok');
    }
  });
}

/** Quoted-printable undone, as far as a link goes. */
function plain(mail: string): string {
  return mail
    .replaceAll('=\r\n', '')
    .replace(/=([\dA-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
