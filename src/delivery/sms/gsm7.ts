/** The default alphabet of SMS (3GPP TS 23.038); the characters of its extension count twice. */
const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const extension = new Set('^{}\\[~]|€');

const substitutes: Readonly<Record<string, string>> = {
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
 * A text in the alphabet of SMS: a single character outside it would halve the length of a segment. Non-breaking spaces
 * become plain, quotation marks straight, letters lose the accents that the alphabet lacks (`ç`, `ê`); any other
 * character becomes `?`.
 */
export function toGsm7(text: string): string {
  return [...text].map(sendable).join('');
}

function sendable(character: string): string {
  if (basic.has(character) || extension.has(character)) return character;
  if (/\s/u.test(character)) return ' ';
  const substitute = substitutes[character];
  if (substitute !== undefined) return substitute;
  const plain = character.normalize('NFD').replace(/\p{M}/gu, '');
  return plain !== character && [...plain].every((part) => basic.has(part)) ? plain : '?';
}

/** How many of the 160 characters of a segment a result of `toGsm7` takes. */
export function gsm7Length(text: string): number {
  return [...text].reduce((length, character) => length + (extension.has(character) ? 2 : 1), 0);
}
