import { contactPlace } from '#src/accounts/account.ts';
import { confirmationDeadlines } from '#src/confirmations/deadlines.ts';
import { parseEmail } from '#src/contact/email-address.ts';
import { beginPassword } from '#src/credentials/password.ts';
import { emailKey, personKey, seal } from '#src/crypto/keyring.ts';
import type { DemoPerson } from '#src/fictitious/demo-register.ts';
import { demoPassword } from '#src/fictitious/person.ts';
import type { Services } from '#src/services.ts';

/**
 * The accounts that some of the demo's people have from the start, all with the password that the demo shows.
 * Those that are there already stay as they are.
 */
export async function openDemoAccounts(
  { db, keyring, clock, random, policy, passwords }: Services,
  people: readonly DemoPerson[],
): Promise<void> {
  const now = clock.now();
  const { linkDeadAt, pendingUntil } = confirmationDeadlines(policy.confirmation, now);
  for (const { line, account } of people) {
    if (account === null) continue;
    const hashed = await passwords.hash(demoPassword, { nir: line.nir, client: null, ahead: true });
    if (!hashed.ok) throw new Error('The demo could not hash its own password');
    const email = parseEmail(account.email);
    if (!email.ok) throw new Error('The demo holds an address that is none');
    const person = personKey(keyring, line.nir);
    const key = emailKey(keyring, email.canonical);
    const open = account.status === 'open';
    const contact = {
      email: email.address,
      portable: null,
      fixe: null,
      nir: line.nir,
      birthDate: line.birthDate,
      names: [line.birthName, ...(line.usageName ? [line.usageName] : []), ...line.givenNames],
    };
    await db.transaction().execute(async (trx) => {
      const made = await trx
        .insertInto('account')
        .values({
          person_key: person,
          status: open ? 'active' : 'pending',
          contact: seal(keyring, contactPlace(person), contact),
          email_key: key,
          language: 'fr',
          route: 'carte-vitale',
          caisse_code: line.caisse,
          created_at: now,
          pending_until: pendingUntil,
          link_dead_at: linkDeadAt,
          next_reminder_at: null,
          confirmed_at: open ? now : null,
          last_sent_at: now,
          last_used_at: now,
        })
        .onConflict((conflict) => conflict.doNothing())
        .returning('person_key')
        .executeTakeFirst();
      if (!made) return;
      await beginPassword(trx, person, { id: random.uuid(), hash: hashed.value }, now);
      await trx
        .insertInto('email_claim')
        .values({
          email_key: key,
          person_key: person,
          claimed_at: now,
          expires_at: open ? null : pendingUntil,
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    });
  }
}
