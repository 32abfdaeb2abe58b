import type { PhraseProblem } from '#src/correspondence/phrase.ts';
import { catalogue } from '#src/texts/language.ts';

interface Texts {
  readonly title: string;
  readonly lead: string;
  readonly untold: string;
  readonly untoldPaper: string;
  readonly noAddress: string;
  readonly paper: string;
  /** Before the town. */
  readonly paperHint: string;
  readonly paperKeep: string;
  readonly paperYes: string;
  readonly paperYesHint: string;
  readonly paperNo: string;
  readonly paperNoHint: (days: number) => string;
  readonly paperEmpty: string;
  readonly frequency: string;
  readonly frequencyHint: string;
  readonly atOnce: string;
  readonly daily: string;
  readonly weekly: string;
  readonly frequencyEmpty: string;
  readonly phrase: string;
  readonly phraseHint: string;
  readonly phraseWhy: string;
  readonly phraseProblems: Readonly<Record<PhraseProblem, string>>;
}

export const correspondenceTexts = catalogue<Texts>({
  fr: {
    title: 'Papier et avis',
    lead: 'Choisissez comment nous vous prévenons. Vous pouvez changer à tout moment.',
    untold: 'Vous ne recevez plus d’email quand quelque chose arrive : vous vous êtes désabonné.',
    untoldPaper: 'Vos nouveaux documents partent donc par courrier.',
    noAddress:
      'Votre caisse ne connaît pas votre adresse complète. Aucun document ne peut partir par courrier. Donnez-lui votre adresse.',
    paper: 'Voulez-vous vos documents aussi par courrier ?',
    paperHint: 'Le courrier part à l’adresse que connaît votre caisse :',
    paperKeep: 'Vous gardez votre compte dans les deux cas.',
    paperYes: 'Oui',
    paperYesHint: 'Chaque document qui arrive dans votre compte part aussi par courrier.',
    paperNo: 'Non',
    paperNoHint: (days) =>
      `Un document important part quand même par courrier si vous ne l’ouvrez pas en ${days} jours, ou si nos emails n’arrivent pas.`,
    paperEmpty: 'Choisissez « Oui » ou « Non » pour le courrier',
    frequency: 'Quand vous écrire qu’il y a du nouveau ?',
    frequencyHint: 'Par email. Sans nouveauté, pas d’email.',
    atOnce: 'Tout de suite',
    daily: 'Une fois par jour, à 8 heures',
    weekly: 'Une fois par semaine, le lundi à 8 heures',
    frequencyEmpty: 'Choisissez quand nous vous écrivons',
    phrase: 'Ma phrase repère',
    phraseHint:
      'De 3 à 60 caractères. Par exemple : le chat dort sur le piano. Ni numéro, ni mot de passe. Laissez vide si vous n’en voulez pas.',
    phraseWhy:
      'Nous écrivons cette phrase dans chaque avis : sans elle, méfiez-vous, le message vient peut-être d’un escroc. Par email, nous ne demandons jamais votre carte bancaire, votre mot de passe ou cette phrase.',
    phraseProblems: {
      short: 'Écrivez au moins 3 caractères, ou laissez la phrase vide',
      long: 'Écrivez une phrase plus courte : 60 caractères au plus',
      characters: 'Écrivez des mots : pas d’adresse de site ou d’email, pas de signes spéciaux',
      number: 'Écrivez des mots, pas un numéro : la phrase est lisible dans nos emails',
      password: 'Cela ressemble à un mot de passe. Écrivez plutôt quelques mots',
    },
  },
  en: {
    title: 'Paper and notices',
    lead: 'Choose how we tell you. You can change this at any time.',
    untold: 'You no longer get an email when something arrives: you unsubscribed.',
    untoldPaper: 'So your new documents go to you by post.',
    noAddress:
      'Your caisse does not know your full address. No document can go by post. Please give it your address.',
    paper: 'Do you want your documents by post as well?',
    paperHint: 'Post goes to the address that your caisse knows:',
    paperKeep: 'You keep your account in both cases.',
    paperYes: 'Yes',
    paperYesHint: 'Each document that arrives in your account goes by post as well.',
    paperNo: 'No',
    paperNoHint: (days) =>
      `An important document still goes by post if you do not open it within ${days} days, or if our emails do not arrive.`,
    paperEmpty: 'Choose “Yes” or “No” for post',
    frequency: 'When should we write that there is something new?',
    frequencyHint: 'By email. When nothing is new, no email leaves.',
    atOnce: 'At once',
    daily: 'Once a day, at 8 a.m.',
    weekly: 'Once a week, on Monday at 8 a.m.',
    frequencyEmpty: 'Choose when we write to you',
    phrase: 'My sign phrase',
    phraseHint:
      'From 3 to 60 characters. For example: the cat sleeps on the piano. No number, no password. Leave it empty if you do not want one.',
    phraseWhy:
      'We write this phrase in each notice: without it, be careful, the message may come from a fraudster. By email, we never ask for your bank card, your password or this phrase.',
    phraseProblems: {
      short: 'Enter at least 3 characters, or leave the phrase empty',
      long: 'Enter a shorter phrase: 60 characters at most',
      characters: 'Enter words: no address of a site or of a mailbox, no special signs',
      number: 'Enter words, not a number: the phrase can be read in our emails',
      password: 'This looks like a password. Enter a few words instead',
    },
  },
  plain: {
    fr: {
      title: 'Papier et emails',
      lead: 'Choisissez ici. Vous pouvez changer quand vous voulez.',
      untold: 'Vous avez arrêté nos emails.',
      paperNoHint: (days) =>
        `Vous n’ouvrez pas un document important ? Il part par courrier après ${days} jours. Nos emails n’arrivent pas ? Il part aussi.`,
      untoldPaper: 'Vos nouveaux documents arrivent par courrier.',
      noAddress:
        'Votre caisse ne connaît pas votre adresse. Nous ne pouvons rien envoyer par courrier. Donnez-lui votre adresse.',
      phrase: 'Votre phrase repère',
      phraseHint:
        'Quelques mots que vous aimez. Exemple : le chat dort sur le piano. Pas de numéro. Pas de mot de passe.',
      phraseWhy:
        'Cette phrase est dans nos emails quand il y a du nouveau. Elle n’y est pas ? L’email est peut-être un piège. Nous ne demandons jamais votre carte bancaire ou votre mot de passe par email.',
    },
    en: {
      title: 'Paper and emails',
      phrase: 'Your sign phrase',
    },
  },
});
