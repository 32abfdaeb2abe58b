import type { Visit } from '#src/web/visit.ts';

/** Both terms are masculine, and no name, address or attribute of a page contains the first with its spaces. */
const french: readonly (readonly [RegExp, string])[] = [
  [/mots de passe/g, 'codes personnels'],
  [/Mots de passe/g, 'Codes personnels'],
  [/mot de passe/g, 'code personnel'],
  [/Mot de passe/g, 'Code personnel'],
];

/** Not the attributes of fields nor addresses: `type="password"`, `current-password`, `/assets/passwords.js`. */
const english: readonly (readonly [RegExp, string])[] = [
  [/(?<![\w"=/-])passwords(?![\w"=-])/g, 'personal codes'],
  [/(?<![\w"=/-])Passwords(?![\w"=-])/g, 'Personal codes'],
  [/(?<![\w"=/-])password(?![\w=-])/g, 'personal code'],
  [/(?<![\w"=/-])Password(?![\w=-])/g, 'Personal code'],
];

/** A page in the terms of the policy: where it says «code personnel», that replaces «mot de passe» in all texts. */
export function withPasswordWord(
  { passwordWord, language }: Pick<Visit, 'passwordWord' | 'language'>,
  document: string,
): string {
  if (passwordWord === 'mot de passe') return document;
  return (language === 'fr' ? french : english).reduce(
    (text, [pattern, word]) => text.replace(pattern, word),
    document,
  );
}
