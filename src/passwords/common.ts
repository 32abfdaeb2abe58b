import { readFile } from 'node:fs/promises';
import { fold } from './folding.ts';
import { isPredictable } from './predictable.ts';

/** The offline lists, folded. */
export interface CommonPasswords {
  /** Whether a word is a common password, a French word or a name: more than 100,000. */
  has(word: string): boolean;
  /** Whether it is among the few thousand that people disguise with digits and signs. */
  isFrequent(word: string): boolean;
}

let loading: Promise<CommonPasswords> | undefined;

/** Reads the lists on first use (about 1 MB) and keeps them. */
export function loadCommonPasswords(): Promise<CommonPasswords> {
  loading ??= Promise.all([readList('common-passwords.txt'), readList('frequent-passwords.txt')]).then(
    ([all, frequent]) => ({ has: all, isFrequent: frequent }),
  );
  return loading;
}

async function readList(name: string): Promise<(word: string) => boolean> {
  const text = await readFile(new URL(name, import.meta.url), 'latin1');
  return sortedList(text.slice(text.indexOf('\n\n') + 2));
}

/** A list of non-empty entries, one a line, sorted by code unit, searched where it stands. */
export function sortedList(text: string): (word: string) => boolean {
  return (word) => {
    let low = 0;
    let high = text.length;
    while (low < high) {
      const start = text.lastIndexOf('\n', Math.floor((low + high) / 2) - 1) + 1;
      const newline = text.indexOf('\n', start);
      const end = newline === -1 ? text.length : newline;
      const entry = text.slice(start, end);
      if (entry === word) return true;
      if (entry < word) low = end + 1;
      else high = start;
    }
    return false;
  };
}

/**
 * Whether a password is a common one in a thin disguise: other case or accents, signs in the place of letters
 * (`p@55w0rd`), for the most frequent ones at most six digits or signs around it (`Azerty123!`,
 * `Motdepasse2026!`), or nothing but runs, repetitions and words of this service.
 */
export function isCommon(password: string, list: CommonPasswords): boolean {
  const text = fold(password);
  const [whole, ...shorter] = cores(text);
  if (whole === undefined) return false;
  const barest = shorter.reduce((least, core) => (core.length < least.length ? core : least), whole);
  return (
    spellings(whole).some((word) => list.has(word)) ||
    shorter.some((core) => spellings(core).some((word) => list.isFrequent(word))) ||
    spellings(whole).some((word) => isPredictable(word, 2)) ||
    spellings(barest).some((word) => isPredictable(word, 0))
  );
}

/** The text, then without 1 to 6 of the digits and signs around its letters; at least four characters stay. */
function cores(text: string): readonly string[] {
  const firstLetter = text.search(/[a-z]/);
  const afterLetters = text.length - 1 - text.search(/[a-z][^a-z]*$/);
  const [head, tail] = firstLetter < 0 ? [0, 0] : [Math.min(6, firstLetter), Math.min(6, afterLetters)];
  const found: string[] = [];
  for (let before = 0; before <= head; before += 1) {
    for (let after = 0; after <= tail && before + after <= 6; after += 1) {
      const core = text.slice(before, text.length - after);
      if (core.length >= 4) found.push(core);
    }
  }
  return found;
}

const signs: Record<string, string> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '€': 'e',
  '0': 'o',
  '5': 's',
  $: 's',
  '7': 't',
  '8': 'b',
  '!': 'i',
  '£': 'l',
};

function spellings(core: string): readonly string[] {
  const letters = core.replace(/[@43€05$78!£]/g, (sign) => signs[sign] ?? sign);
  return [...new Set([core, letters.replaceAll('1', 'i'), letters.replaceAll('1', 'l')])];
}
