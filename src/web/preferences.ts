import type {} from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Language, languages } from '#src/texts/language.ts';

export interface Preferences {
  readonly language: Language;
  readonly contrast: boolean;
}

interface PreferenceSources {
  /** The query of the address: `lang=fr|en`, `contraste=oui|non`. */
  readonly query: unknown;
  readonly cookies: { readonly langue?: string | undefined; readonly contraste?: string | undefined };
  readonly acceptLanguage: string | undefined;
}

const year = 365 * 24 * 60 * 60;

/** Language and contrast of a visit: the address decides, then the cookie, then the browser; French otherwise. */
export function readPreferences({ query, cookies, acceptLanguage }: PreferenceSources): Preferences {
  const contrast = parameter(query, 'contraste') ?? cookies.contraste;
  return {
    language:
      knownLanguage(parameter(query, 'lang')) ??
      knownLanguage(cookies.langue) ??
      browserLanguage(acceptLanguage),
    contrast: contrast === 'oui',
  };
}

/** What the address asks to be kept; nothing when it asks for nothing known. */
export function chosenPreferences(query: unknown): ReadonlyMap<'langue' | 'contraste', string> {
  const chosen = new Map<'langue' | 'contraste', string>();
  const language = knownLanguage(parameter(query, 'lang'));
  if (language) chosen.set('langue', language);
  const contrast = parameter(query, 'contraste');
  if (contrast === 'oui' || contrast === 'non') chosen.set('contraste', contrast);
  return chosen;
}

/**
 * Keeps what the address of a page chose, for a year. Pages only: a file of the site is kept by caches, which would
 * give one visitor’s choice to the next.
 */
export function keepPreferences(request: FastifyRequest, reply: FastifyReply, https: boolean): void {
  for (const [name, value] of chosenPreferences(request.query))
    reply.setCookie(name, value, { path: '/', maxAge: year, httpOnly: true, sameSite: 'lax', secure: https });
}

function parameter(query: unknown, name: string): string | undefined {
  if (typeof query !== 'object' || query === null || !Object.hasOwn(query, name)) return undefined;
  const value: unknown = Reflect.get(query, name);
  return typeof value === 'string' ? value : undefined;
}

function knownLanguage(text: string | undefined): Language | undefined {
  return languages.find((language) => language === text);
}

/** The language that most browsers put first, without a quality: nothing after it counts more. */
const firstChoice = /^\s*(fr|en)(?:-[\da-z-]+)?\s*(?:,|$)/i;

function browserLanguage(header: string | undefined): Language {
  const first = knownLanguage(firstChoice.exec(header ?? '')?.[1]?.toLowerCase());
  if (first) return first;
  const asked = (header ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', quality = '1'] = part
        .trim()
        .toLowerCase()
        .split(/\s*;\s*q=/);
      return { language: knownLanguage(tag.split('-')[0]), quality: Number(quality) };
    })
    .filter(({ language, quality }) => language !== undefined && quality > 0)
    .sort((a, b) => b.quality - a.quality);
  return asked[0]?.language ?? 'fr';
}
