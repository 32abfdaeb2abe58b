import type { Pool } from 'undici';
import type { MailSink } from '../setting/mail-sink.ts';

/** One visitor of what is measured beside us: answers the milliseconds of each request that computes no hash. */
export type Beside = (
  pool: Pool,
  number: number,
) => Promise<{ requests: number; plainMs: readonly number[] }>;

const password = 'cheval-agrafe-batterie-42';

interface Asked {
  readonly status: number;
  readonly cookies: readonly string[];
  readonly ms: number;
}

async function ask(
  pool: Pool,
  {
    path,
    body,
    type,
    headers = {},
  }: { path: string; body?: string; type?: string; headers?: Record<string, string> },
): Promise<Asked> {
  const start = performance.now();
  const {
    statusCode,
    headers: answered,
    body: answer,
  } = await pool.request({
    method: body === undefined ? 'GET' : 'POST',
    path,
    body: body ?? null,
    headers: { ...headers, 'accept-encoding': 'gzip, deflate, br', ...(type && { 'content-type': type }) },
  });
  await answer.dump();
  const cookies = [answered['set-cookie'] ?? []].flat().map((line) => line.slice(0, line.indexOf(';')));
  return { status: statusCode, cookies, ms: performance.now() - start };
}

function expect(asked: Asked, status: number, what: string): Asked {
  if (asked.status !== status) throw new Error(`${what}: ${asked.status}`);
  return asked;
}

/** With better-auth: sign-up, the link of the mail, sign-in, session. Two of the four requests compute a hash. */
export function betterAuthJourney(mails: MailSink): Beside {
  return async (pool, number) => {
    const email = `pair${number}@bench.exemple.fr`;
    const address = `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`;
    const headers = { 'x-forwarded-for': address };
    const json = (path: string, value: object) =>
      ask(pool, { path: `/api/auth${path}`, body: JSON.stringify(value), type: 'application/json', headers });
    const account = { email, password, name: 'Camille Dupont' };
    expect(await json('/sign-up/email', account), 200, 'sign-up');
    const link = `/api/auth/verify-email?token=${await mails.tokenFor(email)}&callbackURL=/`;
    const verified = expect(await ask(pool, { path: link, headers }), 302, 'link');
    const { cookies } = expect(await json('/sign-in/email', { email, password }), 200, 'sign-in');
    const cookie = { ...headers, cookie: cookies.join('; ') };
    const session = expect(
      await ask(pool, { path: '/api/auth/get-session', headers: cookie }),
      200,
      'session',
    );
    return { requests: 4, plainMs: [verified.ms, session.ms] };
  };
}

/** A page and a form of the bare stack. */
export const floorRound: Beside = async (pool) => {
  const page = expect(await ask(pool, { path: '/', headers: { cookie: 'visit=1' } }), 200, 'page');
  const type = 'application/x-www-form-urlencoded';
  const form = expect(await ask(pool, { path: '/', body: 'visit=1', type }), 303, 'form');
  return { requests: 2, plainMs: [page.ms, form.ms] };
};
