import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type Provider from 'oidc-provider';
import type { InteractionResults } from 'oidc-provider';
import { z } from 'zod';
import type { Counter } from '#src/demo/franceconnect/counter.ts';
import type { Conduct } from '#src/demo/franceconnect/hostile/misbehave.ts';
import { simulatorPassword } from '#src/demo/franceconnect/people/identity.ts';
import { claimsOfScopes } from '#src/demo/franceconnect/provider.ts';
import { levelOf } from '#src/demo/franceconnect/request-check.ts';

const text = z.string().max(200).catch('');
const body = z.object({ action: text, identifiant: text, motDePasse: text });

interface InteractionOptions {
  readonly provider: Provider;
  readonly prefix: string;
  readonly conduct: Conduct;
  readonly levels: readonly string[];
  readonly counter: Counter;
  /** An address of the provider as the browser is sent there; the same by default. */
  readonly onwards?: (address: string) => string;
}

/** The pages between the request of the service and the return to it: sign-in, then consent. */
export function registerInteraction(
  app: FastifyInstance,
  { provider, prefix, conduct, levels, counter, onwards = (address) => address }: InteractionOptions,
): void {
  const path = `${prefix}/interaction/:uid`;
  const address = ({ raw }: FastifyRequest) => (raw.url ?? '').split('?')[0] ?? '';
  const html = (reply: FastifyReply, page: string) => reply.type('text/html; charset=utf-8').send(page);
  const details = ({ raw }: FastifyRequest, reply: FastifyReply) =>
    provider.interactionDetails(raw, reply.raw).catch(() => null);
  const over = (request: FastifyRequest, reply: FastifyReply) =>
    html(reply.code(400), counter.overPage(request));
  const finish = async ({ raw }: FastifyRequest, reply: FastifyReply, result: InteractionResults) =>
    reply.redirect(onwards(await provider.interactionResult(raw, reply.raw, result)), 303);
  const login = (request: FastifyRequest, reply: FastifyReply, refused = false, typed = '') =>
    html(reply.code(refused ? 422 : 200), counter.loginPage(request, address(request), refused, typed));

  app.get(path, async (request, reply) => {
    const interaction = await details(request, reply);
    if (!interaction) return over(request, reply);
    const { comesBackWith } = conduct.behaviour;
    if (comesBackWith) return finish(request, reply, comesBackWith);
    const closed = counter.closed(request);
    if (closed) return html(reply.code(closed.status), closed.page);
    const identity = counter.find(request, interaction.result?.login?.accountId ?? '');
    if (!identity) return login(request, reply);
    const passedOn = claimsOfScopes(String(interaction.params.scope ?? ''));
    const granted = Object.entries(identity.claims).filter(([claim]) => passedOn.has(claim));
    return html(reply, counter.consentPage(request, address(request), identity, Object.fromEntries(granted)));
  });

  app.post(path, async (request, reply) => {
    const interaction = await details(request, reply);
    if (!interaction) return over(request, reply);
    const { action, identifiant, motDePasse } = body.parse(request.body ?? {});
    const { raw } = request;
    if (action === 'annuler')
      return finish(request, reply, { error: 'access_denied', error_description: 'User auth aborted' });
    const closed = counter.closed(request);
    if (closed && action === 'panne')
      return finish(request, reply, { error: 'temporarily_unavailable', error_description: 'maintenance' });
    if (closed) return html(reply.code(closed.status), closed.page);
    if (action === 'changer') {
      await provider.interactionResult(raw, reply.raw, {});
      return reply.redirect(address(request), 303);
    }
    if (action === 'continuer') {
      // The visitor may have become somebody else since they signed in.
      const accountId = interaction.result?.login?.accountId;
      if (!accountId || !counter.find(request, accountId)) return reply.redirect(address(request), 303);
      const grant = new provider.Grant({ accountId, clientId: String(interaction.params.client_id) });
      grant.addOIDCScope(String(interaction.params.scope));
      grant.addOIDCClaims(['acr', 'amr', 'auth_time', ...claimsOfScopes(String(interaction.params.scope))]);
      return finish(request, reply, { ...interaction.result, consent: { grantId: await grant.save() } });
    }
    const identity = counter.find(request, identifiant.trim());
    if (!identity || motDePasse !== simulatorPassword) return login(request, reply, true, identifiant);
    if (identity.refusal)
      return finish(request, reply, { error: 'access_denied', error_description: identity.refusal });
    const acr = levelOf(interaction.params.acr_values, levels);
    await provider.interactionResult(raw, reply.raw, {
      login: { accountId: identity.identifiant, acr, amr: ['pwd'] },
    });
    return reply.redirect(address(request), 303);
  });
}
