const rows = [
  'abcdefghijklmnopqrstuvwxyz',
  'azertyuiopqsdfghjklmwxcvbn',
  'qwertyuiopasdfghjklzxcvbnm',
  'qwertzuiopasdfghjklyxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
  '1aqw2zsx3edc4rfv5tgb6yhn7uj',
  'aqwzsxedcrfvtgbyhnuj',
  '01234567890123',
];
const runs = [...rows, ...rows.map((row) => [...row].reverse().join(''))];

/** Words that a person thinks of first on the pages of this service. */
const serviceWords =
  'ameli compteameli monameli cpam cnam cgss secu securite sociale social assurance assure assuree maladie ' +
  'carte vitale compte caisse nir france connect franceconnect service public sante mutuelle medecin docteur ' +
  'motdepasse passe passeword password mdp code codeperso personnel secret acces connexion bonjour bienvenue ' +
  'soleil jetaime mon mes mot nouveau nouvelle famille maison admin login user test azerty qwerty';
const words = serviceWords.split(' ').toSorted((a, b) => b.length - a.length);

/**
 * Whether a folded text is made of nothing but runs of the keyboard or the alphabet, repeated characters,
 * repeated groups and words of this service, `others` other characters at most.
 */
export function isPredictable(folded: string, others: number): boolean {
  return isRepeated(folded) || uncovered(folded) <= others;
}

function isRepeated(text: string): boolean {
  return /^(.{1,4})\1{2,}$/su.test(text) || /^(?:(.)\1){3,}$/su.test(text);
}

function uncovered(text: string): number {
  let position = 0;
  let others = 0;
  while (position < text.length) {
    const piece = pieceLength(text, position);
    others += piece === 0 ? 1 : 0;
    position += Math.max(1, piece);
  }
  return others;
}

function pieceLength(text: string, start: number): number {
  const word = words.find((candidate) => text.startsWith(candidate, start))?.length ?? 0;
  const repeated = /^(.)\1{2,}/su.exec(text.slice(start))?.[0].length ?? 0;
  return Math.max(word, repeated, runLength(text, start));
}

function runLength(text: string, start: number): number {
  let length = 2;
  while (length < text.length - start && isRun(text.slice(start, start + length + 1))) length += 1;
  return length >= 3 ? length : 0;
}

function isRun(piece: string): boolean {
  return runs.some((row) => row.includes(piece));
}
