import { z } from 'zod';

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
    /** Codes of what bars the person (see `register/eligibility.ts`), for the agent; none: nothing does. */
    bars: z.array(z.string()),
    mayEnrol: z.boolean(),
    cardRoute: z.boolean(),
    cardType: z.enum(['photo', 'sans-photo']).nullable(),
    ibanStart: z.string().nullable(),
    caisse: z.string(),
    /** What a password must not contain. */
    names: z.array(z.string()),
    registeredBirthDate: z.string(),
  }),
  proof: z.object({ route: z.literal('carte-vitale'), at: instant }).nullable(),
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
