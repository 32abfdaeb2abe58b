import { languageOf, localeOf, type Voice } from '#src/texts/language.ts';

const formats = new Map<string, Intl.NumberFormat>();

function format(cents: number, voice: Voice, digits: number): string {
  const locale = localeOf(languageOf(voice));
  const name = `${locale}${digits}`;
  const known =
    formats.get(name) ??
    new Intl.NumberFormat(locale, {
      style: 'currency',
      currency: 'EUR',
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
  formats.set(name, known);
  // Screen readers and old fonts know the wider no-break space better; they say a real minus sign, and skip a hyphen.
  return known
    .format(cents / 100)
    .replaceAll('\u202f', '\u00a0')
    .replace('-', '\u2212');
}

/** An amount among others, always with its cents: «1 234,50 €», “€1,234.50”. */
export function formatAmount(cents: number, voice: Voice): string {
  return format(cents, voice, 2);
}

/** An amount in a sentence, without cents that are none: «19 €», «19,50 €», “€19”. */
export function formatEuros(cents: number, voice: Voice): string {
  return format(cents, voice, cents % 100 === 0 ? 0 : 2);
}

/** A rate: «70 %», “70%”. */
export function formatPercent(percent: number, voice: Voice): string {
  const language = languageOf(voice);
  const number = String(percent);
  return language === 'fr' ? `${number.replace('.', ',')}\u00a0%` : `${number}%`;
}
