import { z } from 'zod';
import { systemCode } from '#src/delivery/system-code.ts';
import type { HandOver } from '#src/delivery/transport.ts';
import { parseJson } from '#src/texts/json.ts';

/** One SMS for the gateway; `reference` is the notice's id, and serves as the idempotency key. */
export interface Sms {
  /** E.164. */
  readonly to: string;
  readonly text: string;
  readonly reference: string;
}

export interface SmsTransport {
  send(sms: Sms, now: Date): Promise<HandOver>;
}

export interface GatewaySettings {
  readonly url: string;
  readonly token: string;
  /** For tests: how long the gateway may take. */
  readonly mostMs?: number;
}

const accepted = z.object({ id: z.union([z.string().min(1), z.number()]) });
const longestAnswer = 64 * 1024;

/**
 * Hands SMS over to a gateway that speaks the contract of docs/sms-gateway.md.
 *
 * Final: a 4xx about this SMS. Deferred: everything else, including an answer that cannot be parsed, because the
 * idempotency key makes a second try harmless. Reasons are `sms-429` for this SMS, `gateway-…` for a fault of the
 * gateway or of its settings. They never contain the number or the text.
 */
export function openSmsGateway({ url, token, mostMs = 10_000 }: GatewaySettings): SmsTransport {
  return {
    async send(sms, now) {
      try {
        const response = await fetch(url, {
          method: 'POST',
          redirect: 'manual',
          headers: {
            authorization: `Bearer ${token}`,
            'content-type': 'application/json',
            'idempotency-key': sms.reference,
          },
          body: JSON.stringify({ to: sms.to, text: sms.text, reference: sms.reference }),
          signal: AbortSignal.timeout(mostMs),
        });
        const body = await readBounded(response);
        return outcome(response, body, now);
      } catch (error) {
        const late = error instanceof Error && error.name === 'TimeoutError';
        const detail = systemCode(error);
        return {
          state: 'deferred',
          reason: late ? 'timeout' : 'connection',
          ...(detail === undefined ? {} : { detail }),
        };
      }
    },
  };
}

/** Statuses about the installation (a wrong token or address), not about this SMS. */
const aboutInstallation = new Set([401, 403, 404, 405, 407, 408]);

function outcome({ status, headers }: Response, body: string, now: Date): HandOver {
  if (status >= 200 && status < 300)
    return accepted.safeParse(parseJson(body)).success
      ? { state: 'handed-over' }
      : { state: 'deferred', reason: 'gateway-answer' };
  if (status >= 400 && status < 500 && status !== 429 && !aboutInstallation.has(status))
    return { state: 'refused', reason: `sms-${status}` };
  const notBefore = retryAfter(headers.get('retry-after'), now);
  const reason = `${status === 429 ? 'sms' : 'gateway'}-${status}` as const;
  return { state: 'deferred', reason, ...(notBefore ? { notBefore } : {}) };
}

const longestWaitMs = 3_600_000;

/** `Retry-After` in seconds or as a date, an hour at most: a gateway's mistake must not hold a code back for days. */
function retryAfter(value: string | null, now: Date): Date | null {
  if (value === null) return null;
  const retryMs = /^\d{1,9}$/.test(value) ? now.getTime() + Number(value) * 1000 : Date.parse(value);
  if (Number.isNaN(retryMs) || retryMs <= now.getTime()) return null;
  return new Date(Math.min(retryMs, now.getTime() + longestWaitMs));
}

async function readBounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > longestAnswer) throw new Error('The answer of the gateway is too long');
  }
  return Buffer.concat(chunks).toString('utf8');
}
