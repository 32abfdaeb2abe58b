import type { Account } from '#src/accounts/account.ts';
import { realGivenNames } from '#src/register/pivot-matching.ts';
import { findInsured } from '#src/register/store.ts';
import type { Services } from '#src/services.ts';

/**
 * The name of the person whose account this is, as the register has it today: first given name, and the name in use.
 * The birth name of the account where the register no longer has the person.
 */
export async function ownerName(
  { db, keyring }: Pick<Services, 'db' | 'keyring'>,
  { contact }: Pick<Account, 'contact'>,
): Promise<string> {
  const found = await findInsured(db, keyring, contact.nir);
  if (!found) return contact.names[0] ?? '';
  const { givenNames, usageName, birthName } = found.insured;
  const [given] = realGivenNames(givenNames);
  return [given, usageName ?? birthName].filter((name) => name !== undefined).join(' ');
}
