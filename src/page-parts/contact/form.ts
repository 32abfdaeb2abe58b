import type { Telephones } from '#src/accounts/change-contact.ts';
import { suggestDomain } from '#src/contact/domain-suggestion.ts';
import { parseEmail } from '#src/contact/email-address.ts';
import { emailProblems } from '#src/page-parts/contact/email-texts.ts';
import { emailSchema, telephonesSchema } from '#src/page-parts/contact/schema.ts';
import { contactTexts } from '#src/page-parts/contact/texts.ts';
import type { FieldCode, TextsByCode } from '#src/page-parts/field-codes.ts';
import { readFields } from '#src/page-parts/typed-text.ts';
import type { ConsentPurpose } from '#src/policy/schema.ts';
import type { Voice } from '#src/texts/language.ts';
import type { Problem, Typed } from '#src/web/page.ts';

export interface EmailForm {
  readonly address: string;
  readonly canonical: string;
  /** The mailbox as limits count it. */
  readonly limiterKey: string;
}

export type EmailReading =
  | { readonly ok: true; readonly email: EmailForm }
  | { readonly ok: false; readonly problems: readonly Problem[]; readonly suggestion?: string };

/** The name and the value of the button that takes the proposed address. */
export const takeProposal = { name: 'prendreProposition', value: 'oui' } as const;

/** The form with the proposed address in both of its fields, if the button that takes it was pressed. */
export function proposalTaken(typed: Typed): Typed {
  const proposed = typed.text('adresseProposee');
  if (typed.text(takeProposal.name) !== takeProposal.value || proposed === '') return typed;
  return typed.with({ email: proposed, emailConfirmation: proposed });
}

/**
 * Reads an address typed twice. A domain that looks mistyped is questioned once: the same address submitted again, with
 * the proposal in `adresseProposee`, is accepted.
 */
export function readEmail(typed: Typed, voice: Voice): EmailReading {
  const t = contactTexts[voice];
  const reading = readFields(emailSchema, { email: typed.text('email') });
  const again = typed.text('emailConfirmation');
  const problems: Problem[] = [];
  if (!reading.ok)
    problems.push(
      ...reading.problems.map(({ field, code }) => ({ field, text: contactProblem(field, code, voice) })),
    );
  if (again === '') problems.push({ field: 'emailConfirmation', text: t.confirmationEmpty });
  else if (reading.ok && !isSameAddress(again, reading.value.email.canonical))
    problems.push({ field: 'emailConfirmation', text: t.different });
  if (problems.length > 0 || !reading.ok) return { ok: false, problems };
  const { email } = reading.value;
  const suggestion = questioned(email, typed.text('adresseProposee'));
  if (suggestion === null) return { ok: true, email };
  return {
    ok: false,
    problems: [{ field: 'email', text: suggestionText(suggestion, voice) }],
    suggestion,
  };
}

/** The address that was probably meant; null when nothing looks mistyped, or when it was proposed already. */
export function questioned({ address }: EmailForm, proposed: string): string | null {
  const domain = suggestDomain(address);
  const suggestion = domain === null ? null : address.slice(0, address.lastIndexOf('@') + 1) + domain;
  return suggestion === proposed ? null : suggestion;
}

export function suggestionText(suggestion: string, voice: Voice): string {
  const t = contactTexts[voice];
  return `${t.suggestion(suggestion)} ${t.suggestionKeep}`;
}

function isSameAddress(typed: string, canonical: string): boolean {
  const again = parseEmail(typed);
  return again.ok && again.canonical === canonical;
}

/** The message of a wrong field. */
export function contactProblem(field: string, code: FieldCode, voice: Voice): string {
  const t = contactTexts[voice];
  if (field === 'email') {
    const emails: TextsByCode = emailProblems[voice];
    return emails[code] ?? emailProblems[voice]['too-long'];
  }
  const texts: TextsByCode = {
    'length-short': t.telephoneShort,
    'length-long': t.telephoneLong,
    'no-zero': t.telephoneZero,
    'two-numbers': t.twoTelephones,
    characters: t.telephoneCharacters,
    'not-mobile': t.notMobile,
    'is-mobile': t.isMobile,
    'not-french': t.notFrench,
    'country-code': t.countryCode,
    special: t.special,
  };
  return texts[code] ?? (field === 'portable' ? t.portableWrong : t.fixeWrong);
}

/** Reads both optional numbers into E.164; an empty field is null. */
export function readTelephones(
  typed: Typed,
  voice: Voice,
): { readonly problems: readonly Problem[]; readonly telephones: Telephones } {
  const reading = readFields(telephonesSchema, {
    portable: typed.text('portable'),
    fixe: typed.text('fixe'),
  });
  if (reading.ok) return { telephones: reading.value, problems: [] };
  const problems = reading.problems.map(({ field, code }) => ({
    field,
    text: contactProblem(field, code, voice),
  }));
  return { telephones: { portable: null, fixe: null }, problems };
}

/** The answer to each consent of the policy; «Non» unless «Oui» was chosen. */
export function readConsents(
  typed: Typed,
  purposes: readonly ConsentPurpose[],
): { purpose: ConsentPurpose; answer: boolean }[] {
  return purposes.map((purpose) => ({ purpose, answer: typed.text(purpose) === 'oui' }));
}
