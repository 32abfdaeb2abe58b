import { emailKey, emailKeys } from '#src/crypto/keyring.ts';
import { confirmationDeadlines, newSecret, nextReminder } from '#src/enrolment/confirmation/secret.ts';
import { createAccount } from '#src/enrolment/contact/create-account.ts';
import {
  type EmailForm,
  readConsents,
  readEmail,
  readTelephones,
  type Telephones,
} from '#src/enrolment/contact/form.ts';
import { consentVersion, contactTexts } from '#src/enrolment/contact/texts.ts';
import { contactView } from '#src/enrolment/contact/view.ts';
import { stepGuard } from '#src/enrolment/guard.ts';
import { noticeRow } from '#src/notices/notice.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { type Answer, type Page, type PageRequest, redirect } from '#src/web/page.ts';

/** Step 3 of 3: e-mail address, telephones, consents; its answer makes the account. */
export function contactPage(services: Services): Page {
  return {
    path: paths.contact,
    guard: stepGuard('contact'),
    show: (request, shown) => contactView(request, shown, services.policy),
    submit: (request) => submit(services, request),
  };
}

async function submit(services: Services, request: PageRequest): Promise<Answer> {
  const { typed, visit } = request;
  const email = readEmail(typed, visit.language);
  const { telephones, problems } = readTelephones(typed, visit.language);
  if (!email.ok || problems.length > 0) {
    const all = [...(email.ok ? [] : email.problems), ...problems];
    const suggestion = email.ok ? undefined : email.suggestion;
    return contactView(request, { typed, problems: all }, services.policy, suggestion);
  }
  await create(services, request, email.email, telephones);
  // Another form of this dossier may have been faster: the person waits for the same mail all the same.
  return redirect(paths.waiting);
}

async function create(
  { db, keyring, random, policy, jobs }: Services,
  { session, typed, visit, now }: PageRequest,
  email: EmailForm,
  telephones: Telephones,
): Promise<void> {
  if (!session?.dossier) return;
  const { dossier } = session;
  const { personKey } = dossier;
  const { identity } = dossier.answers;
  const { language } = visit;
  const secret = newSecret(keyring, random, personKey, policy.confirmation.codeDigits);
  const deadlines = confirmationDeadlines(policy.confirmation, now);
  await createAccount(
    db,
    keyring,
    jobs,
    {
      dossier,
      sessionTokenHash: session.tokenHash,
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
      consents: readConsents(typed, policy.contact.consents).map(({ purpose, answer }) => ({
        id: random.uuid(),
        purpose,
        answer,
        version: consentVersion,
        text: contactTexts[language].consents[purpose],
      })),
      termsId: random.uuid(),
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
      ...deadlines,
      nextReminderAt: nextReminder(policy.confirmation.reminderDays, now, now),
    },
    now,
  );
}
