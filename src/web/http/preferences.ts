import type {} from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Language, languages } from '#src/texts/language.ts';
import { weightedChoices } from '#src/web/http/weighted-choices.ts';

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

/** The valid preferences in the query of an address. */
export function chosenPreferences(query: unknown): ReadonlyMap<'langue' | 'contraste', string> {
  const chosen = new Map<'langue' | 'contraste', string>();
  const language = knownLanguage(parameter(query, 'lang'));
  if (language) chosen.set('langue', language);
  const contrast = parameter(query, 'contraste');
  if (contrast === 'oui' || contrast === 'non') chosen.set('contraste', contrast);
  return chosen;
}

/**
 * Stores the preferences in the address of a page, for a year. For pages only: caches keep the files of the site, and
 * would pass the choice of one visitor on to the next.
 */
export function keepPreferences(request: FastifyRequest, reply: FastifyReply, https: boolean): void {
  if (!request.url.includes('?')) return;
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

/** The languages of headers that were read lately: browsers send few different ones. */
const known = new Map<string, Language>();
const mostKnown = 500;
/** Longer than browsers send; others are not kept. */
const longestKnown = 100;

/** The language that the browser prefers; the first among equals. */
function browserLanguage(header = ''): Language {
  const kept = known.get(header);
  if (kept) return kept;
  let best: { language: Language; quality: number } | null = null;
  for (const { name, quality } of weightedChoices(header)) {
    const language = knownLanguage(name.split('-')[0]);
    if (language && quality > (best?.quality ?? 0)) best = { language, quality };
  }
  const language = best?.language ?? 'fr';
  if (known.size >= mostKnown) known.clear();
  if (header.length <= longestKnown) known.set(header, language);
  return language;
}
