import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { decodeJwt } from 'jose';
import type Provider from 'oidc-provider';
import type { Behaviour, Reply, Tools } from '#src/demo/franceconnect/hostile/behaviour.ts';
import { type KeyPair, signJwt } from '#src/demo/franceconnect/keys.ts';
import { callbackPath } from '#src/demo/franceconnect/provider.ts';

type Context = Parameters<Parameters<Provider['use']>[0]>[0];

/** How the simulator behaves now, and what it remembers. */
export interface Conduct {
  behaviour: Behaviour;
  previous: Tools['previous'];
}

/**
 * Middleware around the honest provider: changes its response as the current behaviour says. A response signed with the
 * first key of the provider is left unchanged unless the behaviour changes it.
 */
export async function misbehave(
  ctx: Context,
  next: () => Promise<unknown>,
  conduct: Conduct,
  tools: Omit<Tools, 'previous'>,
): Promise<void> {
  const { behaviour, previous } = conduct;
  const all: Tools = { ...tools, previous };
  const { path } = ctx;
  if (path === '/token' && behaviour.tokenAfterMs) await wait(behaviour.tokenAfterMs);
  await next();
  if (path.startsWith('/authorize')) {
    changeReturn(ctx, conduct, all);
    return;
  }
  if (ctx.status !== 200) return;
  if (path === '/jwks') {
    const honest = { keys: [tools.keys.current().publicJwk] };
    if (behaviour.jwks) await send(ctx, await behaviour.jwks(all));
    else ctx.body = honest;
  } else if (path === '/token') await changeTokens(ctx, behaviour, all);
  else if (path === '/userinfo') await changeUserinfo(ctx, behaviour, all);
}

async function changeTokens(ctx: Context, behaviour: Behaviour, tools: Tools): Promise<void> {
  const body: Readonly<Record<string, unknown>> = { ...Object(ctx.body) };
  const { id_token: honest } = body;
  if (typeof honest !== 'string') return;
  if (behaviour.rotates) tools.keys.rotate();
  const forged = behaviour.idToken
    ? await behaviour.idToken(decodeJwt(honest), tools)
    : await resigned(honest, tools);
  const changed = { ...body, id_token: forged };
  if (behaviour.token) await send(ctx, behaviour.token(changed));
  else ctx.body = changed;
}

async function changeUserinfo(ctx: Context, behaviour: Behaviour, tools: Tools): Promise<void> {
  const honest = String(ctx.body);
  if (behaviour.userinfo) await send(ctx, await behaviour.userinfo(decodeJwt(honest), tools));
  else ctx.body = await resigned(honest, tools);
}

/** The provider signs with the first key only: after a rotation, its tokens are signed again with the current key. */
async function resigned(jwt: string, { keys }: Tools): Promise<string> {
  const current: KeyPair = keys.current();
  if (current === keys.own[0] || jwt.split('.').length !== 3) return jwt;
  return signJwt(decodeJwt(jwt), current);
}

function changeReturn(ctx: Context, conduct: Conduct, tools: Tools): void {
  const location = ctx.response.get('location');
  if (!location || !URL.canParse(location)) return;
  const address = new URL(location);
  if (address.pathname !== callbackPath) return;
  const honest = {
    state: address.searchParams.get('state') ?? '',
    code: address.searchParams.get('code') ?? '',
  };
  conduct.behaviour.callback?.(address, tools);
  conduct.previous = honest;
  ctx.redirect(address.href);
  ctx.status = 303;
}

async function send(ctx: Context, reply: Reply): Promise<void> {
  if (reply === 'never') {
    await once(ctx.res, 'close');
    return;
  }
  ctx.body = reply.body;
  ctx.status = reply.status ?? 200;
  if (reply.location) ctx.set('location', reply.location);
  ctx.type = reply.type ?? 'text/plain';
}
