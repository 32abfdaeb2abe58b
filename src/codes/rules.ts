import { maskEmail, parseEmail } from '#src/contact/email-address.ts';
import { isOverseas } from '#src/contact/postal-code.ts';
import { maskTelephone, parseTelephone } from '#src/contact/telephone.ts';
import type { Policy } from '#src/policy/schema.ts';
import type { Insured } from '#src/register/insured.ts';
import { endOfDayAfter } from '#src/time/paris.ts';

/** By what a provisional code can be sent, in the order of the page: the fastest first. */
export const codeChannels = ['sms', 'email', 'letter'] as const;
export type CodeChannel = (typeof codeChannels)[number];

/**
 * A channel that the register knows for a person: `to` is for the notice only, `masked` for pages; `counted` is the
 * canonical form of a number or a mailbox, by which limits count it.
 */
export type KnownChannel =
  /** E.164. */
  | { readonly channel: 'sms'; readonly to: string; readonly counted: string; readonly masked: string }
  | { readonly channel: 'email'; readonly to: string; readonly counted: string; readonly masked: string }
  /** The lines of the envelope, the name first. */
  | { readonly channel: 'letter'; readonly to: string; readonly masked: string; readonly far: boolean };

/** The contact details that the register has of a person. */
export type Reachable = Pick<
  Insured,
  'knownMobile' | 'knownEmail' | 'address' | 'postalCode' | 'givenNames' | 'birthName' | 'usageName'
>;

/**
 * The channels by which a code can be sent to a person: those that the register knows and this installation uses. SMS
 * are sent to French mobiles only, metropolitan and overseas; letters to an address with a street line and a town.
 */
export function knownChannels(
  insured: Reachable,
  sends: { readonly sms: boolean; readonly letters: boolean },
): readonly KnownChannel[] {
  const mobile = knownMobile(insured);
  const email = parseEmail(insured.knownEmail ?? '');
  const envelope = envelopeOf(insured);
  const channels: KnownChannel[] = [];
  if (mobile && sends.sms) channels.push({ channel: 'sms', ...mobile });
  if (email.ok) {
    const { address, limiterKey: counted } = email;
    channels.push({ channel: 'email', to: address, counted, masked: maskEmail(address) });
  }
  if (envelope && sends.letters) channels.push({ channel: 'letter', ...envelope });
  return channels;
}

/** The French mobile that the register knows, in E.164, which is also how limits count it. */
function knownMobile(
  insured: Reachable,
): { readonly to: string; readonly counted: string; readonly masked: string } | null {
  const mobile = parseTelephone(insured.knownMobile ?? '', 'portable');
  if (!mobile.ok) return null;
  const { e164 } = mobile;
  return { to: e164, counted: e164, masked: maskTelephone(e164) };
}

/** The lines of the envelope; null when the register has no address, or only a town. */
export function envelopeOf(
  insured: Reachable,
): { readonly to: string; readonly masked: string; readonly far: boolean } | null {
  const { givenNames, usageName, birthName, postalCode } = insured;
  const address = insured.address.map((line) => line.trim()).filter((line) => line !== '');
  const town = address.at(-1);
  if (town === undefined || address.length < 2) return null;
  const name = `${givenNames[0] ?? ''} ${usageName ?? birthName}`.trim();
  return {
    to: [name, ...address].join('\n'),
    masked: maskTown(town, postalCode),
    far: isOverseas(postalCode),
  };
}

/** «75018 P•••••»: always as many bullets, so that they do not show the length. */
function maskTown(line: string, postalCode: string): string {
  const code = /^\d{5}/.exec(line)?.[0];
  const town = line.slice(code?.length ?? 0).trimStart();
  return `${code ?? postalCode}\u00a0${town.slice(0, 1)}•••••`;
}

/**
 * The last instant at which a code is valid. Codes by SMS and e-mail are valid for minutes, those by letter until the
 * end of a day in Paris, later where the post takes longer.
 */
export function lastInstant({ codes }: Pick<Policy, 'codes'>, to: KnownChannel, at: Date): Date {
  switch (to.channel) {
    case 'sms':
      return new Date(at.getTime() + codes.sms.minutes * 60_000);
    case 'email':
      return new Date(at.getTime() + codes.email.minutes * 60_000);
    case 'letter':
      return endOfDayAfter(at, to.far ? codes.letter.daysOverseas : codes.letter.days);
  }
}
