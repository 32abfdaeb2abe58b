import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import { z } from 'zod';
import { signReport } from '#src/delivery/sms/signature.ts';
import { openPostbox } from './postbox.ts';

/** A provisional code as a telephone shows it, and what its delivery report names. */
export interface SentCode {
  readonly code: string;
  readonly reference: string;
}

/** A gateway with the protocol of docs/sms-gateway.md that keeps only codes, to be taken by number. */
export interface SmsSink {
  /** What the service is configured with. */
  readonly env: Readonly<Record<string, string>>;
  /** The first code sent to this number (E.164). */
  codeFor(number: string): Promise<SentCode>;
  /** The report that an SMS was delivered, signed. */
  reportOf(reference: string): { readonly body: string; readonly headers: Readonly<Record<string, string>> };
  close(): void;
}

const handedOver = z.object({ to: z.string(), text: z.string().max(160), reference: z.uuid() });

export async function openSmsSink(): Promise<SmsSink> {
  const codes = openPostbox<SentCode>();
  const token = randomBytes(24).toString('base64url');
  const secret = randomBytes(32).toString('base64url');
  const take = async ({ headers, method }: IncomingMessage, body: unknown): Promise<[number, object]> => {
    const sms = handedOver.safeParse(body);
    if (method !== 'POST' || headers.authorization !== `Bearer ${token}`) return [401, {}];
    if (!sms.success || headers['idempotency-key'] !== sms.data.reference) return [422, {}];
    const { to, text, reference } = sms.data;
    const code = /code est (\d{4,})\./.exec(text)?.[1];
    if (code) codes.put(to, { code, reference });
    return [202, { id: reference }];
  };
  const server = createServer(async (request, response) => {
    const [status, answer] = await take(request, await json(request).catch(() => null));
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }).listen(0, '127.0.0.1');
  server.keepAliveTimeout = 60_000;
  await once(server, 'listening');
  const address = server.address();
  return {
    env: {
      SMS_URL: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/messages`,
      SMS_TOKEN: token,
      SMS_CALLBACK_SECRET: secret,
    },
    codeFor: (number) => codes.take(number),
    reportOf(reference) {
      const at = new Date();
      const body = JSON.stringify({ reference, state: 'delivered', at: at.toISOString() });
      const signature = signReport(secret, body, at);
      return { body, headers: { 'content-type': 'application/json', 'x-signature': signature } };
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
