import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import type { FranceConnectSettings } from '#src/config/franceconnect.ts';
import { Secret } from '#src/crypto/secret.ts';
import type { Counter } from '#src/demo/franceconnect/counter.ts';
import { contentSecurityPolicy } from '#src/demo/franceconnect/frame.ts';
import { honest } from '#src/demo/franceconnect/hostile/behaviours.ts';
import { registerInteraction } from '#src/demo/franceconnect/interaction.ts';
import { listenHere } from '#src/demo/franceconnect/listen.ts';
import { registerProtocol } from '#src/demo/franceconnect/protocol.ts';
import type { Language } from '#src/texts/language.ts';
import { readCookie } from '#src/web/cookies.ts';
import { preferencesOf, roleCookie } from '#src/web/visit-of.ts';
import type { Roster } from '#src/workshop/classroom/roster.ts';
import type { Seated } from '#src/workshop/classroom/seats.ts';
import { type Reading, stylesheet, stylesheetName } from '#src/workshop/franceconnect/frame-view.ts';
import { classIdentity } from '#src/workshop/franceconnect/identities.ts';
import {
  consentView,
  downView,
  impossibleView,
  loginView,
  overView,
} from '#src/workshop/franceconnect/steps-view.ts';
import { storedKeys } from '#src/workshop/franceconnect/stored-keys.ts';
import { workshopPaths } from '#src/workshop/paths.ts';

/** FranceConnect as a class has it: each seat can be the person whom it plays, and nobody else. */
export interface ClassFranceConnect {
  readonly settings: FranceConnectSettings;
  /** Answers a browser that was sent to it. */
  readonly handle: RequestListener;
  /** The same for the program that plays a person. */
  readonly app: () => Promise<FastifyInstance>;
  close(): Promise<void>;
}

/** Somebody at a seat, or the program that plays the person of one: for that, nothing goes wrong. */
export interface FranceConnectVisitor extends Seated {
  readonly isProgram: boolean;
}

export interface ClassFranceConnectOptions {
  /** Of the class. */
  readonly folder: string;
  readonly id: string;
  readonly publicUrl: string;
  readonly roster: Roster;
  readonly language: Language;
  /** Whose cookie it is, while the class is open; null for anybody else. */
  readonly visitor: (cookie: string | null) => FranceConnectVisitor | null;
  readonly isOurHost: (host: string) => boolean;
  /** A seat has come to a page of it; `isDown`: it is out of order for this seat. */
  readonly arrived: (seat: Seated['seat'], isDown: boolean) => void;
  /** What was typed there is not of its person. */
  readonly refused: (seat: Seated['seat']) => void;
}

const client = 'compte-assure';
/** A name that stays the same whatever the address of the workshop: accounts are linked under it. */
const issuerOrigin = 'http://127.0.0.1';
const level = 'eidas1';
/** What the service asks itself; browsers have no business there. */
const backChannel = ['/.well-known/openid-configuration', '/jwks', '/token', '/userinfo'];

/** Where the provider of a class begins: on the same port as the class, under a path of its own. */
function providerPrefix(id: string): string {
  return `${workshopPaths.franceConnect}/${id}`;
}

/**
 * Opens the provider of a class. The service asks it over a port of this machine; browsers come to it through the gateway
 * of the workshop. Its libraries are loaded at the first request.
 */
export async function openClassFranceConnect(
  options: ClassFranceConnectOptions,
): Promise<ClassFranceConnect> {
  const { id, publicUrl } = options;
  const prefix = providerPrefix(id);
  const secret = randomBytes(32).toString('hex');
  const server = createServer();
  const fromService = new WeakSet<IncomingMessage>();
  let opening: Promise<FastifyInstance> | null = null;
  const app = (): Promise<FastifyInstance> => {
    opening ??= buildProvider(options, { prefix, secret, fromService }).catch((error: unknown) => {
      opening = null;
      throw error;
    });
    return opening;
  };
  const answer: RequestListener = (request, response) =>
    void app().then(
      ({ routing }) => routing(request, response),
      () => response.writeHead(500).end(),
    );
  const isBackChannel = ({ url = '' }: IncomingMessage) =>
    backChannel.some((path) => url.split('?', 1)[0] === prefix + path);
  server.on('request', (request, response) => {
    if (!isBackChannel(request)) return void response.writeHead(404).end();
    fromService.add(request);
    // Addresses in its answers are those of the issuer.
    request.headers.host = new URL(issuerOrigin).host;
    answer(request, response);
  });
  const service = await listenHere(server, 0);
  return {
    settings: {
      issuer: issuerOrigin + prefix,
      clientId: client,
      clientSecret: new Secret(secret),
      signingKey: null,
      encryptionKey: null,
      acr: level,
      within: { service, browser: publicUrl },
    },
    handle: (request, response) =>
      isBackChannel(request) ? void response.writeHead(404).end() : answer(request, response),
    app,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await Promise.all([closed, opening?.then((one) => one.close()).catch(() => {})]);
    },
  };
}

