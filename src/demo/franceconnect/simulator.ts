import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import formbody from '@fastify/formbody';
import Fastify, { type FastifyInstance } from 'fastify';
import { demoCounter } from '#src/demo/franceconnect/counter.ts';
import { contentSecurityPolicy, stylesheet, stylesheetPath } from '#src/demo/franceconnect/frame.ts';
import type { Behaviour } from '#src/demo/franceconnect/hostile/behaviour.ts';
import { behaviours, honest } from '#src/demo/franceconnect/hostile/behaviours.ts';
import type { Conduct } from '#src/demo/franceconnect/hostile/misbehave.ts';
import { registerInteraction } from '#src/demo/franceconnect/interaction.ts';
import { makeKeys } from '#src/demo/franceconnect/keys.ts';
import { listenHere } from '#src/demo/franceconnect/listen.ts';
import { refusalPage } from '#src/demo/franceconnect/pages.ts';
import type { SimulatedIdentity } from '#src/demo/franceconnect/people/identity.ts';
import { registerProtocol } from '#src/demo/franceconnect/protocol.ts';
import { usualPrefix as prefix, type RegisteredClient } from '#src/demo/franceconnect/provider.ts';
import { registerSwitches } from '#src/demo/franceconnect/switches.ts';
import { isMachineHost } from '#src/operations/machine-host.ts';

export interface SimulatorOptions {
  /** The next free one is taken when this one is not; 0 takes any. */
  readonly port: number;
  /** Where the service is, without a final slash; on this machine, any of its ports will do. */
  readonly clientUrl: string;
  readonly client: RegisteredClient;
  readonly identities: readonly SimulatedIdentity[];
  /** `eidas1` is FranceConnect, `eidas2` and `eidas3` are FranceConnect+. */
  readonly levels?: readonly string[];
}

/** A simulator of FranceConnect as a service sees it, with fictitious people, and able to misbehave. */
export interface Simulator {
  /** Its pages. */
  readonly url: string;
  readonly issuer: string;
  behaviour(): Behaviour;
  /** Sets the behaviour from now on; throws for a name that is not in the list. */
  behave(name: string): void;
  close(): Promise<void>;
}

/** Opens the simulator on this machine only. */
export async function openSimulator({ port, ...options }: SimulatorOptions): Promise<Simulator> {
  const server = createServer();
  return serveSimulator(server, await listenHere(server, port), options);
}

/** The same behind a server that listens already. */
export async function serveSimulator(
  server: Server,
  url: string,
  { clientUrl, client, identities, levels = ['eidas1'] }: Omit<SimulatorOptions, 'port'>,
): Promise<Simulator> {
  const conduct: Conduct = { behaviour: honest, previous: null };
  const behave = (name: string): boolean => {
    const found = behaviours.find((one) => one.name === name);
    if (!found || (client.encryptionKey && (found.idToken || found.userinfo || found.rotates))) return false;
    conduct.behaviour = found;
    return true;
  };
  const app = Fastify({ serverFactory: () => server });
  await app.register(formbody);
  registerHeaders(app, clientUrl);
  registerOutage(app, conduct);
  registerSwitches(app, { conduct, behave });
  const provider = await registerProtocol(app, {
    issuer: url + prefix,
    prefix,
    clientUrl,
    client,
    keys: await makeKeys(),
    levels,
    conduct,
    cookieKey: randomBytes(32).toString('base64url'),
    identity: (identifiant) => identities.find((one) => one.identifiant === identifiant) ?? null,
    refusalPage: (code, explanation) => refusalPage(code, explanation, clientUrl),
  });
  registerInteraction(app, {
    provider,
    prefix,
    conduct,
    levels,
    counter: demoCounter(identities, clientUrl),
  });
  await app.ready();
  server.on('request', app.routing);
  return {
    url,
    issuer: url + prefix,
    behaviour: () => conduct.behaviour,
    behave(name) {
      if (!behave(name)) throw new Error(`The simulator cannot behave like ${name}`);
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await Promise.all([closed, app.close()]);
    },
  };
}

function registerHeaders(app: FastifyInstance, clientUrl: string): void {
  // Browsers apply form-action also to the redirection that leads back to the service.
  const policy = contentSecurityPolicy([
    new URL(clientUrl).origin,
    'http://localhost:*',
    'http://127.0.0.1:*',
  ]);
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cache-control': 'no-store',
    });
    if (!isMachineHost(request.headers.host)) await reply.code(421).type('text/plain').send('Misdirected');
  });
  app.get(stylesheetPath, (_request, reply) => reply.type('text/css; charset=utf-8').send(stylesheet));
}

/** Simulates an outage of the protocol; the pages of the simulator stay, so that the outage can be ended. */
function registerOutage(app: FastifyInstance, conduct: Conduct): void {
  app.addHook('onRequest', async (request, reply) => {
    const { down } = conduct.behaviour;
    if (!down || !request.url.startsWith(prefix)) return;
    if (down === 'closed') {
      reply.hijack();
      request.raw.socket.destroy();
    } else await reply.code(503).type('text/plain; charset=utf-8').send('Service indisponible');
  });
}
