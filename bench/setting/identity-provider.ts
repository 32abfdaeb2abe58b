import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Pool, request } from 'undici';
import { registeredCivilStatus, subjectOf } from '#src/demo/franceconnect/people/identity.ts';
import { freePort } from '../../scripts/free-port.ts';
import type { Traveller } from './people.ts';
import { launch, untilReady } from './process.ts';
import type { Endpoint } from './provider-manners.ts';

/** FranceConnect in a process of its own on the other core, and what a browser does there. */
export interface IdentityProvider {
  readonly origin: string;
  /** What the service is configured with. */
  readonly env: Readonly<Record<string, string>>;
  /** Somebody proves who they are, or goes back; the path by which they return to the service. */
  proves(address: string | null, traveller: Traveller): Promise<string>;
  cancels(address: string | null): string;
  /** Ends the session there; the path by which one returns. */
  leaves(address: string | null): Promise<string>;
  /** How it behaves from now on; what is left out, as it should. Of `at`, `manner` is one of `provider-manners.ts`. */
  behave(conduct: Partial<Conduct>): Promise<void>;
  /** Its process is halted, or goes on. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void;
  close(): Promise<void>;
}

export interface Conduct {
  readonly at: Endpoint;
  readonly manner: string;
  /** Another key signs from now on. */
  readonly rotates: boolean;
  /** A certificate that nobody trusts, or no TLS at all. */
  readonly tls: 'ours' | 'strange' | 'none';
}

export async function startIdentityProvider(folder: string, log: string): Promise<IdentityProvider> {
  const [key, certificate] = [join(folder, 'provider.pem'), join(folder, 'provider.crt')];
  makeCertificate(key, certificate);
  const stranger = join(folder, 'stranger.pem');
  makeCertificate(stranger, join(folder, 'stranger.crt'));
  const [port, controlPort] = [await freePort(), await freePort()];
  const origin = `https://127.0.0.1:${port}`;
  const issuer = `${origin}/api/v2`;
  const client = { CLIENT_ID: 'banc', CLIENT_SECRET: randomBytes(32).toString('hex') };
  const server = launch({
    command: [process.execPath, fileURLToPath(import.meta.resolve('./provider-process.ts'))],
    core: 1,
    env: {
      ...{ ISSUER: issuer, PORT: String(port), CONTROL_PORT: String(controlPort) },
      ...{ TLS: key, STRANGER_TLS: stranger, ...client },
    },
    log,
  });
  const pool = new Pool(origin, { connections: 32, connect: { ca: readFileSync(certificate) } });
  const ask = async (address: string, headers: Record<string, string> = {}) => {
    const { pathname, search } = new URL(address);
    const answer = await pool.request({ method: 'GET', path: pathname + search, headers });
    await answer.body.dump();
    return answer;
  };
  const sentBack = async (address: string | null, headers?: Record<string, string>) => {
    const answer = await ask(address ?? '', headers);
    const { pathname, search } = new URL(String(answer.headers.location));
    return pathname + search;
  };
  await untilReady(server, async () => {
    const { statusCode } = await ask(`${issuer}/.well-known/openid-configuration`);
    return statusCode === 200;
  });
  return {
    origin,
    env: {
      FRANCECONNECT: issuer,
      FRANCECONNECT_CLIENT_ID: client.CLIENT_ID,
      FRANCECONNECT_CLIENT_SECRET: client.CLIENT_SECRET,
      NODE_EXTRA_CA_CERTS: certificate,
    },
    proves(address, { number, line }) {
      const claims = registeredCivilStatus(`voyage${number}`, line);
      const sub = subjectOf(claims, client.CLIENT_ID, issuer);
      const person = Buffer.from(JSON.stringify({ ...claims, sub })).toString('base64url');
      return sentBack(address, { 'x-person': person });
    },
    cancels(address) {
      const asked = new URL(address ?? '').searchParams;
      const { pathname } = new URL(asked.get('redirect_uri') ?? '');
      const query = { error: 'access_denied', state: asked.get('state') ?? '', iss: issuer };
      return `${pathname}?${new URLSearchParams(query)}`;
    },
    leaves: (address) => sentBack(address),
    async behave(conduct) {
      const usual = { at: null, manner: null, rotates: false, tls: 'ours' };
      const body = JSON.stringify({ ...usual, ...conduct });
      const answer = await request(`http://127.0.0.1:${controlPort}/`, { method: 'PUT', body });
      if (answer.statusCode !== 204) throw new Error('The provider did not understand');
    },
    signal: (signal) => {
      if (server.status() === null) process.kill(server.pid, signal);
    },
    async close() {
      await pool.close();
      await server.stop();
    },
  };
}

/** Production only speaks https, also to this machine. */
function makeCertificate(key: string, certificate: string): void {
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
  const name = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  execFileSync('openssl', ['req', '-x509', ...kind, ...name, '-keyout', key, '-out', certificate], {
    stdio: 'ignore',
  });
  appendFileSync(key, readFileSync(certificate));
}
