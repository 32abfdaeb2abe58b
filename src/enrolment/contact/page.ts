import { access, type SitePage } from '#src/access/access.ts';
import { sessionCookie, sessionOver } from '#src/access/session-cookie.ts';
import type { OpenDossier } from '#src/access/who.ts';
import { readDeviceKind } from '#src/credentials/device-kind.ts';
import { deviceCookie, rememberDevice } from '#src/credentials/known-devices.ts';
import { createAccount } from '#src/enrolment/contact/create-account.ts';
import { typedContact } from '#src/franceconnect/offered-email.ts';
import { proposalTaken, readConsents, readEmail, readTelephones } from '#src/page-parts/contact/form.ts';
import { contactTexts } from '#src/page-parts/contact/texts.ts';
import { contactView } from '#src/page-parts/contact/view.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { formatNotBefore } from '#src/texts/typography.ts';
import { definePage } from '#src/web/define-page.ts';
import { draftCookie, findDraft } from '#src/web/forms/draft.ts';
import { type Answer, type PageRequest, redirect, redirectDone, Typed } from '#src/web/page.ts';

/** Step 3 of 3: e-mail address, telephones, consents; its answer creates the account. */
export function contactPage(services: Services): SitePage {
  return definePage({
    path: paths.contact,
    about: {
      part: 'Opening the account',
      shows: 'e-mail address, telephones, consents, step 3 of 3',
      form: 'creates the account, closes the dossier, sends the confirmation',
    },
    access: access.step('contact'),
    keepsDraft: true,
    show: (request, shown) => contactView(request, shown, services.policy),
    submit: (request) => submit(services, request),
  });
}

async function submit(services: Services, request: PageRequest<OpenDossier>): Promise<Answer> {
  const { visit } = request;
  const typed = proposalTaken(typedContact(request));
  const email = readEmail(typed, visit.voice);
  const { telephones, problems } = readTelephones(typed, visit.voice);
  if (!email.ok || problems.length > 0) {
    const all = [...(email.ok ? [] : email.problems), ...problems];
    const suggestion = email.ok ? undefined : email.suggestion;
    return contactView(request, { typed, problems: all }, services.policy, { suggestion });
  }
  // The first of two screens: its fields are sent again with the second.
  if (services.policy.contact.layout === 'two-screens' && !typed.has('portable')) {
    const shown = { typed: withDraft(services, request, typed), problems: [] };
    return contactView(request, shown, services.policy, { next: true });
  }
  const consents = readConsents(typed, services.policy.contact.consents);
  // The first sign-in in this browser is no news to the owner.
  const { remembered, cookie } = rememberDevice(services.random, request.dossier.personKey, {
    device: request.sender.cookie(deviceCookie),
    known: null,
    kind: readDeviceKind(request.sender.userAgent),
    withPassword: true,
  });
  const createdIn = remembered.tokenHash;
  const details = { email: email.email, telephones, consents, voice: visit.voice, createdIn };
  const creation = await createAccount(services, request, details, request.now);
  if (creation.kind === 'overtaken') return { kind: 'overtaken', to: paths.waiting };
  if (creation.kind === 'mailbox-full') {
    const notBefore = formatNotBefore(creation.until, visit.voice);
    const text = contactTexts[visit.voice].mailboxFull(notBefore);
    return contactView(request, { typed, problems: [{ field: 'email', text, ours: true }] }, services.policy);
  }
  // The waiting page does not know the account of the other dossier, but takes the code of its mail with the NIR.
  if (creation.kind === 'other-dossier') return redirect(paths.waiting, sessionOver);
  const session = sessionCookie(creation.issued);
  return creation.replaced
    ? redirectDone('account-replaced', paths.waiting, session, cookie)
    : redirect(paths.waiting, session, cookie);
}

/** With what the person had written on the second screen when their session ended. */
function withDraft(
  { keyring }: Pick<Services, 'keyring'>,
  { dossier, sender, now }: PageRequest<OpenDossier>,
  typed: Typed,
): Typed {
  const draftOf = { person: dossier.personKey, path: paths.contact };
  const draft = findDraft(keyring, draftOf, sender.cookie(draftCookie), now);
  return new Typed(new Map([...draft.entries(), ...typed.entries()]));
}
