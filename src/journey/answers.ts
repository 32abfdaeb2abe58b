import { z } from 'zod';
import { bars } from '#src/journey/bars.ts';

const instant = z.iso.datetime();

/**
 * What a dossier holds: the answers so far, in the order of the journey. Kept sealed in the database.
 * A later answer depends on all earlier ones.
 */
export const answersSchema = z.object({
  identity: z.object({
    /** As typed, to be shown back; the register decided. */
    name: z.string(),
    nir: z.string(),
    /** `yyyy-mm-dd`, `00` for what civil status does not know. */
    birthDate: z.string(),
    postalCode: z.string(),
    /** Everything that bars the person, for the agent. */
    bars: z.array(z.enum(bars)),
    mayEnrol: z.boolean(),
    /** Code of the régime, for whoever is told that it is not admitted. */
    regime: z.string().optional(),
    /** By a neutral policy: nothing of what the register says is told, and all who are stopped here see one page. */
    undisclosed: z.boolean().optional(),
    cardRoute: z.boolean(),
    cardType: z.enum(['photo', 'sans-photo']).nullable(),
    ibanStart: z.string().nullable(),
    caisse: z.string(),
    /** What a password must not contain. */
    names: z.array(z.string()),
    registeredBirthDate: z.string(),
    /** Where the register knew the person when the dossier was opened: they are told there of their new account. */
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
     * False when the person was recognised by FranceConnect or by a code: what stands above then comes from the
     * register, and is not shown.
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
        /** Contact data only: it may be somebody else’s. */
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
