import { access, type SitePage } from '#src/access/access.ts';
import type { SignedIn } from '#src/access/who.ts';
import { changeForm, withCurrentPassword } from '#src/account/current-password.ts';
import { changeTelephones } from '#src/account/telephones/change-telephones.ts';
import type { Telephones } from '#src/accounts/change-contact.ts';
import { formatTelephone } from '#src/contact/telephone.ts';
import { readTelephones } from '#src/page-parts/contact/form.ts';
import { telephoneField } from '#src/page-parts/contact/view.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { catalogue } from '#src/texts/language.ts';
import { definePage } from '#src/web/define-page.ts';
import { formPage } from '#src/web/forms/form-page.ts';
import { html } from '#src/web/html.ts';
import { type PageAnswer, type PageRequest, redirectDone, type Shown, Typed } from '#src/web/page.ts';

const texts = catalogue({
  fr: {
    title: 'Mes numéros de téléphone',
    lead: 'Pour supprimer un numéro, effacez-le puis enregistrez.',
  },
  en: {
    title: 'My telephone numbers',
    lead: 'To remove a number, delete it and save.',
  },
  plain: {
    fr: {
      title: 'Vos numéros de téléphone',
      lead: 'Pour supprimer un numéro, effacez-le. Puis appuyez sur « Enregistrer ».',
    },
    en: {
      title: 'Your telephone numbers',
    },
  },
});

/** The two optional telephone numbers. */
export function accountTelephonesPage(services: Services): SitePage {
  return definePage({
    path: paths.accountTelephones,
    about: {
      part: 'The account',
      shows: 'change of the telephones',
      form: 'with the current password: stores them',
    },
    access: access.signedIn,
    filledWith: ({ account: { contact } }) => ({ portable: contact.portable, fixe: contact.fixe }),
    show: (request, shown, telephones) =>
      view(request, shown.problems.length > 0 || shown.banner ? shown : stored(telephones)),
    submit: async (request) => {
      const { typed, visit, now } = request;
      const { telephones, problems } = readTelephones(typed, visit.voice);
      return withCurrentPassword(services, request, {
        problems,
        refuse: (all, status) => view(request, { typed, problems: all }, status),
        apply: async ({ account }) => {
          const isStored = await changeTelephones(services, account, telephones, now);
          return isStored
            ? redirectDone('telephones-saved', paths.accountInformation)
            : { kind: 'overtaken', to: paths.accountTelephones };
        },
      });
    },
  });
}

function stored({ portable, fixe }: Telephones): Shown {
  const fields = new Map([
    ['portable', portable === null ? '' : formatTelephone(portable)],
    ['fixe', fixe === null ? '' : formatTelephone(fixe)],
  ]);
  return { typed: new Typed(fields, { filled: true }), problems: [] };
}

function view(request: PageRequest<SignedIn>, shown: Shown, status?: number): PageAnswer {
  const { visit } = request;
  const { typed, problems } = shown;
  const t = texts[visit.voice];
  return formPage(request, shown, {
    title: t.title,
    back: paths.accountInformation,
    body: html`<p class="govuk-body">${t.lead}</p>
      ${changeForm(
        visit,
        problems,
        html`${telephoneField(visit, typed, problems, 'portable')}${telephoneField(visit, typed, problems, 'fixe')}`,
      )}`,
    ...(status ? { status } : {}),
  });
}
