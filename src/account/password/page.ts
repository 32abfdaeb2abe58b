import { access, type SitePage } from '#src/access/access.ts';
import { sessionCookie } from '#src/access/session-cookie.ts';
import type { SignedIn } from '#src/access/who.ts';
import { changeForm, withCurrentPassword } from '#src/account/current-password.ts';
import { pendingAddress } from '#src/account/email/pending-address.ts';
import { changePassword } from '#src/account/password/change-password.ts';
import { accountTexts } from '#src/account/texts.ts';
import type { PasswordCredential } from '#src/credentials/password.ts';
import { clientOf } from '#src/limits/client-address.ts';
import { newPasswordFields, newPasswordRules, readNewPassword } from '#src/page-parts/password/fields.ts';
import { retryAfterSeconds } from '#src/passwords/lane-result.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { catalogue } from '#src/texts/language.ts';
import { definePage } from '#src/web/define-page.ts';
import { formPage } from '#src/web/forms/form-page.ts';
import { html } from '#src/web/html.ts';
import {
  type Answer,
  nothingTyped,
  type PageAnswer,
  type PageRequest,
  type Problem,
  redirectDone,
  type Shown,
} from '#src/web/page.ts';

const texts = catalogue({
  fr: {
    title: 'Je change mon mot de passe',
    others: 'Les autres appareils où vous êtes connecté seront déconnectés.',
    pending: 'Confirmez d’abord votre nouvelle adresse email. Sinon, il faudra recommencer ce changement.',
    confirm: 'Saisir le code reçu',
  },
  en: {
    title: 'Change your password',
    others: 'Other devices where you are signed in will be signed out.',
    pending: 'Confirm your new email address first. Otherwise you will have to start that change again.',
    confirm: 'Enter the code that was sent',
  },
  plain: {
    fr: {
      title: 'Changez votre mot de passe',
      others: 'Vos autres appareils seront déconnectés.',
    },
    en: {
      title: 'Change your password',
    },
  },
});

/** A new password, for a person who knows the current one. */
export function accountPasswordPage(services: Services): SitePage {
  return definePage({
    path: paths.accountPassword,
    about: {
      part: 'The account',
      shows: 'change of the password',
      form: 'with the current password: stores the new one',
    },
    access: access.signedIn,
    show: (request, shown) => view(services, request, shown),
    submit: async (request) => {
      const { typed, visit } = request;
      const { contact } = request.account;
      const context = { ...contact, policy: services.policy.password };
      const reading = await readNewPassword(typed, context, visit.voice);
      const refuse = (problems: readonly Problem[], status?: number) =>
        view(services, request, { typed: nothingTyped, problems }, status);
      return withCurrentPassword(services, request, {
        problems: reading.ok ? [] : reading.problems,
        refuse,
        apply: (owner, checked) =>
          change(services, request, { owner, checked }, reading.ok ? reading.password : '', refuse),
      });
    },
  });
}

async function change(
  services: Services,
  { visit, now, sender }: PageRequest,
  { owner, checked }: { readonly owner: SignedIn; readonly checked: PasswordCredential },
  password: string,
  refuse: (problems: readonly Problem[], status: number) => Promise<PageAnswer>,
): Promise<Answer> {
  const hashed = await services.passwords.hash(password, {
    nir: owner.account.contact.nir,
    client: clientOf(services, sender.ip),
    ahead: true,
    signal: sender.leaving(),
  });
  if (!hashed.ok) {
    const busy = await refuse([{ field: null, text: accountTexts[visit.voice].busy }], 503);
    return { ...busy, retryAfterSeconds: retryAfterSeconds(hashed) };
  }
  const issued = await changePassword(services, owner, { checked, hash: hashed.value }, now);
  return issued
    ? redirectDone('password-changed', paths.accountInformation, sessionCookie(issued))
    : { kind: 'overtaken', to: paths.accountPassword };
}

async function view(
  { db, keyring, policy }: Pick<Services, 'db' | 'keyring' | 'policy'>,
  request: PageRequest<SignedIn>,
  shown: Shown,
  status?: number,
): Promise<PageAnswer> {
  const { visit, now } = request;
  const t = texts[visit.voice];
  const pending = await pendingAddress(db, keyring, request.account.personKey, now);
  return formPage(request, shown, {
    title: t.title,
    back: paths.accountInformation,
    body: html`<p class="govuk-body">${t.others}</p>
      ${pending && html`<p class="govuk-body">${t.pending} <a class="govuk-link" href="${paths.accountEmailCode}">${t.confirm}</a></p>`}
      ${changeForm(
        visit,
        shown.problems,
        newPasswordFields(visit, policy.password, shown.problems),
        newPasswordRules(visit, policy.password),
      )}`,
    ...(status ? { status } : {}),
  });
}
