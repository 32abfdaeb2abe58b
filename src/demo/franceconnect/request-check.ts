import type { FastifyRequest } from 'fastify';
import { z } from 'zod';

/** FranceConnect shows these on a page of its own, without sending anybody back. */
export interface AuthorizeRefusal {
  readonly code: string;
  readonly explanation: string;
}

const parameters = z.record(z.string(), z.unknown());

/** The parameters of an authorization request, whether they came in the address or in a form. */
export function authorizeParameters(request: FastifyRequest): Record<string, unknown> {
  return parameters.parse(request.method === 'POST' ? { ...Object(request.body) } : request.query);
}

/** What FranceConnect asks for beyond OpenID Connect; null when nothing is wrong. */
export function authorizeRefusal(
  asked: Readonly<Record<string, unknown>>,
  levels: readonly string[],
): AuthorizeRefusal | null {
  const missing = (what: string): AuthorizeRefusal => ({
    code: 'Y030007',
    explanation: `La demande du service n’est pas valable\u00a0: ${what}.`,
  });
  const { nonce, state, acr_values: acr, prompt = 'login' } = asked;
  if (!isLong(nonce)) return missing('nonce manque ou a moins de 32 caractères');
  if (!isLong(state)) return missing('state manque ou a moins de 32 caractères');
  const fallsBack = !levels.includes('eidas1');
  if (!fallsBack && !wanted(acr).some((level) => levels.includes(level)))
    return missing(`acr_values manque ou ne contient pas ${levels.join(' ni ')}`);
  if (wanted(prompt).some((one) => one !== 'login' && one !== 'consent'))
    return missing('prompt ne peut être que login ou consent');
  return null;
}

/** The level that somebody gets: the lowest of those asked for; FranceConnect+ gives its highest when in doubt. */
export function levelOf(acr: unknown, levels: readonly string[]): string {
  const asked = wanted(acr);
  return levels.find((level) => asked.includes(level)) ?? levels.at(-1) ?? 'eidas1';
}

function wanted(value: unknown): string[] {
  return typeof value === 'string' ? value.split(' ').filter(Boolean) : [];
}

function isLong(value: unknown): boolean {
  return typeof value === 'string' && value.length >= 32;
}
