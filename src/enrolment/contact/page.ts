import { access, type SitePage } from '#src/access/access.ts';
import { sessionCookie, sessionOver } from '#src/access/session-cookie.ts';
import type { OpenDossier } from '#src/access/who.ts';
import { giveContact } from '#src/enrolment/contact/give.ts';
import { typedContact } from '#src/franceconnect/offered-email.ts';
import { readConsents, readEmail, readTelephones } from '#src/page-parts/contact/form.ts';
import { contactTexts } from '#src/page-parts/contact/texts.ts';
import { contactView } from '#src/page-parts/contact/view.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { formatNotBefore } from '#src/texts/typography.ts';
import { definePage } from '#src/web/define-page.ts';
import { type Answer, type PageRequest, redirect } from '#src/web/page.ts';

/** Step 3 of 3: e-mail address, telephones, consents; its answer makes the account. */
export function contactPage(services: Services): SitePage {
  return definePage({
    path: paths.contact,
    about: {
      part: 'Opening the account',
      shows: 'e-mail address, telephones, consents, step 3 of 3',
      form: 'makes the account, closes the dossier, sends the confirmation',
    },
    access: access.step('contact'),
    show: (request, shown) => contactView(request, shown, services.policy),
    submit: (request) => submit(services, request),
  });
}

async function submit(services: Services, request: PageRequest<OpenDossier>): Promise<Answer> {
  const { visit } = request;
  const typed = typedContact(request);
  const email = readEmail(typed, visit.language);
  const { telephones, problems } = readTelephones(typed, visit.language);
  if (!email.ok || problems.length > 0) {
    const all = [...(email.ok ? [] : email.problems), ...problems];
    const suggestion = email.ok ? undefined : email.suggestion;
    return contactView(request, { typed, problems: all }, services.policy, suggestion);
  }
  // The first of two screens: what it brings comes again with the second.
  if (services.policy.contact.layout === 'two-screens' && !typed.has('portable'))
    return contactView(request, { typed, problems: [] }, services.policy);
  const made = await giveContact(
    services,
    request,
    { email: email.email, telephones, consents: readConsents(typed, services.policy.contact.consents) },
    visit.language,
    request.now,
  );
  if (!made) return { kind: 'overtaken', to: paths.waiting };
  if (made.kind === 'mailbox-full') {
    const notBefore = formatNotBefore(made.until, visit.language);
    const text = contactTexts[visit.language].mailboxFull(notBefore);
    return contactView(request, { typed, problems: [{ field: 'email', text }] }, services.policy);
  }
  // Of another dossier of this person the page knows nothing, but the code of its mail can be typed there.
  const session = made.kind === 'created' ? sessionCookie(made.issued) : sessionOver;
  return redirect(paths.waiting, session);
}
