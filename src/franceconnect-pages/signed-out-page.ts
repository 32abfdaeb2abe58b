import { access, type SitePage } from '#src/access/access.ts';
import { type Anyone, signedIn } from '#src/access/who.ts';
import { also, atOnce } from '#src/database/at-once.ts';
import { browserOf, findOutcome, keepingOutcome, newBrowserSecret } from '#src/franceconnect/browser.ts';
import { takingLogout } from '#src/franceconnect/journey.ts';
import { outcomeOf } from '#src/franceconnect/outcome.ts';
import { noProviderSession } from '#src/franceconnect/provider-session.ts';
import { takeProviderSignOut } from '#src/franceconnect/sign-out.ts';
import { outcomeTexts } from '#src/franceconnect-pages/outcome-texts.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { catalogue } from '#src/texts/language.ts';
import { button } from '#src/web/components/button.ts';
import { definePage } from '#src/web/define-page.ts';
import { html } from '#src/web/html.ts';
import { type Answer, type PageRequest, redirect } from '#src/web/page.ts';

const texts = catalogue({
  fr: {
    waiting: 'Revenir à la confirmation de mon adresse',
    account: 'Revenir à mon compte',
    home: 'Retour à l’accueil',
  },
  en: {
    waiting: 'Back to the confirmation of my address',
    account: 'Back to my account',
    home: 'Back to the home page',
  },
});

/** Where FranceConnect sends the browser after the logout; its form begins one without ending the session here. */
export function franceConnectSignedOutPage(services: Services): SitePage {
  const { db, keyring } = services;
  return definePage({
    path: paths.franceConnectSignedOut,
    about: {
      part: 'FranceConnect',
      shows: 'that the session is over, here and at FranceConnect',
      form: 'ends this browser’s session at FranceConnect',
    },
    access: access.everybody,
    show: async (request) => {
      const { query, now, visit } = request;
      const browser = browserOf(request);
      const state = query.get('state') ?? '';
      if (state !== '') {
        const { secret, cookie } = newBrowserSecret(services.random);
        const outcome = outcomeOf('signed-out', 'connexion');
        const isBack = await atOnce(db, [
          takingLogout({ state, browser }, now),
          also(keepingOutcome(db, keyring, secret, outcome, now)),
        ]);
        return isBack ? redirect(paths.franceConnectSignedOut, cookie) : redirect(paths.home);
      }
      const outcome = await findOutcome(db, keyring, browser, now);
      if (outcome?.reason !== 'signed-out' && outcome?.reason !== 'signed-out-here-only')
        return redirect(paths.home);
      const { title, texts: paragraphs } = outcomeTexts[visit.voice].reasons[outcome.reason];
      return {
        kind: 'page',
        title,
        body: html`<h1 class="govuk-heading-l">${title}</h1>
          ${paragraphs.map((text) => html`<p class="govuk-body">${text}</p>`)}
          ${wayOn(request)}`,
      };
    },
    submit: async (request): Promise<Answer> => {
      const signOut = await takeProviderSignOut(services, request);
      if (!signOut) return redirect(paths.home, noProviderSession);
      await atOnce(db, signOut.writes);
      const { to, cookies } = await signOut.leave();
      return redirect(to, ...cookies);
    },
  });
}

function wayOn(request: PageRequest<Anyone>) {
  const t = texts[request.visit.voice];
  if (request.session?.kind === 'waiting') return button({ text: t.waiting, href: paths.waiting });
  if (signedIn(request.session)) return button({ text: t.account, href: paths.account });
  return button({ text: t.home, href: paths.home, style: 'secondary' });
}
