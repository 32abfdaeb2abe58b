import { suggestDomain } from '#src/contact/domain-suggestion.ts';
import { parseEmail } from '#src/contact/email-address.ts';
import { parseTelephone } from '#src/contact/telephone.ts';
import { contactTexts } from '#src/enrolment/contact/texts.ts';
import type { ConsentPurpose } from '#src/policy/schema.ts';
import type { Language } from '#src/texts/language.ts';
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

/**
 * Reads an address typed twice. A domain that looks mistyped is questioned once: the same address sent again,
 * with the question in `adresseProposee`, is taken.
 */
export function readEmail(typed: Typed, language: Language): EmailReading {
  const t = contactTexts[language];
  const email = parseEmail(typed.text('email'));
  const again = typed.text('emailConfirmation').trim();
  const problems: Problem[] = [];
  if (!email.ok) problems.push({ field: 'email', text: emailProblem(email.reason, language) });
  if (again === '') problems.push({ field: 'emailConfirmation', text: t.confirmationEmpty });
  else if (email.ok && !isSameAddress(again, email.canonical))
    problems.push({ field: 'emailConfirmation', text: t.different });
  if (problems.length > 0 || !email.ok) return { ok: false, problems };
  const domain = suggestDomain(email.address);
  const suggestion = domain === null ? null : email.address.replace(/@.*$/, `@${domain}`);
  if (suggestion !== null && typed.text('adresseProposee') !== suggestion)
    return {
      ok: false,
      problems: [{ field: 'email', text: `${t.suggestion(suggestion)} ${t.suggestionKeep}` }],
      suggestion,
    };
  return { ok: true, email };
}

function isSameAddress(typed: string, canonical: string): boolean {
  const again = parseEmail(typed);
  return again.ok && again.canonical === canonical;
}

function emailProblem(reason: string, language: Language): string {
  const t = contactTexts[language];
  switch (reason) {
    case 'empty':
      return t.emailEmpty;
    case 'too-long':
      return t.emailLong;
    case 'characters':
      return t.emailAccents;
    default:
      return t.emailWrong;
  }
}

export interface Telephones {
  readonly portable: string | null;
  readonly fixe: string | null;
}

/** Reads both optional numbers into E.164; empty is none. */
export function readTelephones(
  typed: Typed,
  language: Language,
): { readonly problems: readonly Problem[]; readonly telephones: Telephones } {
  const t = contactTexts[language];
  const problems: Problem[] = [];
  const read = (field: 'portable' | 'fixe'): string | null => {
    const text = typed.text(field).trim();
    if (text === '') return null;
    const reading = parseTelephone(text, field);
    if (reading.ok) return reading.e164;
    const wrong = field === 'portable' ? t.portableWrong : t.fixeWrong;
    const texts: Record<string, string> = {
      'not-mobile': t.notMobile,
      'is-mobile': t.isMobile,
      'not-french': t.notFrench,
      special: t.special,
    };
    problems.push({ field, text: texts[reading.reason] ?? wrong });
    return null;
  };
  return { telephones: { portable: read('portable'), fixe: read('fixe') }, problems };
}

/** The answer to each consent that is asked; «Non» unless the person said «Oui». */
export function readConsents(
  typed: Typed,
  purposes: readonly ConsentPurpose[],
): { purpose: ConsentPurpose; answer: boolean }[] {
  return purposes.map((purpose) => ({ purpose, answer: typed.text(purpose) === 'oui' }));
}
