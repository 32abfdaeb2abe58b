import { claimAddress } from '#src/accounts/email-claim.ts';
import { lockStanding } from '#src/accounts/lock-account.ts';
import { activatingAccount } from '#src/accounts/pending-account.ts';
import { storingPending } from '#src/accounts/store-pending.ts';
import { confirmationDeadlines } from '#src/confirmations/deadlines.ts';
import { parseEmail } from '#src/contact/email-address.ts';
import { beginningPassword } from '#src/credentials/password.ts';
import { emailKey, emailKeys, personKey } from '#src/crypto/keyring.ts';
import { also, atOnce, required } from '#src/database/at-once.ts';
import type { DemoPerson } from '#src/fictitious/demo-register.ts';
import { demoPassword } from '#src/fictitious/person.ts';
import type { Services } from '#src/services.ts';

/**
 * Creates the accounts that some people of the demo have from the start, all with the password that the demo shows.
 * Existing accounts stay as they are.
 */
export async function openDemoAccounts(
  { db, keyring, clock, random, policy, passwords }: Services,
  people: readonly DemoPerson[],
): Promise<void> {
  const now = clock.now();
  const { linkDeadAt, pendingUntil } = confirmationDeadlines(policy.confirmation, now);
  const holders = people.flatMap(({ line, account }) => (account ? [{ line, account }] : []));
  const hashed = await passwords.hashShared(demoPassword, { client: null, ahead: true });
  if (!hashed.ok) throw new Error('The demo could not hash its own password');
  for (const { line, account } of holders) {
    const email = parseEmail(account.email);
    if (!email.ok) throw new Error('The demo has an invalid e-mail address');
    const person = personKey(keyring, line.nir);
    const addressKeys = emailKeys(keyring, email.canonical);
    const contact = {
      email: email.address,
      portable: null,
      fixe: null,
      nir: line.nir,
      birthDate: line.birthDate,
      names: [line.birthName, ...(line.usageName ? [line.usageName] : []), ...line.givenNames],
    };
    await db.transaction().execute(async (trx) => {
      if (await lockStanding(trx, keyring, person)) return;
      const pending = {
        personKey: person,
        contact,
        emailKey: emailKey(keyring, email.canonical),
        language: 'fr',
        caisseCode: line.caisse,
        proof: { route: 'carte-vitale', at: now.toISOString() },
        linkDeadAt,
        pendingUntil,
        nextReminderAt: null,
        createdIn: null,
      } as const;
      await atOnce(trx, [
        required(storingPending(trx, keyring, pending, { replaces: false }, now)),
        also(beginningPassword(trx, person, { id: random.uuid(), hash: hashed.value(line.nir) }, now)),
      ]);
      const isOpen = account.status === 'open';
      if (isOpen) await atOnce(trx, [required(activatingAccount(trx, pending, now))]);
      await claimAddress(
        trx,
        { personKey: person, addressKeys, expiresAt: isOpen ? null : pendingUntil },
        now,
      );
    });
  }
}
