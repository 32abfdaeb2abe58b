import type { ClosedFor } from '#src/accounts/close-account.ts';
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
    left: 'Vous ne faites plus partie des assurés de votre caisse. Nous vous avions écrit jusqu’à quand ce compte restait ouvert.',
    leftCall: (telephone: string) =>
      `Si c’est une erreur, ou si vous êtes de nouveau assuré, appelez le ${telephone}. Le compte sera rendu tel qu’il était.`,
  },
  en: {
    title: 'This account is closed',
    known:
      'According to our information, the person it belongs to has died. Nobody can sign in to it any more, and no message is sent.',
    call: (telephone: string) =>
      `If you are looking after their affairs, your caisse will help you: call ${telephone}.`,
    mistake:
      'If this is a mistake, call straight away. The account will be given back as it was as soon as the civil register is corrected.',
    left: 'Your caisse no longer insures you. We wrote to you until when this account stayed open.',
    leftCall: (telephone: string) =>
      `If this is a mistake, or if you are insured again, call ${telephone}. The account will be given back as it was.`,
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

/**
 * For a person who knows the password: often a relative of somebody who died, or somebody who left the register; no one else
 * learns of it.
 */
export function closedView(visit: Visit, why: ClosedFor): PageAnswer {
  const t = closedTexts[visit.voice];
  const { supportTelephone } = visit;
  const said =
    why === 'left' ? [t.left, t.leftCall(supportTelephone)] : [t.known, t.call(supportTelephone), t.mistake];
  return {
    kind: 'page',
    status: 403,
    title: t.title,
    body: html`<h1 class="govuk-heading-l">${t.title}</h1>
      ${said.map((text) => html`<p class="govuk-body">${text}</p>`)}`,
  };
}
