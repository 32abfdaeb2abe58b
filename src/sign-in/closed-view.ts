import { catalogue } from '#src/texts/language.ts';
import { html } from '#src/web/html.ts';
import type { PageAnswer } from '#src/web/page.ts';
import type { Visit } from '#src/web/visit.ts';

export const closedTexts = catalogue({
  fr: {
    title: 'Ce compte est fermé',
    known:
      'D’après nos informations, la personne à qui il appartient est décédée. Personne ne peut plus s’y connecter, et plus aucun message ne part.',
    call: (telephone: string) =>
      `Si vous vous occupez de ses démarches, votre caisse vous aidera\u00a0: appelez le ${telephone}.`,
    mistake:
      'Si c’est une erreur, appelez sans attendre. Le compte sera rendu tel qu’il était dès que l’état civil sera rectifié.',
  },
  en: {
    title: 'This account is closed',
    known:
      'According to our information, the person it belongs to has died. Nobody can sign in to it any more, and no message is sent.',
    call: (telephone: string) =>
      `If you are looking after their affairs, your caisse will help you: call ${telephone}.`,
    mistake:
      'If this is a mistake, call straight away. The account will be given back as it was as soon as the civil register is corrected.',
  },
  plain: {
    fr: {
      known: 'Nous avons appris que cette personne est morte. Personne ne peut plus ouvrir ce compte.',
      call: (telephone: string) =>
        `Vous aidez sa famille ? Votre caisse peut vous aider : téléphonez au ${telephone}.`,
      mistake: 'C’est une erreur ? Téléphonez tout de suite. Nous ouvrirons à nouveau le compte.',
    },
    en: {
      known: 'We were told that this person has died. Nobody can open this account any more.',
    },
  },
});

/** For a person who knows the password of somebody who died, often a relative; no one else learns of the death. */
export function closedView(visit: Visit): PageAnswer {
  const t = closedTexts[visit.voice];
  return {
    kind: 'page',
    status: 403,
    title: t.title,
    body: html`<h1 class="govuk-heading-l">${t.title}</h1>
      <p class="govuk-body">${t.known}</p>
      <p class="govuk-body">${t.call(visit.supportTelephone)}</p>
      <p class="govuk-body">${t.mistake}</p>`,
  };
}
