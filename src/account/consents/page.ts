import { changeConsents, latestConsents } from '#src/account/consents/change-consents.ts';
import { changeForm, withCurrentPassword } from '#src/account/current-password.ts';
import { accountGuard, signedInAs } from '#src/account/guard.ts';
import { readConsents } from '#src/enrolment/contact/form.ts';
import { consentVersion, contactTexts } from '#src/enrolment/contact/texts.ts';
import { consentField } from '#src/enrolment/contact/view.ts';
import { paths } from '#src/paths.ts';
import type { Policy } from '#src/policy/schema.ts';
import type { Services } from '#src/services.ts';
import { catalogue } from '#src/texts/language.ts';
import { formPage } from '#src/web/form-page.ts';
import { html } from '#src/web/html.ts';
import { type Page, type PageAnswer, type PageRequest, redirect, type Shown, Typed } from '#src/web/page.ts';

const texts = catalogue({
  fr: { title: 'Mes choix de communication' },
  en: { title: 'How I may be contacted' },
});

/** What the person allows: each change is kept with the text that was read and when. */
export function accountConsentsPage(services: Services): Page {
  const { db, policy, random } = services;
  return {
    path: paths.accountConsents,
    guard: accountGuard,
    show: async (request, shown) => {
      if (shown.problems.length > 0 || shown.banner) return view(policy, request, shown);
      const latest = await latestConsents(db, signedInAs(request).account.personKey);
      const fields = [...latest].map(([purpose, answer]) => [purpose, answer ? 'oui' : 'non'] as const);
      return view(policy, request, { typed: new Typed(new Map(fields)), problems: [] });
    },
    submit: (request) => {
      const { typed, visit, now } = request;
      const { language } = visit;
      return withCurrentPassword(services, request, {
        problems: [],
        refuse: (problems, status) => view(policy, request, { typed, problems }, status),
        make: async ({ account }) => {
          const given = readConsents(typed, policy.contact.consents).map((consent) => ({
            ...consent,
            id: random.uuid(),
            version: consentVersion,
            text: contactTexts[language].consents[consent.purpose],
          }));
          await changeConsents(services, account, given, language, now);
          return redirect(paths.account);
        },
      });
    },
  };
}

function view({ contact }: Policy, request: PageRequest, shown: Shown, status?: number): PageAnswer {
  const { visit } = request;
  const fields = contact.consents.map((purpose) => consentField(visit, shown.typed, purpose));
  return formPage(request, shown, {
    title: texts[visit.language].title,
    back: paths.account,
    body: html`<p class="govuk-body">${contactTexts[visit.language].consentsFree}</p>
      ${changeForm(visit, shown.problems, fields)}`,
    ...(status ? { status } : {}),
  });
}
