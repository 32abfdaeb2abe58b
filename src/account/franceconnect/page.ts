import { access, type SitePage } from '#src/access/access.ts';
import { sessionCookie } from '#src/access/session-cookie.ts';
import type { SignedIn } from '#src/access/who.ts';
import { changeForm, withCurrentPassword } from '#src/account/current-password.ts';
import { unlinkAccount } from '#src/account/franceconnect/link.ts';
import { linkedSince } from '#src/accounts/franceconnect-link.ts';
import { beginJourney } from '#src/franceconnect/journey.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { catalogue } from '#src/texts/language.ts';
import { formatDate } from '#src/texts/typography.ts';
import { button } from '#src/web/components/button.ts';
import { definePage } from '#src/web/define-page.ts';
import { formPage } from '#src/web/forms/form-page.ts';
import { html } from '#src/web/html.ts';
import { type PageAnswer, type PageRequest, redirectDone, type Shown } from '#src/web/page.ts';

const texts = catalogue({
  fr: {
    title: 'FranceConnect',
    linked: (day: string) => `Votre compte est lié à FranceConnect depuis le ${day}.`,
    unlinkText:
      'Sans ce lien, vous vous connecterez seulement avec votre numéro de sécurité sociale et votre mot de passe.',
    unlink: 'Supprimer le lien avec FranceConnect',
    notLinked: 'Votre compte n’est pas lié à FranceConnect.',
    linkText:
      'Si vous le liez, vous pourrez vous connecter avec FranceConnect, sans votre mot de passe. Après avoir saisi votre mot de passe, vous irez sur FranceConnect pour vous identifier à votre nom.',
    link: 'Lier mon compte à FranceConnect',
    away: 'FranceConnect n’est pas disponible pour le moment. Revenez dans quelques minutes.',
    back: 'Retour à mon compte',
  },
  en: {
    title: 'FranceConnect',
    linked: (day: string) => `Your account has been linked to FranceConnect since ${day}.`,
    unlinkText:
      'Without this link, you will sign in with your social security number and your password only.',
    unlink: 'Remove the link with FranceConnect',
    notLinked: 'Your account is not linked to FranceConnect.',
    linkText:
      'If you link it, you can sign in with FranceConnect, without your password. Once you have entered your password, you will go to FranceConnect to sign in under your own name.',
    link: 'Link my account to FranceConnect',
    away: 'FranceConnect is not available for the moment. Come back in a few minutes.',
    back: 'Back to my account',
  },
  plain: {
    fr: {
      link: 'Lier le compte à FranceConnect',
      back: 'Retour au compte',
      linked: (day: string) => `Votre compte est lié à FranceConnect depuis le ${day}.`,
      unlinkText: 'Sans ce lien, vous vous connectez avec votre mot de passe.',
      unlink: 'Supprimer le lien avec FranceConnect',
      linkText:
        'Avec ce lien, vous vous connectez avec FranceConnect. Écrivez votre mot de passe. Ensuite vous irez sur FranceConnect.',
    },
  },
});

/** Whether the account is linked to FranceConnect; links and unlinks it, with the current password. */
export function accountFranceConnectPage(services: Services): SitePage {
  const { db } = services;
  return definePage({
    path: paths.accountFranceConnect,
    about: {
      part: 'The account',
      shows: 'whether the account is linked to FranceConnect',
      form: 'with the current password: leads to FranceConnect to link, or unlinks',
    },
    access: access.signedInWithFranceConnect(services),
    show: async (request, shown) =>
      view(services, request, shown, await linkedSince(db, request.account.personKey)),
    submit: async (request) => {
      const { personKey } = request.account;
      return withCurrentPassword(services, request, {
        problems: [],
        refuse: async (problems, status) => {
          const since = await linkedSince(db, personKey);
          return view(services, request, { typed: request.typed, problems }, since, status);
        },
        apply: async (owner, _checked, linkedTo) => {
          // Does what the form said, even if another tab has changed the link before.
          if (request.typed.text('lien') === 'defaire') {
            const issued = await unlinkAccount(services, owner, linkedTo, request.now);
            const to = paths.accountFranceConnect;
            return issued
              ? redirectDone('franceconnect-unlinked', to, sessionCookie(issued))
              : { kind: 'overtaken', to };
          }
          return beginJourney(services, request, {
            purpose: 'liaison',
            typed: null,
            person: personKey.toString('hex'),
          });
        },
      });
    },
  });
}

function view(
  { franceConnect }: Pick<Services, 'franceConnect'>,
  request: PageRequest<SignedIn>,
  shown: Shown,
  since: Date | null,
  status?: number,
): PageAnswer {
  const { visit } = request;
  const t = texts[visit.voice];
  const action = (value: string, text: string, explained: string) =>
    changeForm(
      visit,
      shown.problems,
      html`<p class="govuk-body">${explained}</p><input type="hidden" name="lien" value="${value}">`,
      { save: text, legend: false },
    );
  const unlinked = franceConnect?.available()
    ? action('faire', t.link, t.linkText)
    : html`<p class="govuk-body">${t.away}</p>${button({ text: t.back, href: paths.accountInformation, style: 'secondary' })}`;
  return formPage(request, shown, {
    title: t.title,
    back: paths.accountInformation,
    body: since
      ? html`<p class="govuk-body">${t.linked(formatDate(since, visit.voice))}</p>${action('defaire', t.unlink, t.unlinkText)}`
      : html`<p class="govuk-body">${t.notLinked}</p>${unlinked}`,
    ...(status ? { status } : {}),
  });
}
