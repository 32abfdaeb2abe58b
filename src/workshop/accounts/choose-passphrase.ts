import { clientOf } from '#src/limits/client-address.ts';
import type { PageRequest, Problem } from '#src/web/page.ts';
import type { Judging } from '#src/workshop/accounts/judge-passphrase.ts';
import { passphraseProblems } from '#src/workshop/accounts/passphrase.ts';
import { accountTexts } from '#src/workshop/accounts/texts.ts';

/** What is stored of the passphrase that a form chooses, typed twice; or what is wrong with it. */
export async function choosePassphrase(
  { keyring, passwords }: Omit<Judging, 'tries'>,
  { typed, visit, sender }: PageRequest,
  account: { readonly id: string; readonly name: string; readonly identifier: string },
): Promise<
  | { readonly kind: 'chosen'; readonly stored: string }
  | { readonly kind: 'refused'; readonly problem: Problem }
> {
  const t = accountTexts[visit.voice];
  const refuse = (problem: Problem) => ({ kind: 'refused', problem }) as const;
  const passphrase = typed.secret('motDePasse');
  const faults = await passphraseProblems(passphrase, account);
  if (faults.length > 0)
    return refuse({
      field: 'motDePasse',
      text: faults.map((fault) => t.invitation.problems[fault]).join(' '),
    });
  if (typed.secret('confirmation') !== passphrase)
    return refuse({ field: 'confirmation', text: t.invitation.different });
  const hashed = await passwords.hash(passphrase, {
    nir: account.id,
    client: clientOf({ keyring, unnamedShare: 10 }, sender.ip),
    ahead: true,
    signal: sender.leaving(),
  });
  if (!hashed.ok) return refuse({ field: null, text: t.signIn.problems.busy, ours: true });
  return { kind: 'chosen', stored: hashed.value };
}
