import type { Purpose } from '#src/franceconnect/outcome.ts';
import type { OpenIdProvider } from '#src/oidc/provider.ts';
import { paths } from '#src/paths.ts';
import { catalogue } from '#src/texts/language.ts';
import { type Html, html } from '#src/web/html.ts';
import type { Localised, Visit } from '#src/web/visit.ts';

/** Button, link and sentence are prescribed by FranceConnect: translated, never reworded. */
const texts = catalogue({
  fr: {
    login: 'S’identifier avec',
    what: 'Qu’est-ce que FranceConnect ?',
    newWindow: 'Qu’est-ce que FranceConnect ? - nouvelle fenêtre',
    inClass:
      'On y entre avec un compte que l’on a déjà, par exemple celui des impôts. Il n’y a pas d’autre mot de passe à retenir.',
    sentence:
      'FranceConnect est la solution proposée par l’État pour sécuriser et simplifier la connexion à vos services en ligne.',
    or: 'OU',
    away: 'FranceConnect n’est pas disponible pour le moment. Utilisez un autre moyen, ou revenez dans quelques minutes.',
  },
  en: {
    login: 'Sign in with',
    what: 'What is FranceConnect?',
    newWindow: 'What is FranceConnect? - new window',
    inClass:
      'You enter with an account that you have already, that of the taxes for instance. There is no other password to remember.',
    sentence:
      'FranceConnect is the solution offered by the French State to secure and simplify signing in to your online services.',
    or: 'OR',
    away: 'FranceConnect is not available for the moment. Use another way, or come back in a few minutes.',
  },
});

/** The journey that the button begins. */
export function franceConnectHref(purpose: Purpose): string {
  return `${paths.franceConnect}?pour=${purpose}`;
}

interface ButtonOptions {
  readonly purpose: Purpose;
  /** A button that submits the form around it, so that what was typed is kept; otherwise a link. */
  readonly sendsForm?: boolean;
}

/** The official button with its sentence and its link; while FranceConnect is away, a sentence that says so. */
export function franceConnectButton(
  { voice, demo }: Pick<Visit, 'voice' | 'demo'>,
  franceConnect: Pick<OpenIdProvider<unknown>, 'available'>,
  { purpose, sendsForm = false }: ButtonOptions,
): Html {
  const t = texts[voice];
  if (!franceConnect.available()) return html`<p class="govuk-body">${t.away}</p>`;
  const label = html`<span class="fr-connect__login">${t.login}</span> <span class="fr-connect__brand">FranceConnect</span>`;
  const href = franceConnectHref(purpose);
  return html`<p class="govuk-body">${t.sentence}</p>
    <div class="fr-connect-group">${
      sendsForm
        ? html`<button class="fr-connect" type="submit" formaction="${href}" formnovalidate>${label}</button>`
        : html`<a class="fr-connect" href="${href}">${label}</a>`
    }
    ${
      // A class stays within itself, often without Internet.
      demo?.kind === 'exercise'
        ? html`<p class="govuk-body"><strong>${t.what}</strong> ${t.inClass}</p>`
        : html`<p class="govuk-body"><a class="govuk-link" href="https://franceconnect.gouv.fr/" target="_blank" rel="noopener noreferrer" title="${t.newWindow}">${t.what}</a></p>`
    }</div>`;
}

/** «OU», between FranceConnect and the other ways. */
export function orDivider({ voice }: Localised): Html {
  return html`<p class="or-divider">${texts[voice].or}</p>`;
}
