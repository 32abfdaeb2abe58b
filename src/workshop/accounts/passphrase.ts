import { loadCommonPasswords } from '#src/passwords/common.ts';
import { type PasswordProblem, passwordProblems } from '#src/passwords/rules.ts';

/** Trainers choose theirs by length alone, as CNIL and ANSSI advise for whom no letter box or card proves. */
export const passphraseRule = { minimum: 12, maximum: 128, composition: 'free', specials: '' } as const;

/** What is wrong with a passphrase that a trainer has chosen; an empty list accepts it. */
export async function passphraseProblems(
  passphrase: string,
  { name, identifier }: { readonly name: string; readonly identifier: string },
): Promise<readonly PasswordProblem[]> {
  const about = { nir: '', birthDate: '0000-00-00', names: [name, identifier.replaceAll('-', '')] };
  const policy = { ...passphraseRule, word: 'mot de passe' } as const;
  return passwordProblems(passphrase, { policy, ...about }, await loadCommonPasswords());
}
