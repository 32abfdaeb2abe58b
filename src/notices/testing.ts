import type { TestContext } from 'node:test';
import { SMTPServer } from 'smtp-server';

/** An SMTP server in this process, for tests: keeps what it accepts, and can be told to refuse or to go away. */
export interface SmtpSink {
  readonly url: string;
  readonly port: number;
  readonly messages: readonly string[];
  /** The next so many recipients, or messages, are refused with this code. */
  refuse(where: 'recipient' | 'message', code: number, times: number): void;
  close(): Promise<void>;
}

export async function smtpSink(t: Pick<TestContext, 'after'>, port = 0): Promise<SmtpSink> {
  const messages: string[] = [];
  const refusals: { where: 'recipient' | 'message'; code: number }[] = [];
  const refusal = (where: 'recipient' | 'message') => {
    const index = refusals.findIndex((one) => one.where === where);
    const [found] = index < 0 ? [] : refusals.splice(index, 1);
    return found
      ? Object.assign(new Error('no such luck, victim@example.fr'), { responseCode: found.code })
      : null;
  };
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 50,
    onRcptTo: (_address, _session, done) => done(refusal('recipient')),
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const refused = refusal('message');
        if (!refused) messages.push(Buffer.concat(chunks).toString('utf8'));
        done(refused);
      });
    },
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.server.address();
  const taken = address instanceof Object ? address.port : port;
  const close = () => new Promise<void>((resolve) => server.close(resolve));
  t.after(close);
  return {
    url: `smtp://127.0.0.1:${taken}`,
    port: taken,
    messages,
    refuse: (where, code, times) => {
      for (let i = 0; i < times; i++) refusals.push({ where, code });
    },
    close,
  };
}
