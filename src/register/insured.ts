import { z } from 'zod';

/**
 * One line of a register file (NDJSON): what the caisses know of a person.
 *
 * Dates are `yyyy-mm-dd` where `00` stands for a day or a month that civil status does not know. The IBAN
 * and the card's serial are read here and kept only as keyed verifiers (see `verifiers.ts`).
 */
export const registerLine = z.strictObject({
  /** 13 characters, no key, capital A or B for Corsica. */
  nir: z.string(),
  /** False for a waiting number (NIA) or a provisional NIR that civil status has not certified. */
  certified: z.boolean(),
  birthName: z.string().min(1).max(100),
  usageName: z.string().max(100).nullable(),
  givenNames: z.array(z.string().min(1).max(100)).min(1).max(20),
  birthDate: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  /** INSEE code of the commune of birth (5 characters), empty for a birth abroad. */
  birthPlace: z.string().regex(/^(\d[\dAB]\d{3})?$/),
  /** `99100` for France, `99xxx` otherwise. */
  birthCountry: z.string().regex(/^99\d{3}$/),
  deceased: z.boolean(),
  /** The address as written on an envelope, one line each, the last one being postal code and town. */
  address: z.array(z.string().max(60)).max(7),
  postalCode: z.string().regex(/^\d{5}$/),
  formerPostalCodes: z.array(z.string().regex(/^\d{5}$/)).max(20),
  /** Régime code as in the policy file: `GENERAL`, `CAMIEG`, `MSA` … */
  regime: z.string().min(2).max(30),
  /** Three-character code of the caisse, as in the table `caisse`. */
  caisse: z.string().min(3).max(5),
  /** Whether the person is insured in their own right. */
  entitlement: z.enum(['ouvreur-de-droits', 'ayant-droit']),
  /** Bank account known to the caisse, without spaces. */
  iban: z.string().nullable(),
  card: z
    .strictObject({
      type: z.enum(['photo', 'sans-photo']),
      /** What the person types: the 11 last digits with photo; 8, 9, 12 or 13 digits without. */
      serial: z.string().regex(/^\d{8,13}$/),
      state: z.enum(['active', 'lost', 'expired']),
      /** A change of caisse whose mutation did not complete closes the card route. */
      transfer: z.enum(['finished', 'unfinished']),
    })
    .nullable(),
  /** Channels the caisse already knows; a code may be sent there, never to one typed by an unproven visitor. */
  knownEmail: z.string().nullable(),
  knownMobile: z.string().nullable(),
});

export type RegisterLine = z.infer<typeof registerLine>;

/** A person of the register as opened for one request: everything but what only needs comparing. */
export type Insured = Omit<RegisterLine, 'iban' | 'card'> & {
  /** The IBAN without its last 7 characters, or null when no bank account is known. */
  readonly ibanStart: string | null;
  readonly card: Omit<NonNullable<RegisterLine['card']>, 'serial'> | null;
};
