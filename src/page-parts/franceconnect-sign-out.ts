import { paths } from '#src/paths.ts';
import { catalogue } from '#src/texts/language.ts';
import { button } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { type Html, html } from '#src/web/html.ts';
import type { PageRequest } from '#src/web/page.ts';

const texts = catalogue({
  fr: {
    shared:
      'Vous êtes sur un ordinateur partagé ? Votre session FranceConnect y est peut-être encore ouverte.',
    signOut: 'Me déconnecter de FranceConnect',
  },
  en: {
    shared: 'Are you on a shared computer? Your FranceConnect session may still be open on it.',
    signOut: 'Sign out of FranceConnect',
  },
  plain: {
    fr: {
      signOut: 'Fermer FranceConnect',
      shared: 'D’autres personnes utilisent cet ordinateur ? Fermez aussi FranceConnect.',
    },
  },
});

/** For shared computers: ends the session at FranceConnect. */
export function signOutForm({ visit }: Pick<PageRequest, 'visit'>): Html {
  const t = texts[visit.voice];
  return html`<p class="govuk-body">${t.shared}</p>${form(visit, {
    action: paths.franceConnectSignedOut,
    body: button({ text: t.signOut, style: 'secondary' }),
  })}`;
}
