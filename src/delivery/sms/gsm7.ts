/** The characters that one SMS of 160 can hold (3GPP TS 23.038, default alphabet); those of `two` count twice. */
const one = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const two = new Set('^{}\\[~]|€');

const written: Readonly<Record<string, string>> = {
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '«': '"',
  '»': '"',
  '…': '...',
  '–': '-',
  '—': '-',
  œ: 'oe',
  Œ: 'OE',
};

/**
 * A text as one segment can hold it: another character would make every character of the SMS count twice. Spaces that
 * do not break become plain, quotation marks straight, letters lose the accents that the alphabet lacks (`ç`, `ê`);
 * whatever is still unknown becomes `?`.
 */
export function toGsm7(text: string): string {
  return [...text].map(sendable).join('');
}

function sendable(character: string): string {
  if (one.has(character) || two.has(character)) return character;
  if (/\s/u.test(character)) return ' ';
  const known = written[character];
  if (known !== undefined) return known;
  const plain = character.normalize('NFD').replace(/\p{M}/gu, '');
  return plain !== character && [...plain].every((part) => one.has(part)) ? plain : '?';
}

/** How much of a segment of 160 a text takes; only for what `toGsm7` gave. */
export function gsm7Length(text: string): number {
  return [...text].reduce((length, character) => length + (two.has(character) ? 2 : 1), 0);
}
