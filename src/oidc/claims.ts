import { z } from 'zod';
import { parseEmail } from '#src/contact/email-address.ts';
import type { Pivot } from '#src/register/pivot.ts';
import { clean } from '#src/texts/clean.ts';

const cleaned = z.string().max(300).transform(clean);
const text = cleaned.catch('');

const claimsSchema = z.object({
  family_name: text,
  given_name: text,
  given_name_array: z.array(cleaned).max(30).nullable().catch(null),
  birthdate: text,
  gender: text,
  birthplace: text,
  birthcountry: text,
  email: text,
});

/**
 * The pivot identity and the e-mail address among verified claims, cleaned as what is typed. What is missing or no text
 * is empty; what is no address is none.
 */
export function readClaims(claims: unknown): { readonly pivot: Pivot; readonly email: string | null } {
  const read = claimsSchema.catch(claimsSchema.parse({})).parse(claims);
  const given = read.given_name_array ?? read.given_name.split(' ');
  const email = parseEmail(read.email);
  return {
    pivot: {
      familyName: read.family_name,
      givenNames: given.filter((name) => name !== ''),
      birthDate: read.birthdate,
      gender: read.gender,
      birthPlace: read.birthplace,
      birthCountry: read.birthcountry,
    },
    email: email.ok ? email.address : null,
  };
}
