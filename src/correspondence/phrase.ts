export type PhraseProblem = 'short' | 'long' | 'characters' | 'number' | 'password';

export type PhraseReading =
  | { readonly ok: true; readonly phrase: string | null }
  | { readonly ok: false; readonly reason: PhraseProblem };

const least = 3;
const most = 60;
/** Words and their punctuation: no address of a page or of a mailbox, which a mail program would turn into a link. */
const words = /^[\p{L}\p{M}\p{Nd} ',!?.;()«»"-]+$/u;
/** More digits than a year and a day: a NIR, an IBAN, a card, a telephone, a date of birth. */
const mostDigits = 6;

/**
 * Reads the words by which a person knows our mails («phrase repère»), cleaned; empty: they want none. It is printed in
 * mails that anybody may read on the way, so that nothing secret is accepted: no number, no single word that is made like a
 * password.
 */
export function readPhrase(cleaned: string): PhraseReading {
  if (cleaned === '') return { ok: true, phrase: null };
  const reason = problemOf(cleaned);
  return reason === null ? { ok: true, phrase: cleaned } : { ok: false, reason };
}

function problemOf(phrase: string): PhraseProblem | null {
  const length = [...phrase].length;
  if (length < least) return 'short';
  if (length > most) return 'long';
  if ((phrase.match(/\p{Nd}/gu) ?? []).length > mostDigits) return 'number';
  if (looksLikePassword(phrase)) return 'password';
  if (!words.test(phrase) || /\.[\p{L}\p{Nd}]/u.test(phrase)) return 'characters';
  return null;
}

/** One word of eight signs or more, letters together with digits or other signs. */
function looksLikePassword(phrase: string): boolean {
  if (phrase.includes(' ') || [...phrase].length < 8) return false;
  return /\p{L}/u.test(phrase) && /[^\p{L}\p{M}'-]/u.test(phrase);
}
