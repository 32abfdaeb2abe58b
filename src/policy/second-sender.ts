import { isWithin } from '#src/config/dkim.ts';
import type { Policy } from '#src/policy/schema.ts';

/**
 * Whether the provider of an address drops mails of the first sender: they go from the second sender, if there is one, and
 * in any case without the word «confirm».
 */
export function needsSecondSender(
  { notices: { secondSenderDomains } }: Pick<Policy, 'notices'>,
  address: string,
): boolean {
  const domain = address.slice(address.lastIndexOf('@') + 1);
  return secondSenderDomains.some((parent) => isWithin(domain, parent));
}
