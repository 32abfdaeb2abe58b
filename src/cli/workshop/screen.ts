import { workshopTerminalTexts } from '#src/cli/workshop/texts.ts';
import { isThisMachine } from '#src/config/addresses.ts';
import type { AtelierSite } from '#src/config/atelier/site.ts';
import type { Config } from '#src/config/config.ts';
import type { Language } from '#src/texts/language.ts';
import type { Workshop } from '#src/workshop/open.ts';
import { workshopPaths } from '#src/workshop/paths.ts';

/** The language of the person at the terminal: French, unless the machine speaks English. */
export function terminalLanguage(env: Readonly<Record<string, string | undefined>>): Language {
  const said = [env.LC_ALL, env.LC_MESSAGES, env.LANG].find((one) => one !== undefined && one !== '');
  const locale = said ?? Intl.DateTimeFormat().resolvedOptions().locale;
  return /^en/i.test(locale) ? 'en' : 'fr';
}

/** Before the port is open: where it opens. */
export function openingText(
  language: Language,
  { host, port }: Config['web'],
  urls: readonly string[],
): string {
  const t = workshopTerminalTexts[language];
  if (isThisMachine(host)) return t.openingHere;
  return t.opening(port === 0 ? [] : urls);
}

/** Before the port of a permanent site is open: where its proxy finds it. */
export function siteOpeningText(
  language: Language,
  { publicUrl }: Pick<AtelierSite, 'publicUrl'>,
  { host, port }: Config['web'],
): string {
  return workshopTerminalTexts[language].site.opening(publicUrl, `${host}:${port}`);
}

/** What the operator of a permanent site needs now. */
export function siteReadyText(language: Language, { url }: Pick<Workshop, 'url'>): string {
  return workshopTerminalTexts[language].site.ready(`${new URL(url).origin}${workshopPaths.trainer}`);
}

/** What a trainer needs now: the address, the code, the square to scan. */
export function readyText(
  language: Language,
  { url, otherUrls, pin }: Pick<Workshop, 'url' | 'otherUrls'> & { readonly pin: string },
  square: string,
): string {
  const t = workshopTerminalTexts[language];
  const row = (label: string, text: string): string => `    ${label.padEnd(22)} ${text}`;
  const others = otherUrls.map((one, index) => row(index === 0 ? t.others : '', one));
  const isAlone = new URL(url).hostname === 'localhost';
  return `
  ${t.ready}

${[
  row(t.address, url),
  ...others,
  ...(others.length > 0 ? [row('', `(${t.othersWhy})`)] : []),
  row(t.trainer, `${new URL(url).origin}${workshopPaths.trainer}`),
  row(t.pin, `${pin.slice(0, 3)} ${pin.slice(3)}`),
  row(t.stop, t.stopWhy),
].join('\n')}
${isAlone ? `\n  ${t.noNetwork}\n` : ''}
  ${t.scan}

${square}
`;
}
