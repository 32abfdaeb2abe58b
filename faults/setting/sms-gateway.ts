import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { z } from 'zod';
import type { Trial } from '../trial.ts';

/** A gateway of SMS that does what it is told. */
export interface SmsGateway {
  readonly env: Readonly<Record<string, string>>;
  /** The references of the SMS that it has accepted, copies included. */
  readonly accepted: readonly string[];
  /** Those of all that it was asked to send. */
  readonly requests: readonly string[];
  /** What becomes of each request from now on; by default it is accepted. */
  answer(how: GatewayManner): void;
}

/** `take`: accepts the SMS, whatever is answered. */
export type GatewayManner = (response: ServerResponse, take: () => void) => void;

const handedOver = z.object({ reference: z.uuid() });
/** What an accepted SMS is answered. */
export const accept: GatewayManner = (response) => {
  response.writeHead(202, { 'content-type': 'application/json' }).end('{"id":"1"}');
};

export async function openSmsGateway(trial: Trial): Promise<SmsGateway> {
  const accepted: string[] = [];
  const requests: string[] = [];
  let answer: GatewayManner = accept;
  const server = createServer(async (request, response) => {
    const { reference } = handedOver.parse(await json(request));
    requests.push(reference);
    response.on('finish', () => response.statusCode === 202 && accepted.push(reference));
    answer(response, () => accepted.push(reference));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  trial.atEnd(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : '';
  return {
    env: { SMS_URL: `http://127.0.0.1:${port}/messages` },
    ...{ accepted, requests },
    answer(how) {
      answer = how;
    },
  };
}
