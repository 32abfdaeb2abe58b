import { createHmac, timingSafeEqual } from 'node:crypto';

const toleranceSeconds = 300;

/** The value of `X-Signature`: `t=<unix seconds>,v1=<hex HMAC-SHA-256 of "t.body">`. */
export function signReport(secret: string, body: string | Buffer, now: Date): string {
  const t = Math.floor(now.getTime() / 1000);
  return `t=${t},v1=${mac(secret, t, body).toString('hex')}`;
}

/** Whether a body was signed with the secret, within five minutes of `now`. The comparison takes constant time. */
export function isSigned(secret: string, header: string, body: Buffer, now: Date): boolean {
  const found = /^t=(\d{1,12}),v1=([\da-f]{64})$/i.exec(header);
  const [, t = '', signature = ''] = found ?? [];
  const seconds = Number(t);
  const same = timingSafeEqual(mac(secret, seconds, body), Buffer.from(signature.padEnd(64, '0'), 'hex'));
  const age = Math.abs(now.getTime() / 1000 - seconds);
  return found !== null && same && age <= toleranceSeconds;
}

function mac(secret: string, seconds: number, body: string | Buffer): Buffer {
  return createHmac('sha256', secret).update(`${seconds}.`).update(body).digest();
}
