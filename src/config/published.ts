import { z } from 'zod';
import type { SecurityReports } from '#src/config/config.ts';
import { explanations, oneOf } from '#src/config/explained.ts';
import { parseEmail } from '#src/contact/email-address.ts';

const mostContacts = 5;

/** One way of reporting a vulnerability, as security.txt writes it; null for anything else. */
function contactOf(typed: string): string | null {
  if (/^tel:\+[\d-]{3,30}$/.test(typed)) return typed;
  if (/^https:\/\/[!-~]{1,500}$/.test(typed) && URL.canParse(typed)) return typed;
  const email = parseEmail(typed.replace(/^mailto:/, ''));
  return email.ok ? `mailto:${email.address}` : null;
}

const contacts = z.string().transform((typed, context) => {
  const read = typed.split(',').map((one) => contactOf(one.trim()));
  const known = read.filter((one) => one !== null);
  if (known.length === read.length && known.length <= mostContacts) return known;
  context.addIssue(
    `must be ${mostContacts} at most, with commas between: an e-mail address, https://… or tel:+33…`,
  );
  return z.NEVER;
});

/** What the site offers programs, and what it tells those who find a vulnerability. */
export const publishedSettings = {
  API: oneOf(['on', 'off']).default('on').register(explanations, {
    meaning:
      '`off` closes the API for programs ([api.md](api.md)): its addresses lead nowhere, and no page names them.',
    example: 'off',
  }),
  SECURITY_CONTACT: contacts.optional().register(explanations, {
    meaning:
      'Where vulnerabilities are reported, for `/.well-known/security.txt` (RFC 9116): e-mail addresses, `https://…` or `tel:+33…`, the preferred one first.',
    example: 'securite@compte.example.fr, https://compte.example.fr/signaler',
    unset: 'no such file',
  }),
  SECURITY_LANGUAGES: z
    .string()
    .regex(/^[a-z]{2,3}(, ?[a-z]{2,3}){0,9}$/, 'must be codes of languages, with commas between')
    .default('fr, en')
    .register(explanations, {
      meaning: 'Languages in which reports are read.',
      example: 'fr',
    }),
  SECURITY_POLICY: z
    .url({
      protocol: /^https$/,
      error: 'must be an address such as https://compte.example.fr/vulnerabilites',
    })
    .optional()
    .register(explanations, {
      meaning: 'Page that says how reports are handled.',
      example: 'https://compte.example.fr/vulnerabilites',
      unset: 'none is named',
    }),
} as const;

type Values = z.infer<z.ZodObject<typeof publishedSettings>>;

/** What security.txt says; null where nobody is to be contacted. */
export function securityReportsOf(values: Values): SecurityReports | null {
  const { SECURITY_CONTACT: contacts, SECURITY_LANGUAGES: list, SECURITY_POLICY: policy = null } = values;
  return contacts ? { contacts, languages: list.split(',').map((one) => one.trim()), policy } : null;
}
