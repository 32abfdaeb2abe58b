import type { Answers } from '#src/journey/answers.ts';
import { endOfDayAfter } from '#src/time/paris.ts';

/** Days during which a «ce n’est pas moi» can be used, by channel: a letter is read later. */
const days = { email: 10, sms: 10, letter: 30 } as const;
export type DisputeChannel = keyof typeof days;

/** The last instant at which it can be used: the end of a day in Paris time, counted from the notice. */
export function disputeEnd(channel: DisputeChannel, noticeAt: Date): Date {
  return endOfDayAfter(noticeAt, days[channel]);
}

/**
 * Whether a proof is enough to take a frozen account back: FranceConnect, or a code on a letter to the address that
 * the caisse knows. The card with the end of the IBAN is not: the person who opened the account may have them. Nor is a code
 * by SMS or e-mail: a telephone or a mailbox may be in the same hands.
 */
export function mayReclaim(
  proof: Pick<NonNullable<Answers['proof']>, 'route'> & { channel?: string },
): boolean {
  return proof.route === 'franceconnect' || (proof.route === 'code-provisoire' && proof.channel === 'letter');
}
