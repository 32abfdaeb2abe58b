import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { consentPage, loginPage, refusalPage } from '#src/demo/franceconnect/pages.ts';
import type { SimulatedIdentity } from '#src/demo/franceconnect/people/identity.ts';
import { searchIdentities } from '#src/demo/franceconnect/people/search.ts';

/** Where a visitor says who they are: whom they may be, and the pages that they see. */
export interface Counter {
  /** Null for somebody as whom this visitor cannot sign in. */
  find(request: FastifyRequest, identifiant: string): SimulatedIdentity | null;
  /** What is shown in place of any step; null: nothing keeps the visitor from it. */
  closed(request: FastifyRequest): { readonly status: number; readonly page: string } | null;
  loginPage(request: FastifyRequest, action: string, refused: boolean, typed: string): string;
  consentPage(
    request: FastifyRequest,
    action: string,
    identity: SimulatedIdentity,
    sent: Readonly<Record<string, unknown>>,
  ): string;
  /** The visitor took too long, or their browser keeps no cookies. */
  overPage(request: FastifyRequest): string;
}

const text = z.string().max(200).catch('');
const query = z.object({ q: text, page: z.coerce.number().int().catch(1) });

/** The one of the demo: anybody is anybody. */
export function demoCounter(identities: readonly SimulatedIdentity[], clientUrl: string): Counter {
  return {
    find: (_request, identifiant) => identities.find((one) => one.identifiant === identifiant) ?? null,
    closed: () => null,
    loginPage(request, action, refused, typed) {
      const { q, page } = query.parse(request.query);
      const found = searchIdentities(identities, q.trim(), page);
      return loginPage(action, found, { query: q, refused, typed });
    },
    consentPage: (_request, action, identity, sent) => consentPage(action, identity, sent),
    overPage: () =>
      refusalPage('Y040001', 'Votre passage a expiré, ou votre navigateur refuse les cookies.', clientUrl),
  };
}
