import type { FastifyRequest } from 'fastify';
import { z } from 'zod';

/** An error that FranceConnect shows on a page of its own, without a return to the service. */
export interface AuthorizeRefusal {
  readonly code: string;
  readonly explanation: string;
}

const parameters = z.record(z.string(), z.unknown());

/** The parameters of an authorization request, whether they came in the address or in a form. */
export function authorizeParameters(request: FastifyRequest): Record<string, unknown> {
  return parameters.parse(request.method === 'POST' ? { ...Object(request.body) } : request.query);
}

/** Checks what FranceConnect requires beyond OpenID Connect; null when the request is valid. */
export function authorizeRefusal(
  requested: Readonly<Record<string, unknown>>,
  levels: readonly string[],
): AuthorizeRefusal | null {
  const missing = (what: string): AuthorizeRefusal => ({
    code: 'Y030007',
    explanation: `La demande du service n’est pas valable\u00a0: ${what}.`,
  });
  const { nonce, state, acr_values: acr, prompt = 'login' } = requested;
  if (!isLong(nonce)) return missing('nonce manque ou a moins de 32 caractères');
  if (!isLong(state)) return missing('state manque ou a moins de 32 caractères');
  const fallsBack = !levels.includes('eidas1');
  if (!fallsBack && !wordsOf(acr).some((level) => levels.includes(level)))
    return missing(`acr_values manque ou ne contient pas ${levels.join(' ni ')}`);
  if (wordsOf(prompt).some((one) => one !== 'login' && one !== 'consent'))
    return missing('prompt ne peut être que login ou consent');
  return null;
}

/** The level granted: the lowest of those requested; FranceConnect+ grants its highest when it offers none of them. */
export function levelOf(acr: unknown, levels: readonly string[]): string {
  const requested = wordsOf(acr);
  return levels.find((level) => requested.includes(level)) ?? levels.at(-1) ?? 'eidas1';
}

function wordsOf(value: unknown): string[] {
  return typeof value === 'string' ? value.split(' ').filter(Boolean) : [];
}

function isLong(value: unknown): boolean {
  return typeof value === 'string' && value.length >= 32;
}
