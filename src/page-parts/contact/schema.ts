import { z } from 'zod';
import { type EmailAddress, parseEmail } from '#src/contact/email-address.ts';
import { parseTelephone, type TelephoneKind } from '#src/contact/telephone.ts';
import { typedText, wrong } from '#src/page-parts/typed-text.ts';
import type { ConsentPurpose } from '#src/policy/schema.ts';

export const emailSchema = z.object({
  email: typedText<EmailAddress>({ examples: ['ange.venturi@exemple.fr'], format: 'email' }, (typed) => {
    const email = parseEmail(typed);
    return email.ok ? { ok: true, value: email } : wrong(email.reason);
  }),
});

/** Optional numbers, read into E.164; an empty field is null. */
export const telephonesSchema = z.object({
  portable: telephone('portable', '06 50 56 42 78'),
  fixe: telephone('fixe', '01 99 00 12 34'),
});

function telephone(kind: TelephoneKind, example: string) {
  return typedText<string | null>({ examples: [example] }, (typed) => {
    if (typed === '') return { ok: true, value: null };
    const reading = parseTelephone(typed, kind);
    return reading.ok ? { ok: true, value: reading.e164 } : wrong(reading.reason);
  }).prefault('');
}

const consent = z
  .boolean({ error: 'not-boolean' })
  .meta({ examples: [false] })
  .default(false);

const consents: Readonly<Record<ConsentPurpose, typeof consent>> = {
  promoEmail: consent,
  promoPortableTelephone: consent,
  promoPortableSms: consent,
  promoFixeTelephone: consent,
  contactTelephone: consent,
  contactSms: consent,
  etudes: consent,
};

/** The fields of the contact step, each typed once; consents outside the policy are ignored. */
export const contactSchema = z.object({
  ...emailSchema.shape,
  /** The address that was proposed instead, when the person keeps their own. */
  adresseProposee: typedText({ examples: ['ange.venturi@orange.fr'] }, (typed) => ({
    ok: true,
    value: typed,
  })).prefault(''),
  ...telephonesSchema.shape,
  ...consents,
});
