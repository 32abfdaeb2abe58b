import { catalogue } from '#src/texts/language.ts';
import { button } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { html } from '#src/web/html.ts';
import type { PageAnswer } from '#src/web/page.ts';
import type { Visit } from '#src/web/visit.ts';

const texts = catalogue({
  fr: {
    title: 'Une autre personne utilise ce navigateur',
    what: 'La page que vous venez d’envoyer n’est pas celle de la personne qui utilise maintenant ce navigateur. Quelqu’un d’autre a sans doute commencé dans un autre onglet.',
    nothing:
      'Rien n’a été enregistré, ni pour l’une ni pour l’autre. Ce qui était écrit sur la page n’est pas montré ici : l’autre personne pourrait le lire.',
    now: 'Le dossier ou le compte ouvert maintenant est le vôtre',
    goOn: 'Continuez où vous en êtes.',
    goOnButton: 'Continuer',
    before: 'La page envoyée était la vôtre',
    wait: 'Laissez d’abord l’autre personne finir. Ensuite, fermez sa session, puis recommencez à votre nom : vous pourrez de nouveau écrire et envoyer.',
    closeButton: 'Fermer la session ouverte',
  },
  en: {
    title: 'Somebody else is using this browser',
    what: 'The page that you have just sent is not that of the person who is using this browser now. Somebody else has probably begun in another tab.',
    nothing:
      'Nothing was saved, for either person. What was written on the page is not shown here: the other person could read it.',
    now: 'The case or account that is open now is yours',
    goOn: 'Continue where you were.',
    goOnButton: 'Continue',
    before: 'The page that was sent was yours',
    wait: 'Let the other person finish first. Then close their session, and begin again in your own name: you will be able to write and send again.',
    closeButton: 'Close the open session',
  },
  plain: {
    fr: {
      what: 'Quelqu’un d’autre a commencé sur cet appareil. Il a peut-être ouvert un autre onglet.',
      nothing:
        'Rien n’a été enregistré. Nous ne montrons pas ce que vous avez écrit. L’autre personne pourrait le lire.',
      now: 'Le compte ouvert maintenant est à vous',
      goOn: 'Continuez.',
      before: 'Le compte ouvert maintenant n’est pas à vous',
      wait: 'Laissez finir l’autre personne. Puis appuyez sur ce bouton, et recommencez à votre nom.',
      closeButton: 'Fermer pour l’autre personne',
    },
  },
});

/** 409: a form that was shown for another person than the present one. Shows no name and no typed field. */
export function otherPersonPage(
  visit: Visit,
  { place, signOut }: { readonly place: string; readonly signOut: string },
): PageAnswer {
  const t = texts[visit.voice];
  return {
    kind: 'page',
    status: 409,
    title: t.title,
    body: html`<h1 class="govuk-heading-l">${t.title}</h1>
      <p class="govuk-body">${t.what}</p>
      <p class="govuk-body">${t.nothing}</p>
      <h2 class="govuk-heading-m">${t.now}</h2>
      <p class="govuk-body">${t.goOn}</p>
      ${button({ text: t.goOnButton, href: place })}
      <h2 class="govuk-heading-m">${t.before}</h2>
      <p class="govuk-body">${t.wait}</p>
      ${form(visit, { action: signOut, body: button({ text: t.closeButton, style: 'secondary' }) })}`,
  };
}
