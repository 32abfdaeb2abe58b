import { type ApiProblem, problem } from '#src/api/problem.ts';
import { type EmailForm, questioned, suggestionText } from '#src/page-parts/contact/form.ts';
import type { Voice } from '#src/texts/language.ts';

/** Questions a domain that looks mistyped, once: submitted again with the proposal, the address is accepted. */
export function otherDomain(email: EmailForm, proposed: string, voice: Voice): ApiProblem | null {
  const proposition = questioned(email, proposed);
  if (proposition === null) return null;
  const message = suggestionText(proposition, voice);
  return problem('fields', { fields: [{ champ: 'email', code: 'other-domain', message, proposition }] });
}
