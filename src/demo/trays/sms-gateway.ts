import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { z } from 'zod';
import type { SmsGatewaySettings } from '#src/config/config.ts';
import { smsReportPath } from '#src/delivery/sms/report-route.ts';
import { signReport } from '#src/delivery/sms/signature.ts';
import { openSmsTray, type SmsTray } from '#src/demo/trays/sms-tray.ts';
import { isMachineHost } from '#src/operations/machine-host.ts';
import type { Clock } from '#src/time/clock.ts';

/** The SMS of the demo: a gateway on this machine with the protocol of docs/sms-gateway.md, and a tray to show them. */
export interface SmsSimulator {
  readonly settings: SmsGatewaySettings;
  readonly tray: Pick<SmsTray, 'list' | 'find' | 'ids' | 'keep'>;
  /** From now on each SMS is reported as delivered to the service at this address. */
  reportTo(publicUrl: string): void;
  close(): Promise<void>;
}

const handedOver = z.object({
  to: z.string().regex(/^\+\d{6,15}$/),
  text: z.string().min(1).max(160),
  reference: z.uuid(),
});

const reportAfterMs = 500;

export async function openSmsSimulator(folder: string, clock: Clock): Promise<SmsSimulator> {
  const tray = openSmsTray(folder);
  const token = randomBytes(24).toString('base64url');
  const callbackSecret = randomBytes(32).toString('base64url');
  const timers = new Set<NodeJS.Timeout>();
  let site: string | null = null;

  function report(reference: string): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      if (site === null) return;
      const now = clock.now();
      const body = JSON.stringify({ reference, state: 'delivered', at: now.toISOString() });
      const headers = {
        'content-type': 'application/json',
        'x-signature': signReport(callbackSecret, body, now),
      };
      fetch(site + smsReportPath, { method: 'POST', headers, body }).catch(() => {});
    }, reportAfterMs).unref();
    timers.add(timer);
  }

  async function take(request: IncomingMessage): Promise<[status: number, answer: object]> {
    if (!isMachineHost(request.headers.host)) return [421, { error: 'host' }];
    if (request.method !== 'POST') return [405, { error: 'method' }];
    if (!isBearer(request.headers.authorization, token)) return [401, { error: 'token' }];
    const read = handedOver.safeParse(await json(request).catch(() => null));
    if (!read.success || request.headers['idempotency-key'] !== read.data.reference)
      return [422, { error: 'message' }];
    const id = await tray.keep(read.data, clock.now());
    report(read.data.reference);
    return [202, { id }];
  }

  const server = createServer((request, response) => {
    take(request).then(
      ([status, answer]) => answerWith(response, status, answer),
      () => answerWith(response, 500, { error: 'tray' }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (!(address instanceof Object)) throw new Error('The SMS gateway has no port');
  return {
    settings: { url: `http://127.0.0.1:${address.port}/`, token, callbackSecret },
    tray,
    reportTo: (publicUrl) => {
      site = publicUrl;
    },
    close: () => {
      for (const timer of timers) clearTimeout(timer);
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function answerWith(response: ServerResponse, status: number, answer: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
}

function isBearer(header: string | undefined, token: string): boolean {
  const received = Buffer.from(header ?? '');
  const expected = Buffer.from(`Bearer ${token}`);
  return received.length === expected.length && timingSafeEqual(received, expected);
}
