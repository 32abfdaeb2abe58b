import type { FieldCode, TextsByCode } from '#src/page-parts/field-codes.ts';
import { passwordAdvice, passwordLabels, ruleTexts } from '#src/page-parts/password/labels.ts';
import { passwordSchema } from '#src/page-parts/password/schema.ts';
import { passwordTexts } from '#src/page-parts/password/texts.ts';
import { type Reading, readFields } from '#src/page-parts/typed-text.ts';
import { loadCommonPasswords } from '#src/passwords/common.ts';
import { type PasswordContext, passwordProblems } from '#src/passwords/rules.ts';
import type { Policy } from '#src/policy/schema.ts';
import type { Voice } from '#src/texts/language.ts';
import { passwordInput } from '#src/web/components/password-input.ts';
import { passwordRules, passwordStrength } from '#src/web/components/password-rules.ts';
import { problemOf } from '#src/web/forms/form-page.ts';
import { type Html, html } from '#src/web/html.ts';
import type { Problem, Typed } from '#src/web/page.ts';
import type { Visit } from '#src/web/visit.ts';

/** What stands before the fields of a new password, and the legend of their form. */
export function newPasswordRules(visit: Visit, policy: Policy['password']): { before: Html; legend: string } {
  const t = passwordLabels(visit.voice, policy);
  const before = html`${t.lead.map((text) => html`<p class="govuk-body">${text}</p>`)}
    ${t.must && html`<p class="govuk-body">${t.must}</p>`}
    ${passwordRules(visit, {
      id: 'regles',
      field: 'motDePasse',
      items: ruleTexts(visit.voice, policy),
      ...policy,
    })}
    <p class="govuk-body">${passwordAdvice(visit.voice, policy)}</p>`;
  return { before, legend: t.required };
}

/** The two fields of a new password, for every page where one is chosen, after `newPasswordRules`. */
export function newPasswordFields(
  visit: Visit,
  policy: Policy['password'],
  problems: readonly Problem[],
): Html {
  const t = passwordLabels(visit.voice, policy);
  const inputmode = policy.composition === 'digits' ? 'numeric' : undefined;
  return html`${passwordInput(visit, {
    name: 'motDePasse',
    label: t.password,
    error: problemOf(problems, 'motDePasse'),
    autocomplete: 'new-password',
    inputmode,
    rules: 'regles',
  })}
    ${passwordStrength(visit, 'motDePasse', policy.composition === 'digits' ? (policy.recommended ?? undefined) : undefined)}
    ${passwordInput(visit, {
      name: 'confirmation',
      label: t.confirmation,
      error: problemOf(problems, 'confirmation'),
      autocomplete: 'new-password',
      inputmode,
    })}`;
}

export type NewPasswordReading =
  | { readonly ok: true; readonly password: string }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Every fault of a new password, as codes: `empty`, or those of its rules. */
export async function passwordFaults(fields: unknown, context: PasswordContext): Promise<Reading<string>> {
  const reading = readFields(passwordSchema, fields);
  if (!reading.ok) return reading;
  const { motDePasse: password } = reading.value;
  const faults = passwordProblems(password, context, await loadCommonPasswords());
  if (faults.length === 0) return { ok: true, value: password };
  return { ok: false, problems: faults.map((code) => ({ field: 'motDePasse', code })) };
}

/** The message of one fault of a password. */
export function passwordFaultText(code: FieldCode, voice: Voice): string {
  const t = passwordTexts[voice];
  const faults: TextsByCode = t.problems;
  return faults[code] ?? t.empty;
}

/** Judges a new password, typed twice, by the policy and the person’s data; all faults are in one message. */
export async function readNewPassword(
  typed: Typed,
  context: PasswordContext,
  voice: Voice,
): Promise<NewPasswordReading> {
  const t = passwordTexts[voice];
  const motDePasse = typed.secret('motDePasse');
  const confirmation = typed.secret('confirmation');
  const problems: Problem[] = [];
  const reading = await passwordFaults({ motDePasse }, context);
  if (!reading.ok) {
    const faults = reading.problems.map(({ code }) => passwordFaultText(code, voice));
    problems.push({ field: 'motDePasse', text: faults.join('. ') });
  }
  if (confirmation === '') problems.push({ field: 'confirmation', text: t.confirmationEmpty });
  else if (confirmation !== motDePasse) problems.push({ field: 'confirmation', text: t.different });
  return problems.length === 0 ? { ok: true, password: motDePasse } : { ok: false, problems };
}
