import { confirmationDeadlines, nextReminder } from '#src/confirmations/deadlines.ts';
import { newSecret } from '#src/confirmations/secret.ts';
import { emailKey, emailKeys } from '#src/crypto/keyring.ts';
import type { Dossier } from '#src/dossiers/dossier.ts';
import { type AccountMade, createAccount } from '#src/enrolment/contact/create-account.ts';
import { noticeRow } from '#src/notices/notice.ts';
import { creationNotice } from '#src/ownership/creation-notice.ts';
import { consentText } from '#src/page-parts/contact/consents.ts';
import type { EmailForm, Telephones } from '#src/page-parts/contact/form.ts';
import type { ConsentPurpose } from '#src/policy/schema.ts';
import type { Services } from '#src/services.ts';
import type { Session } from '#src/sessions/session.ts';
import type { Language } from '#src/texts/language.ts';

export interface GivenContact {
  readonly email: EmailForm;
  readonly telephones: Telephones;
  /** One for each consent that the policy asks for. */
  readonly consents: readonly { readonly purpose: ConsentPurpose; readonly answer: boolean }[];
}

/**
 * Makes the account of a complete dossier. Its session then waits for the confirmation of the address. See
 * `createAccount`.
 */
export async function giveContact(
  services: Services,
  { session, dossier }: { readonly session: Session; readonly dossier: Dossier },
  { email, telephones, consents }: GivenContact,
  language: Language,
  now: Date,
): Promise<AccountMade | null> {
  const { keyring, random, policy } = services;
  const { personKey } = dossier;
  const { identity } = dossier.answers;
  const secret = newSecret(keyring, random, personKey, policy.confirmation.codeDigits);
  const deadlines = confirmationDeadlines(policy.confirmation, now);
  return createAccount(
    services,
    {
      session,
      dossier,
      contact: {
        email: email.address,
        ...telephones,
        nir: identity.nir,
        birthDate: identity.registeredBirthDate,
        names: identity.names,
      },
      addressKeys: emailKeys(keyring, email.canonical),
      uniqueEmail: policy.contact.uniqueEmail,
      language,
      caisseCode: identity.caisse,
      consents: consents.map(({ purpose, answer }) => ({
        id: random.uuid(),
        purpose,
        answer,
        ...consentText(purpose, policy.wording.contact, language),
      })),
      termsId: random.uuid(),
      passwordId: random.uuid(),
      confirmation: secret,
      notice: noticeRow({
        keyring,
        personKey,
        id: random.uuid(),
        kind: 'activation',
        language,
        content: {
          address: email.address,
          token: secret.token,
          code: secret.code,
          until: deadlines.linkDeadAt.toISOString(),
          sentAt: now.toISOString(),
        },
        recipientKey: emailKey(keyring, email.limiterKey),
        at: now,
      }),
      creation: creationNotice(
        services,
        { personKey, reachable: identity.reachable, typedEmail: email.address, language },
        now,
      ),
      ...deadlines,
      nextReminderAt: nextReminder(policy.confirmation.reminderDays, now, now),
    },
    now,
  );
}
