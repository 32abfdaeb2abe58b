import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { changeText } from '#src/texts/text-runs.ts';
import { frenchTypographyFaults } from '#src/texts/typography.ts';
import { gzipped } from '#src/web/http/compression.ts';
import { markupValidator } from './markup.ts';
import type { AssetSource } from './showing.ts';
import type { State } from './world.ts';

const strict = z.object({
  root: z.boolean(),
  extends: z.array(z.string()),
  rules: z.record(z.string(), z.tuple([z.literal('error'), z.looseObject({})])),
});
const settings = new URL('../../.htmlvalidate.json', import.meta.url);

/** What html-validate, with every rule that it recommends, finds in one page. Boxes to tick share a name. */
export const markupFaults = markupValidator(strict.parse(JSON.parse(readFileSync(settings, 'utf8'))));

/** One title, one `h1`, the language, and «Erreur» before the title of a form that was refused. */
export function frameFaults({ status, seen }: State, language: string): string[] {
  const { html, title } = seen;
  const prefix = language === 'fr' ? 'Erreur\u00a0: ' : 'Error: ';
  const faults: string[] = [];
  if (!html.includes(`<html lang="${language}"`)) faults.push('not in its language');
  if (html.match(/<h1[ >]/g)?.length !== 1) faults.push('not one h1');
  if (title === '') faults.push('no title');
  if (status === 200 && title.startsWith(prefix)) faults.push(`«${title}» of a page without error`);
  if (/govuk-error-summary|govuk-error-message/.test(html) && !title.startsWith(prefix))
    faults.push(`«${title}» of a refused form`);
  return faults;
}

/**
 * What is wrong with the order of the forms of a page: help or anything else to open between a label and its field; a star
 * that nothing explains before it, on a form of several fields; an explanation that no star needs.
 */
export function fieldFaults({ seen }: State): string[] {
  const faults: string[] = [];
  for (const [form] of seen.html.matchAll(/<form[\s\S]*?<\/form>/g)) {
    for (const [between, id] of form.matchAll(/<label[^>]* for="([^"]+)"[\s\S]*?<input[^>]* id="\1"/g))
      if (/<details|<svg|<h[1-6]/.test(between)) faults.push(`something stands between the label and ${id}`);
    const names = [
      ...(form.match(/(?<=<input[^>]* name=")[^"]+(?="[^>]* type="(?!hidden))/g) ?? []),
      ...(form.match(/(?<=<textarea[^>]* name=")[^"]+/g) ?? []),
    ];
    const fields = new Set(names.map((name) => name.replace(/-(jour|mois|annee)$/, '')));
    const star = form.indexOf('class="required"');
    const legend = form.search(/>(\* champ obligatoire|\* Champs obligatoires|\* [Rr]equired fields?)</);
    if (star >= 0 && fields.size > 1 && (legend < 0 || legend > star))
      faults.push(`* unexplained: ${[...fields]}`);
    if (legend >= 0 && star < 0) faults.push('an explanation of * without *');
    if (legend >= 0 && fields.size < 2 && !fields.has('codePostal'))
      faults.push(`* explained for ${[...fields]}`);
  }
  return faults;
}

/** Links and buttons side by side with nothing between them: without styles they read as one word. */
export function gluedControls({ seen }: State): string[] {
  const glued =
    /<\/(?:a|button)>(?:<\/?(?:span|form|strong)\b[^>]*>|<input type="hidden"[^>]*>)*<(?:a|button)\b[^>]*>/g;
  return seen.html.match(glued) ?? [];
}

/** What a reader of French texts meets everywhere, and an English page never says unmarked. Not parts of names. */
const frenchWords = new RegExp(
  `(?<![\\p{L}\\d@/.-])(?:${[
    'caisses? vitale régimes? rib mairies? mutuelles? départements? ayants? maladie sécurité sociale réponse',
    'votre vous nous une pour avec et est sur par qui mon ma mes dans cette',
  ]
    .join(' ')
    .replaceAll(' ', '|')})(?![\\p{L}\\d@/-])`,
  'giu',
);

/** French words of an English page that nothing marks as French, so that a screen reader reads them as English. */
export function unmarkedFrench({ seen }: State): string[] {
  const faults: string[] = [];
  changeText(seen.html, (text, { untouchable, language }) => {
    if (!untouchable && language === 'en') faults.push(...(text.match(frenchWords) ?? []));
    return text;
  });
  const attributes = seen.html.matchAll(/ (?:aria-label|title|alt|placeholder|data-[a-z-]+)="([^"]*)"/g);
  for (const [whole, value = ''] of attributes) if (value.match(frenchWords)) faults.push(whole);
  return faults;
}

/** The text of a page, without what a policy lists as symbols. */
export function typographyFaults({ seen }: State, symbols: string): string[] {
  const text = seen.html
    .replace(/<(script|style|code)[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]+>/g, '\n')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replaceAll([...symbols].join(' '), '');
  return frenchTypographyFaults(text);
}

/** Bytes over the wire of a page whose assets the browser has: compressed, with its headers. */
export function nextPageBytes({ seen }: State): number {
  return gzipped(seen.html).length + sizeOf(seen.headers);
}

/** Bytes over the wire of a first visit: the page and every asset it names, compressed, with their headers. */
export async function firstVisitBytes(app: AssetSource, state: State): Promise<number> {
  const assets = new Set(state.seen.html.match(/\/assets\/[\w.-]+/g));
  let bytes = nextPageBytes(state);
  for (const url of assets) bytes += await assetBytes(app, url);
  return bytes;
}

/** Most pages have the same ones. */
const known = new WeakMap<AssetSource, Map<string, Promise<number>>>();

function assetBytes(app: AssetSource, url: string): Promise<number> {
  const ofApp = known.get(app) ?? new Map<string, Promise<number>>();
  known.set(app, ofApp);
  const found =
    ofApp.get(url) ??
    app
      .inject({ url, headers: { host: 'localhost', 'accept-encoding': 'br' } })
      .then(({ rawPayload, headers }) => rawPayload.length + sizeOf(headers));
  ofApp.set(url, found);
  return found;
}

function sizeOf(headers: object): number {
  return Object.entries(headers).reduce(
    (sum, [name, value]) => sum + name.length + String(value).length + 4,
    20,
  );
}
