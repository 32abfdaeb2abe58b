import { passwordTexts } from '#src/enrolment/password/texts.ts';
import { loadCommonPasswords } from '#src/passwords/common.ts';
import { type PasswordContext, passwordProblems } from '#src/passwords/rules.ts';
import type { Policy } from '#src/policy/schema.ts';
import type { Language } from '#src/texts/language.ts';
import { passwordInput } from '#src/web/components/password-input.ts';
import { passwordRules, passwordStrength } from '#src/web/components/password-rules.ts';
import { problemOf } from '#src/web/form-page.ts';
import { type Html, html } from '#src/web/html.ts';
import type { Problem, Typed } from '#src/web/page.ts';
import type { Visit } from '#src/web/visit.ts';

/** The two fields of a new password, above them its rules; used wherever one is chosen. */
export function newPasswordFields(
  visit: Visit,
  policy: Policy['password'],
  problems: readonly Problem[],
): Html {
  const t = passwordTexts[visit.language];
  const items = [
    { rule: 'length' as const, text: t.rules.length(policy.minimum, policy.maximum) },
    ...(policy.composition === 'mixed'
      ? [
          { rule: 'latin' as const, text: t.rules.latin },
          { rule: 'digit' as const, text: t.rules.digit([...policy.specials].join(' ')) },
          { rule: 'allowed' as const, text: t.rules.allowed },
        ]
      : []),
    { rule: 'personal' as const, text: t.rules.personal },
  ];
  return html`<p class="govuk-body">${t.lead}</p>
    <p class="govuk-body">${t.must}</p>
    ${passwordRules(visit, { id: 'regles', field: 'motDePasse', items, ...policy })}
    <p class="govuk-body">${t.advice}</p>
    <p class="govuk-body">${t.required}</p>
    ${passwordInput(visit, {
      name: 'motDePasse',
      label: t.password,
      error: problemOf(problems, 'motDePasse'),
      autocomplete: 'new-password',
      rules: 'regles',
    })}
    ${passwordStrength(visit, 'motDePasse')}
    ${passwordInput(visit, {
      name: 'confirmation',
      label: t.confirmation,
      error: problemOf(problems, 'confirmation'),
      autocomplete: 'new-password',
    })}`;
}

export type NewPasswordReading =
  | { readonly ok: true; readonly password: string }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Judges a new password by the policy and what the person is known by; all its faults in one message. */
export async function readNewPassword(
  typed: Typed,
  context: PasswordContext,
  language: Language,
): Promise<NewPasswordReading> {
  const t = passwordTexts[language];
  const password = typed.text('motDePasse');
  const confirmation = typed.text('confirmation');
  const problems: Problem[] = [];
  const faults = password === '' ? [] : passwordProblems(password, context, await loadCommonPasswords());
  if (password === '') problems.push({ field: 'motDePasse', text: t.empty });
  else if (faults.length > 0)
    problems.push({ field: 'motDePasse', text: faults.map((fault) => t.problems[fault]).join('. ') });
  if (confirmation === '') problems.push({ field: 'confirmation', text: t.confirmationEmpty });
  else if (confirmation !== password) problems.push({ field: 'confirmation', text: t.different });
  return problems.length === 0 ? { ok: true, password } : { ok: false, problems };
}
