import { z } from 'zod';
import { explanations, oneOf, text, whole } from '#src/config/explained.ts';

/** The settings of a permanent site of workshops; `compte atelier` alone reads them. */
export const atelierSettings = {
  ATELIER_PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'must be an address such as https://atelier.example.fr' })
    .optional()
    .register(explanations, {
      meaning:
        'Makes `compte atelier` a permanent site for several trainers ([atelier.md](atelier.md)): its public address, `https`, without a path.',
      example: 'https://atelier.example.fr',
      unset: 'a workshop on the local network, with one trainer and a code in the terminal',
    }),
  ATELIER_CLASSES: whole(1, 1_000).optional().register(explanations, {
    meaning: 'On a permanent site: classes of all trainers that are not over.',
    example: '30',
    unset: '30; 4 without `DATABASE_URL`, where each class takes some 130 MB of memory',
  }),
  ATELIER_CLASSES_PER_TRAINER: whole(1, 100).default(4).register(explanations, {
    meaning: 'On a permanent site: classes that one trainer keeps, until they are erased.',
    example: '6',
  }),
  ATELIER_CLASSES_PER_DAY: whole(1, 1_000).default(20).register(explanations, {
    meaning: 'On a permanent site: classes that one trainer prepares within 24 hours.',
    example: '20',
  }),
  ATELIER_SEATS: whole(1, 30).default(30).register(explanations, {
    meaning: 'On a permanent site: seats of a class, at most.',
    example: '12',
  }),
  ATELIER_OIDC: text
    .regex(/^https?:\/\/[^\s?#]+$/, 'must be the address of an issuer, such as https://login.example.fr')
    .optional()
    .register(explanations, {
      meaning:
        'On a permanent site: the issuer of an OpenID Connect provider by which trainers enter (http on this machine only).',
      example: 'https://login.example.fr/realms/departement',
      unset: 'trainers enter by invitation alone',
    }),
  ATELIER_OIDC_LABEL: text
    .regex(/^[^\p{C}]{1,40}$/u, 'must be one line of 40 characters at most')
    .optional()
    .register(explanations, {
      meaning: 'How its button names that provider.',
      example: 'Isère le Département',
      unset: 'the host of the issuer',
    }),
  ATELIER_OIDC_CLIENT_ID: text.min(1).optional().register(explanations, {
    meaning: 'Client identifier given by that provider.',
    example: 'atelier',
  }),
  ATELIER_OIDC_CLIENT_SECRET: text.min(1).optional().register(explanations, {
    meaning: 'Client secret (`client_secret_post`, or `client_secret_basic` where it takes nothing else).',
    example: '…',
    secret: true,
  }),
  ATELIER_OIDC_ALGORITHM: oneOf(['RS256', 'PS256', 'ES256', 'ES384'])
    .default('RS256')
    .register(explanations, {
      meaning: 'The only algorithm that its ID tokens may be signed with.',
      example: 'ES256',
    }),
  ATELIER_OIDC_CLAIMS: oneOf(['userinfo', 'signed-userinfo', 'id-token'])
    .default('userinfo')
    .register(explanations, {
      meaning:
        'Where it says who somebody is: `userinfo`, userinfo signed with the same algorithm, or the ID token alone.',
      example: 'id-token',
    }),
  ATELIER_OIDC_TRAINERS: text.min(1).max(5_000).optional().register(explanations, {
    meaning:
      'Whom of that provider’s people it admits, with commas between: verified e-mail addresses, `@domain` for every verified address of a domain (without its subdomains), or `claim=value` for those of whom it says so.',
    example: '@isere.example, sonia.keller@vif.example, groups=formateurs',
  }),
};
