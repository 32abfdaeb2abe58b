import { access, type SitePage } from '#src/access/access.ts';
import type { SignedIn } from '#src/access/who.ts';
import { changeConsents } from '#src/account/consents/change-consents.ts';
import { accountTexts } from '#src/account/texts.ts';
import { latestConsents } from '#src/accounts/consents.ts';
import { consentText } from '#src/page-parts/contact/consents.ts';
import { readConsents } from '#src/page-parts/contact/form.ts';
import { contactTexts } from '#src/page-parts/contact/texts.ts';
import { consentField } from '#src/page-parts/contact/view.ts';
import { paths } from '#src/paths.ts';
import type { Policy } from '#src/policy/schema.ts';
import type { Services } from '#src/services.ts';
import { catalogue } from '#src/texts/language.ts';
import { button, buttonGroup } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { definePage } from '#src/web/define-page.ts';
import { formPage } from '#src/web/forms/form-page.ts';
import { html } from '#src/web/html.ts';
import { type PageAnswer, type PageRequest, redirectDone, type Shown, Typed } from '#src/web/page.ts';

const texts = catalogue({
  fr: { title: 'Mes choix de communication' },
  en: { title: 'How I may be contacted' },
  plain: {
    fr: {
      title: 'Vos choix',
    },
    en: {
      title: 'Your choices',
    },
  },
});

/**
 * The consents of the person: each change is kept with the text that was read and its time. No password is required:
 * withdrawing consent is as easy as giving it (RGPD, article 7(3)).
 */
export function accountConsentsPage(services: Services): SitePage {
  const { db, policy, random } = services;
  return definePage({
    path: paths.accountConsents,
    about: {
      part: 'The account',
      shows: 'the consents',
      form: 'stores each answer that changed, with its text',
    },
    access: access.signedIn,
    filledWith: async ({ account: { personKey } }) => [...(await latestConsents(db, personKey))].sort(),
    show: (request, shown, latest) => {
      if (shown.problems.length > 0 || shown.banner) return view(policy, request, shown);
      const fields = latest.map(([purpose, answer]) => [purpose, answer ? 'oui' : 'non'] as const);
      return view(policy, request, { typed: new Typed(new Map(fields)), problems: [] });
    },
    submit: async (request) => {
      const { language, voice } = request.visit;
      const answers = readConsents(request.typed, policy.contact.consents).map((consent) => ({
        ...consent,
        id: random.uuid(),
        ...consentText(consent.purpose, policy.wording.contact, voice),
      }));
      return (await changeConsents(services, request.account, answers, language, request.now))
        ? redirectDone('consents-saved', paths.accountInformation)
        : { kind: 'overtaken', to: paths.accountConsents };
    },
  });
}

function view({ contact }: Policy, request: PageRequest<SignedIn>, shown: Shown): PageAnswer {
  const { visit } = request;
  const t = accountTexts[visit.voice];
  const fields = contact.consents.map((purpose) => consentField(visit, shown.typed, purpose));
  return formPage(request, shown, {
    title: texts[visit.voice].title,
    back: paths.accountInformation,
    body: html`<p class="govuk-body">${contactTexts[visit.voice].consentsFree}</p>
      ${form(visit, {
        body: html`${fields}
          ${buttonGroup(button({ text: t.save }), button({ text: t.cancel, href: paths.accountInformation, style: 'secondary' }))}`,
      })}`,
  });
}
