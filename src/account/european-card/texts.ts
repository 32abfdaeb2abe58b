import type { DepartureProblem } from '#src/account/european-card/rules.ts';
import { catalogue } from '#src/texts/language.ts';

interface Texts {
  readonly title: string;
  readonly lead: readonly string[];
  readonly departure: string;
  readonly departureHint: (day: string) => string;
  readonly departureUnread: string;
  readonly departureProblems: Readonly<Record<DepartureProblem, string>>;
  readonly whom: string;
  readonly whomMissing: string;
  readonly addressTitle: string;
  readonly address: string;
  readonly addressWrong: string;
  readonly submit: string;
  readonly later: string;
  readonly adults: string;
  readonly ordered: string;
  /** Above the form, where some of the family have their card. */
  readonly another: string;
  readonly orderLine: (name: string, day: string, end: string) => string;
  readonly renewal: (day: string) => string;
  readonly follow: string;
  readonly certificateTitle: string;
  readonly certificate: (day: string) => string;
  readonly certificateFor: (name: string) => string;
  readonly certificateFrench: string | null;
  readonly noOrder: string;
  readonly noAddress: string;
  readonly call: string;
}

export const cardTexts = catalogue<Texts>({
  fr: {
    title: 'Carte européenne d’assurance maladie',
    lead: [
      'Elle sert à payer moins, ou rien, si vous êtes malade pendant un voyage dans l’Union européenne, en Islande, au Liechtenstein, en Norvège, en Suisse ou au Royaume-Uni.',
      'Elle est gratuite et dure 2 ans. Chaque personne a la sienne, les enfants aussi.',
    ],
    departure: 'Quel jour partez-vous ?',
    departureHint: (day) => `Par exemple ${day}`,
    departureUnread: 'Écrivez le jour du départ, un jour qui existe : le jour, le mois, puis l’année',
    departureProblems: {
      past: 'Ce jour est déjà passé. Écrivez le jour de votre prochain départ',
      'too-far': 'Une carte commandée aujourd’hui ne sera plus valable ce jour-là. Commandez-la plus tard',
    },
    whom: 'Pour qui ?',
    whomMissing: 'Cochez au moins une personne de la liste',
    addressTitle: 'Où la carte arrive',
    address: 'Votre caisse envoie la carte à cette adresse :',
    addressWrong:
      'Ce n’est plus votre adresse ? Dites-le d’abord à votre caisse, sinon la carte se perdra. Téléphonez au',
    submit: 'COMMANDER',
    later:
      'La carte arrive en une quinzaine de jours. Vous partez avant ? Après la commande, vous pourrez télécharger un certificat provisoire.',
    adults: 'Un enfant de 18 ans ou plus commande sa carte avec son propre compte.',
    ordered: 'Cartes commandées',
    another: 'Commander une autre carte',
    orderLine: (name, day, end) => `${name} : commandée le ${day}, valable jusqu’au ${end}.`,
    renewal: (day) => `Vous pourrez commander la suivante à partir du ${day}.`,
    follow: 'Suivre la commande dans mes messages',
    certificateTitle: 'Certificat provisoire',
    certificate: (day) =>
      `Vous partez avant le ${day}, ou la carte n’est pas arrivée ? Le certificat la remplace pendant 3 mois. Un nouveau certificat remplace le précédent de la même personne.`,
    certificateFor: (name) => `TÉLÉCHARGER LE CERTIFICAT POUR ${name} (PDF)`,
    certificateFrench: null,
    noOrder: 'Votre caisse ne reçoit pas encore les commandes par ce service.',
    noAddress: 'Nous ne connaissons pas votre adresse : la carte ne peut pas partir.',
    call: 'Commandez la carte par téléphone :',
  },
  en: {
    title: 'European health insurance card',
    lead: [
      'With it you pay less, or nothing, if you fall ill during a journey in the European Union, Iceland, Liechtenstein, Norway, Switzerland or the United Kingdom.',
      'It is free and lasts 2 years. Each person has their own, children too.',
    ],
    departure: 'On which day do you leave?',
    departureHint: (day) => `For example ${day}`,
    departureUnread: 'Enter the day on which you leave, a day that exists: the day, the month, then the year',
    departureProblems: {
      past: 'This day has passed. Enter the day on which you leave next',
      'too-far': 'A card ordered today will no longer be valid on that day. Order it later',
    },
    whom: 'For whom?',
    whomMissing: 'Tick at least one person of the list',
    addressTitle: 'Where the card comes',
    address: 'Your fund sends the card to this address:',
    addressWrong: 'This is no longer your address? Tell your fund first, or the card will be lost. Call',
    submit: 'ORDER',
    later:
      'The card comes within about fifteen days. You leave earlier? After the order you can download a provisional certificate.',
    adults: 'A child of 18 or more orders their card with their own account.',
    ordered: 'Cards that were ordered',
    another: 'Order another card',
    orderLine: (name, day, end) => `${name}: ordered on ${day}, valid until ${end}.`,
    renewal: (day) => `You can order the next one from ${day} on.`,
    follow: 'Follow the order among my messages',
    certificateTitle: 'Provisional certificate',
    certificate: (day) =>
      `You leave before ${day}, or the card has not come? The certificate stands in for it for 3 months. A new certificate replaces the one before of the same person.`,
    certificateFor: (name) => `DOWNLOAD THE CERTIFICATE OF ${name} (PDF)`,
    certificateFrench: 'The certificate is in French; its fields have the numbers of the European form.',
    noOrder: 'Your fund does not take orders through this service yet.',
    noAddress: 'We do not know your address: the card cannot be sent.',
    call: 'Order the card by telephone:',
  },
  plain: {
    fr: {
      title: 'Votre carte européenne',
      lead: [
        'Vous partez en voyage dans un pays d’Europe ? Si vous êtes malade là-bas, cette carte paie vos soins, ou une partie.',
        'Elle est gratuite. Elle dure 2 ans. Chaque personne a la sienne, les enfants aussi.',
      ],
      departureUnread: 'Écrivez un jour qui existe : le jour, le mois, puis l’année',
      submit: 'Commander',
      later:
        'La carte arrive en 15 jours environ. Vous partez avant ? Commandez quand même. Puis téléchargez un certificat.',
      certificateTitle: 'Certificat en attendant',
      certificate: (day) =>
        `Vous partez avant le ${day} ? Vous n’avez pas la carte ? Ce certificat la remplace pendant 3 mois.`,
      certificateFor: (name) => `Télécharger le certificat pour ${name} (PDF)`,
    },
    en: {
      title: 'Your European card',
      submit: 'Order',
      certificateFor: (name) => `Download the certificate of ${name} (PDF)`,
    },
  },
});
