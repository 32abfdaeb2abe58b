import { z } from 'zod';
import { bars } from '#src/journey/bars.ts';

const instant = z.iso.datetime();

/**
 * What a dossier holds, sealed in the database: the answers so far, in the order of the journey. Each answer depends on
 * all earlier ones.
 */
export const answersSchema = z.object({
  identity: z.object({
    /** As typed, to be shown again; the register was compared with it. */
    name: z.string(),
    nir: z.string(),
    /** `yyyy-mm-dd`, `00` for a day or month unknown to civil status. */
    birthDate: z.string(),
    postalCode: z.string(),
    /** Everything that bars the person, to be shown to an agent. */
    bars: z.array(z.enum(bars)),
    mayEnrol: z.boolean(),
    /** Code of the régime, for the page that says that it is not admitted. */
    regime: z.string().optional(),
    /** Under a neutral policy: nothing from the register is disclosed, and everyone who is stopped sees the same page. */
    undisclosed: z.boolean().optional(),
    cardRoute: z.boolean(),
    cardType: z.enum(['photo', 'sans-photo']).nullable(),
    ibanStart: z.string().nullable(),
    caisse: z.string(),
    /** What a password must not contain. */
    names: z.array(z.string()),
    registeredBirthDate: z.string(),
    /** The contact details in the register when the dossier was opened: the notice of the new account goes there. */
    reachable: z
      .object({
        knownMobile: z.string().nullable(),
        knownEmail: z.string().nullable(),
        address: z.array(z.string()),
        postalCode: z.string(),
        givenNames: z.array(z.string()),
        birthName: z.string(),
        usageName: z.string().nullable(),
      })
      .nullable()
      .default(null),
    /**
     * False when the person was recognised by FranceConnect or by a code: the fields above then come from the
     * register, and are not shown.
     */
    typed: z.boolean().default(true),
  }),
  proof: z
    .discriminatedUnion('route', [
      z.object({ route: z.literal('carte-vitale'), at: instant }),
      z.object({
        route: z.literal('franceconnect'),
        at: instant,
        /** Keyed fingerprint of the issuer and its `sub`, in hexadecimal: the account is linked to it. */
        subject: z.string(),
        /** A proposal for the contact step only: it may be another person’s. */
        email: z.string().nullable(),
      }),
      z.object({
        route: z.literal('code-provisoire'),
        at: instant,
        channel: z.enum(['letter', 'sms', 'email']),
      }),
    ])
    .nullable(),
  terms: z
    .object({
      accepted: z.boolean(),
      version: z.string(),
      textHash: z.string(),
      language: z.string(),
      at: instant,
    })
    .nullable(),
  password: z.object({ hash: z.string(), at: instant }).nullable(),
});

export type Answers = z.infer<typeof answersSchema>;
