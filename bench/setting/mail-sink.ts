import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

/** A mail server that keeps nothing but the secret of each link, for whoever asks by address. */
export interface MailSink {
  readonly url: string;
  /** The token of the first link sent to this address; waits for it, 30 s at most. */
  tokenFor(address: string): Promise<string>;
  close(): void;
}

interface Expected {
  readonly promise: Promise<string>;
  resolve(token: string): void;
}

export async function openMailSink(): Promise<MailSink> {
  const expected = new Map<string, Expected>();
  const expectedAt = (address: string) => {
    const known = expected.get(address) ?? Promise.withResolvers<string>();
    expected.set(address, known);
    return known;
  };
  const server = createServer({ noDelay: true }, (socket) =>
    converse(socket, (address, mail) => {
      const token = /\/validation-email\/([\w-]+)/.exec(mail)?.[1];
      if (token) expectedAt(address).resolve(token);
    }),
  ).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    url: `smtp://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    async tokenFor(mailbox) {
      const late = Promise.withResolvers<never>();
      const timer = setTimeout(() => late.reject(new Error('No mail after 30 s')), 30_000);
      try {
        return await Promise.race([expectedAt(mailbox).promise, late.promise]);
      } finally {
        clearTimeout(timer);
        expected.delete(mailbox);
      }
    },
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
