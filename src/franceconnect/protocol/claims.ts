import { z } from 'zod';
import type { Pivot } from '#src/register/pivot.ts';

const text = z.string().max(300).trim().catch('');

const claimsSchema = z.object({
  family_name: text,
  given_name: text,
  given_name_array: z.array(z.string().trim().min(1).max(300)).max(30).nullable().catch(null),
  birthdate: text,
  gender: text,
  birthplace: text,
  birthcountry: text,
  email: z.string().max(254).trim().min(3).nullable().catch(null),
});

/** The pivot identity and the e-mail address among verified claims. What is missing or no text is empty. */
export function readClaims(claims: unknown): { readonly pivot: Pivot; readonly email: string | null } {
  const read = claimsSchema.parse(typeof claims === 'object' && claims !== null ? claims : {});
  const given = read.given_name.split(/\s+/).filter((name) => name !== '');
  return {
    pivot: {
      familyName: read.family_name,
      givenNames: read.given_name_array ?? given,
      birthDate: read.birthdate,
      gender: read.gender,
      birthPlace: read.birthplace,
      birthCountry: read.birthcountry,
    },
    email: read.email,
  };
}