interface Inside {
  readonly prefix: string;
  readonly secret: string;
  readonly fromService: WeakSet<IncomingMessage>;
}

async function buildProvider(
  options: ClassFranceConnectOptions,
  { prefix, secret, fromService }: Inside,
): Promise<FastifyInstance> {
  const { folder, publicUrl, roster, language, visitor, isOurHost, arrived, refused } = options;
  const context = { secure: publicUrl.startsWith('https:'), demo: { kind: 'exercise' } } as const;
  const seatOf = (request: FastifyRequest) => visitor(readCookie(context, request, roleCookie));
  const readingOf = (request: FastifyRequest): Reading => ({ ...preferencesOf(request), prefix });
  const identities = new Map(
    [...roster.values()].flat().map((one) => {
      const identity = classIdentity(one);
      return [identity.identifiant, identity] as const;
    }),
  );
  const isDown = ({ seat, isProgram }: FranceConnectVisitor) =>
    !isProgram && seat.faults.includes('franceconnect-down');
  const counter: Counter = {
    find(request, identifiant) {
      const found = seatOf(request);
      const own = found && classIdentity(found.plays);
      return own && identifiant.toLowerCase() === own.identifiant ? own : null;
    },
    closed(request) {
      const found = seatOf(request);
      if (!found || !isDown(found)) return null;
      return { status: 503, page: downView(readingOf(request), pathOf(request)) };
    },
    loginPage(request, action, isRefused) {
      const found = seatOf(request);
      return found
        ? loginView(readingOf(request), action, found.plays, isRefused)
        : overView(readingOf(request));
    },
    consentPage(request, action, _identity, sent) {
      const found = seatOf(request);
      return found
        ? consentView(readingOf(request), action, found.plays, sent)
        : overView(readingOf(request));
    },
    overPage: (request) => overView(readingOf(request)),
  };

  const app = Fastify({ serverFactory: () => createServer(), bodyLimit: 16 * 1024 });
  await app.register(cookie);
  await app.register(formbody);
  const headers = {
    'content-security-policy': contentSecurityPolicy([]),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cache-control': 'no-store',
  };
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(headers);
    if (!fromService.has(request.raw) && !isOurHost(request.headers.host ?? ''))
      await reply.code(421).type('text/plain').send('Misdirected');
  });
  app.addHook('preHandler', async (request, reply) => {
    if (fromService.has(request.raw) || request.routeOptions.url === stylesheetPath) return;
    const found = seatOf(request);
    if (!found) return reply.redirect(workshopPaths.join, 303);
    if (!found.isProgram && request.method === 'GET' && request.url.includes('/interaction/'))
      arrived(found.seat, isDown(found));
  });
  app.addHook('onResponse', async (request, reply) => {
    const found = reply.statusCode === 422 ? seatOf(request) : null;
    if (found && !found.isProgram) refused(found.seat);
  });
  const stylesheetPath = `${prefix}/${stylesheetName}`;
  app.get(stylesheetPath, (_request, reply) => reply.type('text/css; charset=utf-8').send(stylesheet));
  const { keys, cookieKey } = await storedKeys(folder);
  const conduct = { behaviour: honest, previous: null };
  const provider = await registerProtocol(app, {
    issuer: issuerOrigin + prefix,
    prefix,
    clientUrl: publicUrl,
    client: { id: client, secret },
    keys,
    levels: [level],
    conduct,
    cookieKey,
    identity: (identifiant) => identities.get(identifiant) ?? null,
    refusalPage: (code) => impossibleView({ language, contrast: false, prefix }, code),
    onwards: withoutOrigin,
  });
  registerInteraction(app, { provider, prefix, conduct, levels: [level], counter, onwards: withoutOrigin });
  await app.ready();
  return app;
}

/** A browser stays at the address by which it came: a machine has several. */
function withoutOrigin(address: string): string {
  if (!URL.canParse(address)) return address;
  const { pathname, search } = new URL(address);
  return pathname + search;
}

function pathOf({ raw }: FastifyRequest): string {
  return (raw.url ?? '').split('?', 1)[0] ?? '';
}
