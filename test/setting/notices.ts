import type { TestContext } from 'node:test';
import { SMTPServer } from 'smtp-server';
import { type Delivery, deliverNotice } from '#src/delivery/deliver.ts';
import type { SmsTransport } from '#src/delivery/sms/gateway.ts';
import { openMailTransport } from '#src/delivery/transport.ts';
import { freePort } from '../../scripts/free-port.ts';
import type { TestApp } from './application.ts';

/** An SMTP server in this process, for tests: keeps what it accepts, and can be set to refuse or to close. */
export interface SmtpSink {
  readonly url: string;
  readonly port: number;
  readonly messages: readonly string[];
  /** As they came with the messages, in the same order. */
  readonly envelopes: readonly { readonly from: string; readonly to: string; readonly dsn: unknown }[];
  /** Refuses the next `times` recipients, or messages, with this code. */
  refuse(where: 'recipient' | 'message', code: number, times: number): void;
  close(): Promise<void>;
}

/** `again`: the port of one that was closed. */
export async function smtpSink(t: Pick<TestContext, 'after'>, again?: number): Promise<SmtpSink> {
  const messages: string[] = [];
  const envelopes: { from: string; to: string; dsn: unknown }[] = [];
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
    hideDSN: false,
    closeTimeout: 50,
    onRcptTo: (_address, _session, done) => done(refusal('recipient')),
    onData: (stream, { envelope }, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const refused = refusal('message');
        if (!refused) {
          const [recipient] = envelope.rcptTo;
          messages.push(Buffer.concat(chunks).toString('utf8'));
          envelopes.push({
            from: envelope.mailFrom ? envelope.mailFrom.address : '',
            to: recipient?.address ?? '',
            dsn: { ...envelope.dsn, ...recipient?.dsn },
          });
        }
        done(refused);
      });
    },
  });
  server.on('error', () => {});
  // Not one that an outgoing connection takes while the sink is closed.
  const port = again ?? (await freePort());
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const close = () => new Promise<void>((resolve) => server.close(resolve));
  t.after(close);
  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    messages,
    envelopes,
    refuse: (where, code, times) => {
      for (let i = 0; i < times; i++) refusals.push({ where, code });
    },
    close,
  };
}

/** Delivers what a `testApp` queues, on request: mails to a real SMTP server, SMS to a gateway that takes all, to another, or to none. */
export interface PostOffice {
  readonly sink: SmtpSink;
  /** Tries every notice that waits, the oldest first; answers what became of each. */
  deliverAll(): Promise<Delivery[]>;
}

const takingAll: SmsTransport = { send: async () => ({ state: 'handed-over' }) };

export async function postOffice(
  t: Pick<TestContext, 'after'>,
  { services }: Pick<TestApp, 'services'>,
  {
    sms = takingAll,
    senderName = 'Votre Assurance Maladie',
  }: { sms?: SmsTransport | null; senderName?: string } = {},
): Promise<PostOffice> {
  const sink = await smtpSink(t);
  const { db, keyring, clock, policy } = services;
  const publicUrl = 'http://localhost:3000';
  const transport = openMailTransport({
    smtpUrl: sink.url,
    from: 'ne-pas-repondre@example.fr',
    fromName: senderName,
    publicUrl,
    bounceAddress: 'bounces@example.fr',
  });
  t.after(() => transport.close());
  const delivering = {
    db,
    keyring,
    clock,
    policy,
    transport,
    secondTransport: null,
    sms,
    publicUrl,
    senderName,
  };
  return {
    sink,
    async deliverAll() {
      const waiting = await db
        .selectFrom('notice')
        .select(['person_key', 'id'])
        .where('state', 'in', ['queued', 'deferred'])
        .where('channel', '!=', 'letter')
        .orderBy('created_at')
        .orderBy('id')
        .execute();
      const outcomes: Delivery[] = [];
      for (const { person_key, id } of waiting)
        outcomes.push(await deliverNotice(delivering, { personKey: person_key.toString('hex'), id }));
      return outcomes;
    },
  };
}
