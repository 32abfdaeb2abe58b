import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type Provider from 'oidc-provider';
import type { InteractionResults } from 'oidc-provider';
import { z } from 'zod';
import type { Conduct } from '#src/demo/franceconnect/hostile/misbehave.ts';
import { consentPage, loginPage, refusalPage } from '#src/demo/franceconnect/pages.ts';
import { type SimulatedIdentity, simulatorPassword } from '#src/demo/franceconnect/people/identity.ts';
import { searchIdentities } from '#src/demo/franceconnect/people/search.ts';
import { claimsOfScopes, prefix } from '#src/demo/franceconnect/provider.ts';
import { levelOf } from '#src/demo/franceconnect/request-check.ts';

const text = z.string().max(200).catch('');
const query = z.object({ q: text, page: z.coerce.number().int().catch(1) });
const body = z.object({ action: text, identifiant: text, motDePasse: text });

interface InteractionOptions {
  readonly provider: Provider;
  readonly identities: readonly SimulatedIdentity[];
  readonly conduct: Conduct;
  readonly levels: readonly string[];
  readonly clientUrl: string;
}

/** The pages between the request of the service and the return to it: sign-in, then consent. */
export function registerInteraction(
  app: FastifyInstance,
  { provider, identities, conduct, levels, clientUrl }: InteractionOptions,
): void {
  const path = `${prefix}/interaction/:uid`;
  const address = ({ raw }: FastifyRequest) => (raw.url ?? '').split('?')[0] ?? '';
  const html = (reply: FastifyReply, page: string) => reply.type('text/html; charset=utf-8').send(page);
  const find = (identifiant: unknown) => identities.find((one) => one.identifiant === identifiant) ?? null;
  const details = ({ raw }: FastifyRequest, reply: FastifyReply) =>
    provider.interactionDetails(raw, reply.raw).catch(() => null);
  const over = (reply: FastifyReply) =>
    html(
      reply.code(400),
      refusalPage('Y040001', 'Votre passage a expiré, ou votre navigateur refuse les cookies.', clientUrl),
    );
  const finish = async ({ raw }: FastifyRequest, reply: FastifyReply, result: InteractionResults) =>
    reply.redirect(await provider.interactionResult(raw, reply.raw, result), 303);
  const login = (request: FastifyRequest, reply: FastifyReply, refused = false, typed = '') => {
    const { q, page } = query.parse(request.query);
    const found = searchIdentities(identities, q.trim(), page);
    return html(
      reply.code(refused ? 422 : 200),
      loginPage(address(request), found, { query: q, refused, typed }),
    );
  };

  app.get(path, async (request, reply) => {
    const interaction = await details(request, reply);
    if (!interaction) return over(reply);
    const { comesBackWith } = conduct.behaviour;
    if (comesBackWith) return finish(request, reply, comesBackWith);
    const identity = find(interaction.result?.login?.accountId);
    if (!identity) return login(request, reply);
    const passedOn = claimsOfScopes(String(interaction.params.scope ?? ''));
    const granted = Object.entries(identity.claims).filter(([claim]) => passedOn.has(claim));
    return html(reply, consentPage(address(request), identity, Object.fromEntries(granted)));
  });

  app.post(path, async (request, reply) => {
    const interaction = await details(request, reply);
    if (!interaction) return over(reply);
    const { action, identifiant, motDePasse } = body.parse(request.body ?? {});
    const { raw } = request;
    if (action === 'annuler')
      return finish(request, reply, { error: 'access_denied', error_description: 'User auth aborted' });
    if (action === 'changer') {
      await provider.interactionResult(raw, reply.raw, {});
      return reply.redirect(address(request), 303);
    }
    if (action === 'continuer') {
      const accountId = interaction.result?.login?.accountId;
      if (!accountId) return reply.redirect(address(request), 303);
      const grant = new provider.Grant({ accountId, clientId: String(interaction.params.client_id) });
      grant.addOIDCScope(String(interaction.params.scope));
      grant.addOIDCClaims(['acr', 'amr', 'auth_time', ...claimsOfScopes(String(interaction.params.scope))]);
      return finish(request, reply, { ...interaction.result, consent: { grantId: await grant.save() } });
    }
    const identity = find(identifiant.trim());
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
