import { createServer } from 'node:net';
import { createTransport } from 'nodemailer';
import type { Finding } from '#src/cli/doctor/finding.ts';
import type { Config } from '#src/config/config.ts';
import { failure, smtpServer } from '#src/delivery/transport.ts';
import { loadPolicy } from '#src/policy/load.ts';
import { policyWarnings } from '#src/policy/warnings.ts';
import { parisDate } from '#src/time/paris.ts';

export function examineNode(version: string): Finding {
  const enough = Number(version.split('.')[0]) >= 26;
  return { about: 'Node.js', state: enough ? 'ok' : 'failed', detail: `${version}, 26 or newer is needed` };
}

export function examinePolicy(nameOrPath: string): Finding[] {
  const about = 'policy';
  try {
    const policy = loadPolicy(nameOrPath);
    const weak = policyWarnings(policy).map(
      ({ rule, text }): Finding => ({
        about: `${about} ${policy.name}, ${rule}`,
        state: 'warning',
        detail: text,
      }),
    );
    return [{ about, state: 'ok', detail: `${policy.name} is valid` }, ...weak];
  } catch (error) {
    return [{ about, state: 'failed', detail: error instanceof Error ? error.message : 'unreadable' }];
  }
}

/** Whether clients can be distinguished behind a proxy: requests without `X-Forwarded-For` count as one client. */
export function examineProxy({ mode, web }: Pick<Config, 'mode' | 'web'>): Finding {
  const about = 'proxy';
  if (mode === 'demo') return { about, state: 'ok', detail: 'none is needed for the demo' };
  if (web.trustProxy !== false)
    return {
      about,
      state: 'ok',
      detail: `X-Forwarded-For is believed from ${web.trustProxy}; requests of a proxy without it count as one client`,
    };
  return {
    about,
    state: 'warning',
    detail: 'TRUST_PROXY is none: behind a proxy, all people count as one client and are soon refused',
  };
}

/** Logs in as a worker would; `about`: which of the servers it is. */
export async function examineMail(smtpUrl: string | null, about = 'mail'): Promise<Finding> {
  if (smtpUrl === null) return { about, state: 'ok', detail: 'shown in the tray of the demo' };
  const patience = {
    connectionTimeout: 5_000,
    greetingTimeout: 5_000,
    socketTimeout: 5_000,
    dnsTimeout: 5_000,
  };
  const transport = createTransport({ ...smtpServer(smtpUrl), ...patience });
  try {
    await transport.verify();
    return { about, state: 'ok', detail: 'the SMTP server answers and lets us in' };
  } catch (error) {
    const { reason, detail = '' } = failure(error);
    const why = `${reason} ${detail}`.trim();
    return { about, state: 'failed', detail: `the SMTP server cannot be used (${why})` };
  } finally {
    transport.close();
  }
}

/** Deadlines are days of Paris: without time zone data they would end at the wrong hour. */
export function examineClock(): Finding {
  const about = 'time zone';
  const summer = parisDate(new Date('2026-07-01T22:30:00Z')) === '2026-07-02';
  const winter = parisDate(new Date('2026-01-01T22:30:00Z')) === '2026-01-01';
  return summer && winter
    ? { about, state: 'ok', detail: 'Europe/Paris is known' }
    : { about, state: 'failed', detail: 'this Node.js does not know Europe/Paris' };
}

export function examinePort(about: string, host: string, port: number): Promise<Finding> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', (error) => {
      const used = 'code' in error && error.code === 'EADDRINUSE';
      const detail = used ? `${port} is in use: is the service running?` : `${host}:${port} cannot be used`;
      resolve({ about, state: used ? 'warning' : 'failed', detail });
    });
    server.listen(port, host, () =>
      server.close(() => resolve({ about, state: 'ok', detail: `${port} is free` })),
    );
  });
}
