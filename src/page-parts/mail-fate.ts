import { type NoticeFate, shownFate } from '#src/notices/fate.ts';
import { catalogue, type Voice } from '#src/texts/language.ts';
import { formatHour, formatTime } from '#src/texts/typography.ts';
import { parisDate } from '#src/time/paris.ts';
import { warningText } from '#src/web/components/asides.ts';
import { type Html, html } from '#src/web/html.ts';
import type { Localised } from '#src/web/visit.ts';

interface Texts {
  readonly onItsWay: string;
  readonly handedOver: (when: string) => string;
  readonly at: (hour: string) => string;
  readonly late: string;
  readonly waiting: string;
  readonly refused: string;
  readonly advice: readonly string[];
  readonly failed: string;
  readonly tooMany: string;
}

const texts = catalogue<Texts>({
  fr: {
    onItsWay: 'Le message part.',
    handedOver: (when) => `Votre messagerie a reçu le message ${when}.`,
    at: (hour) => `à ${hour}`,
    late: 'Notre message est en retard. Il partira tout seul dès que possible : vous n’avez rien à demander. S’il part tard, vous aurez plus de temps pour l’utiliser.',
    waiting:
      'Votre messagerie nous demande d’attendre. Nous essaierons encore, sans que vous ayez rien à faire. Cela peut prendre quelques heures.',
    refused: 'Votre messagerie a refusé notre message.',
    advice: [
      'Relisez l’adresse, lettre par lettre.',
      'Elle est fausse ? Corrigez-la : un nouveau message partira aussitôt.',
      'Elle est juste ? La boîte est peut-être pleine ou fermée, ou votre messagerie bloque nos messages. Donnez une autre adresse, si possible chez un autre fournisseur.',
    ],
    failed: 'Notre message n’a pas pu partir. Demandez-en un nouveau.',
    tooMany:
      'Trop de messages ont été envoyés à cette adresse aujourd’hui. Vous pourrez en demander un autre demain.',
  },
  en: {
    onItsWay: 'The message is on its way.',
    handedOver: (when) => `Your email provider received the message ${when}.`,
    at: (hour) => `at ${hour}`,
    late: 'Our message is late. It will leave by itself as soon as possible: there is nothing to ask for. If it leaves late, you will have more time to use it.',
    waiting:
      'Your email provider asks us to wait. We will try again: there is nothing for you to do. This can take some hours.',
    refused: 'Your email provider refused our message.',
    advice: [
      'Read the address again, letter by letter.',
      'Is it wrong? Correct it: a new message will leave at once.',
      'Is it right? The mailbox may be full or closed, or your provider blocks our messages. Give another address, with another provider if possible.',
    ],
    failed: 'Our message could not be sent. Ask for a new one.',
    tooMany: 'Too many messages were sent to this address today. You can ask for another one tomorrow.',
  },
  plain: {
    fr: {
      onItsWay: 'L’email part.',
      handedOver: (when) => `L’email est arrivé dans votre messagerie ${when}.`,
      late: 'L’email est en retard. Il partira tout seul. Vous n’avez rien à faire. Vous aurez plus de temps pour l’ouvrir.',
      waiting:
        'Votre messagerie nous demande d’attendre. Nous essaierons encore. Vous n’avez rien à faire. Cela peut prendre quelques heures.',
      refused: 'Votre messagerie a refusé notre email.',
      advice: [
        'Relisez l’adresse, lettre par lettre.',
        'Elle est fausse ? Corrigez-la. Un nouvel email partira.',
        'Elle est juste ? Votre messagerie est peut-être pleine. Donnez une autre adresse.',
      ],
      failed: 'L’email n’est pas parti. Demandez-en un nouveau.',
      tooMany: 'Trop d’emails sont partis à cette adresse aujourd’hui. Vous pourrez en demander un demain.',
    },
  },
});

/** The state of the latest mail and what to do about it, in our own words: nothing that a mail server sent. */
export function fateView(visit: Localised, fate: NoticeFate, now: Date): Html {
  const t = texts[visit.voice];
  const shown = shownFate(fate, now);
  switch (shown.kind) {
    case 'on-its-way':
      return html`<p class="govuk-body">${t.onItsWay}</p>`;
    case 'handed-over':
    case 'delivered':
      return html`<p class="govuk-body">${t.handedOver(when(shown.at, now, visit.voice))}</p>`;
    case 'refused':
      return html`${warningText(visit, t.refused)}<ul class="govuk-list govuk-list--bullet">${t.advice.map((text) => html`<li>${text}</li>`)}</ul>`;
    case 'late':
      return warningText(visit, t.late);
    case 'waiting':
      return warningText(visit, t.waiting);
    case 'failed':
      return warningText(visit, t.failed);
    case 'too-many':
      return warningText(visit, t.tooMany);
  }
}

function when(at: Date, now: Date, voice: Voice): string {
  return parisDate(at) === parisDate(now) ? texts[voice].at(formatHour(at, voice)) : formatTime(at, voice);
}
