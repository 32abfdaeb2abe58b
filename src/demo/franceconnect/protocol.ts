import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type Provider from 'oidc-provider';
import { type Conduct, misbehave } from '#src/demo/franceconnect/hostile/misbehave.ts';
import type { Keys } from '#src/demo/franceconnect/keys.ts';
import type { SimulatedIdentity } from '#src/demo/franceconnect/people/identity.ts';
import {
  callbackPath,
  providerConfiguration,
  type RegisteredClient,
} from '#src/demo/franceconnect/provider.ts';
import { authorizeParameters, authorizeRefusal, levelOf } from '#src/demo/franceconnect/request-check.ts';

export interface ProtocolOptions {
  readonly issuer: string;
  /** Where the protocol begins, without a final slash. */
  readonly prefix: string;
  readonly clientUrl: string;
  readonly client: RegisteredClient;
  readonly keys: Keys;
  readonly levels: readonly string[];
  readonly conduct: Conduct;
  readonly cookieKey: string;
  readonly identity: (identifiant: string) => SimulatedIdentity | null;
  /** The page of an error that FranceConnect shows itself. */
  readonly refusalPage: (code: string, explanation: string) => string;
  /** An address as browsers are sent there; the same by default. */
  readonly onwards?: (address: string) => string;
}

/** The codes of FranceConnect for the errors that it shows itself. */
const ownCodes: Readonly<
  Record<string, { readonly code: string; readonly explanation: string } | undefined>
> = {
  invalid_client: { code: 'Y04EA6EF', explanation: 'Ce service n’est pas connu de FranceConnect.' },
  invalid_redirect_uri: {
    code: 'Y04C013C',
    explanation: 'L’adresse de retour n’est pas celle que ce service a déclarée.',
  },
};

/** The endpoints of the protocol: those of the library, behind the checks of FranceConnect and the current behaviour. */
export async function registerProtocol(app: FastifyInstance, options: ProtocolOptions): Promise<Provider> {
  const { prefix, levels, keys, client, conduct, refusalPage } = options;
  const provider = await openProvider(options);
  provider.use((ctx, next) => misbehave(ctx, next, conduct, { keys, client }));
  const answer = provider.callback();

  const pass = (request: FastifyRequest, reply: FastifyReply): void => {
    reply.hijack();
    for (const [name, value] of Object.entries(reply.getHeaders()))
      if (value) reply.raw.setHeader(name, value);
    const { raw } = request;
    if (raw.url?.startsWith(`${prefix}/authorize`)) withoutCookie(request, 'simulateur');
    const inside = (raw.url ?? '').slice(prefix.length) || '/';
    void answer(Object.assign(raw, { originalUrl: raw.url, url: inside }), reply.raw);
  };

  app.route({
    method: ['GET', 'POST'],
    url: `${prefix}/authorize`,
    handler: (request, reply) => {
      const parameters = authorizeParameters(request);
      const refusal = authorizeRefusal(parameters, levels);
      if (refusal)
        return reply
          .code(400)
          .type('text/html; charset=utf-8')
          .send(refusalPage(refusal.code, refusal.explanation));
      const query = queryOf({ ...parameters, acr_values: levelOf(parameters.acr_values, levels) });
      request.raw.method = 'GET';
      request.raw.url = `${prefix}/authorize?${query}`;
      pass(request, reply);
      return reply;
    },
  });
  app.register(async (scope) => {
    // The library reads bodies itself.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
    scope.all(`${prefix}/*`, (request, reply) => {
      pass(request, reply);
      return reply;
    });
  });
  return provider;
}

async function openProvider({
  issuer,
  clientUrl,
  identity,
  refusalPage,
  onwards,
  ...settings
}: ProtocolOptions): Promise<Provider> {
  const { Provider } = await importQuietly();
  const provider = new Provider(
    issuer,
    providerConfiguration({
      ...settings,
      clientUrl,
      identity,
      refuse: (ctx, out) => {
        const own = ownCodes[out.error] ?? {
          code: out.error,
          explanation: out.error_description ?? 'La demande n’est pas valable.',
        };
        ctx.type = 'text/html; charset=utf-8';
        ctx.body = refusalPage(own.code, own.explanation);
      },
    }),
  );
  // Koa would log every aborted connection.
  provider.silent = true;
  provider.Client.prototype.redirectUriAllowed = (address) => isReturn(address, clientUrl, callbackPath);
  provider.Client.prototype.postLogoutRedirectUriAllowed = (address) => isReturn(address, clientUrl, null);
  if (onwards)
    provider.use(async (ctx, next) => {
      await next();
      const to = ctx.response.get('location');
      if (to) ctx.set('location', onwards(to));
    });
  provider.use(endSessionAtOnce(refusalPage));
  return provider;
}

/** The library warns of every Node.js that is not yet a long-term version. */
async function importQuietly(): Promise<typeof import('oidc-provider')> {
  const { warn } = console;
  console.warn = () => {};
  try {
    return await import('oidc-provider');
  } finally {
    console.warn = warn;
  }
}

/** FranceConnect asks nothing before it ends its session: the browser goes straight back. */
function endSessionAtOnce(refusalPage: ProtocolOptions['refusalPage']): Parameters<Provider['use']>[0] {
  return async (ctx, next) => {
    await next();
    if (ctx.path !== '/session/end' || ctx.status !== 200) return;
    const { session, params, provider } = ctx.oidc;
    const { post_logout_redirect_uri: address, state } = params;
    await session.destroy();
    ctx.cookies.set(provider.cookieName('session'), null, { overwrite: true });
    if (typeof address !== 'string') {
      ctx.type = 'text/html; charset=utf-8';
      ctx.body = refusalPage('déconnexion', 'Vous êtes déconnecté de FranceConnect.');
      return;
    }
    const back = new URL(address);
    if (typeof state === 'string') back.searchParams.set('state', state);
    ctx.redirect(back.href);
    ctx.status = 303;
  };
}

/** Declared addresses: those of the service, on any port where it is on this machine. */
function isReturn(address: string, clientUrl: string, path: string | null): boolean {
  if (!URL.canParse(address)) return false;
  const requested = new URL(address);
  const declared = new URL(clientUrl);
  const local = /^(localhost|127\.0\.0\.1|\[::1\])$/;
  const here =
    local.test(requested.hostname) && local.test(declared.hostname) && requested.protocol === 'http:';
  return (requested.origin === declared.origin || here) && (path === null || requested.pathname === path);
}

function queryOf(parameters: Readonly<Record<string, unknown>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters))
    for (const one of Array.isArray(value) ? value : [value]) query.append(name, String(one));
  return query.toString();
}

/** Each visit begins with «Qui êtes-vous ?», without the session of the visit before. */
function withoutCookie({ raw }: FastifyRequest, name: string): void {
  const kept = (raw.headers.cookie ?? '').split(/; */).filter((cookie) => !cookie.startsWith(`${name}=`));
  raw.headers.cookie = kept.join('; ');
}
