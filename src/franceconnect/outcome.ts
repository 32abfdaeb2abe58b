import { z } from 'zod';

/** What somebody wanted of FranceConnect: open an account, sign in, link the account they are signed in to. */
export const purposes = ['creation', 'connexion', 'liaison'] as const;
export type Purpose = (typeof purposes)[number];

/** How a journey can end without success; each has its text. */
export const reasons = [
  /** The person went back, or FranceConnect did not let them through. */
  'cancelled',
  /** FranceConnect does not find them, or not for certain, or not everything that is needed. */
  'not-recognised',
  /** It does not work, or what came back cannot be trusted: one public text. */
  'technical',
  /** Too late, a second time, from another browser, or never begun. */
  'expired',
  /** They wanted to sign in, and have no account. */
  'no-account',
  'no-match',
  'several',
  'deceased',
  /** Not the person whose number was typed, whose dossier is open, or whose account it is. */
  'other-person',
  /** The account is linked to another subject: civil status may have been corrected. */
  'subject-changed',
  'not-linked',
  'disabled',
  /** The subject is linked to another person’s account. */
  'linked-elsewhere',
  'session-over',
  'blocked',
  /** Not failures: how a logout went. */
  'signed-out',
  'signed-out-here-only',
] as const;
export type Reason = (typeof reasons)[number];

export const outcomeSchema = z.object({
  reason: z.enum(reasons),
  purpose: z.enum(purposes),
  /** The fields of the identity page as they were when the journey began. */
  typed: z.record(z.string(), z.string()).nullable(),
  /** Until when attempts are suspended. */
  until: z.iso.datetime().nullable(),
  /** A subject proved to be of a person, both in hexadecimal: linked once that person has signed in. */
  proof: z.object({ person: z.string(), subject: z.string() }).nullable(),
});

export type Outcome = z.infer<typeof outcomeSchema>;

export function outcomeOf(
  reason: Reason,
  purpose: Purpose,
  more: Partial<Omit<Outcome, 'reason' | 'purpose'>> = {},
): Outcome {
  return { reason, purpose, typed: null, until: null, proof: null, ...more };
}
