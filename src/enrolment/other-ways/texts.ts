import type { CodeChannel } from '#src/codes/rules.ts';
import { catalogue } from '#src/texts/language.ts';

interface Texts {
  readonly title: string;
  readonly franceConnect: string;
  readonly leadClosed: string;
  readonly leadNoSerial: string;
  readonly kept: string;
  readonly backToCard: string;
  readonly codeTitle: string;
  readonly codeLead: string;
  readonly channel: string;
  readonly channels: Readonly<Record<CodeChannel, (masked: string) => string>>;
  /** In a sentence: «par SMS ou par courrier». */
  readonly by: Readonly<Record<CodeChannel, string>>;
  readonly or: string;
  readonly soon: (lifetime: string) => string;
  readonly minutes: (minutes: number) => string;
  readonly hours: (hours: number) => string;
  readonly byPost: (earliest: string, latest: string, last: string) => string;
  readonly notYours: (telephone: string) => string;
  readonly choose: string;
  readonly submit: string;
  readonly haveCode: string;
  readonly noChannel: (telephone: string) => string;
  readonly held: (by: string, instant: string) => string;
  readonly heldHint: (instant: string) => string;
  readonly stillPossible: (by: string) => string;
  readonly nothingElse: (telephone: string) => string;
  readonly caisseTitle: string;
  readonly caisse: (name: string) => string;
  readonly telephone: string;
  readonly price: string;
  readonly address: string;
  readonly say: string;
  readonly home: string;
}

export const otherWaysTexts = catalogue<Texts>({
  fr: {
    title: 'Les autres moyens d’ouvrir votre compte',
    franceConnect: 'Avec FranceConnect, tout de suite',
    leadClosed: 'Aujourd’hui, nous ne pouvons pas ouvrir votre compte avec la carte Vitale et le RIB.',
    leadNoSerial: 'Vous pouvez ouvrir votre compte sans la carte Vitale.',
    kept: 'Ce que vous avez saisi est gardé le temps de votre visite. Choisissez un autre moyen ci-dessous.',
    backToCard: 'Revenir à la carte Vitale et au RIB',
    codeTitle: 'Recevoir un code provisoire',
    codeLead:
      'Nous envoyons un code là où votre caisse sait vous joindre. Vous le saisissez ensuite pour continuer.',
    channel: 'Comment voulez-vous recevoir votre code ?',
    channels: {
      sms: (masked) => `Par SMS au ${masked}`,
      email: (masked) => `Par email à ${masked}`,
      letter: (masked) => `Par courrier à votre adresse : ${masked}`,
    },
    by: { sms: 'par SMS', email: 'par email', letter: 'par courrier' },
    or: ' ou ',
    soon: (lifetime) => `Il arrive en quelques minutes et fonctionne ${lifetime}.`,
    minutes: (minutes) => (minutes === 1 ? '1 minute' : `${minutes} minutes`),
    hours: (hours) => (hours === 1 ? '1 heure' : `${hours} heures`),
    byPost: (earliest, latest, last) =>
      `Il arrive entre le ${earliest} et le ${latest}, et fonctionne jusqu’au ${last}.`,
    notYours: (telephone) =>
      `Ce numéro ou cette adresse ne sont plus les vôtres ? Pour votre sécurité, vous ne pouvez pas les changer ici : appelez votre caisse au ${telephone}.`,
    choose: 'Choisissez comment vous voulez recevoir votre code',
    submit: 'RECEVOIR UN CODE',
    haveCode: 'J’ai déjà un code provisoire',
    noChannel: (telephone) =>
      `Votre caisse ne connaît ni portable, ni adresse email, ni adresse postale complète où un code puisse vous parvenir. Appelez-la au ${telephone} pour les donner.`,
    held: (by, instant) =>
      `Un code ${by} ne peut pas être envoyé pour le moment. Vous pourrez en demander un ${instant}.`,
    heldHint: (instant) => `Possible à nouveau ${instant}.`,
    stillPossible: (by) => `Dès maintenant, vous pouvez en recevoir un ${by}.`,
    nothingElse: (telephone) => `Si c’est urgent, appelez votre caisse au ${telephone}.`,
    caisseTitle: 'Contacter votre caisse',
    caisse: (name) => `Votre caisse est celle de : ${name}.`,
    telephone: 'Téléphone :',
    price: '(service gratuit + prix d’un appel)',
    address: 'Adresse :',
    say: 'Dites que vous n’avez pas pu ouvrir votre compte en ligne : votre conseiller verra avec vous ce qui manque.',
    home: 'Retour à l’accueil',
  },
  en: {
    title: 'Other ways to open your account',
    franceConnect: 'With FranceConnect, straight away',
    leadClosed: 'Today we cannot open your account with the carte Vitale and bank details.',
    leadNoSerial: 'You can open your account without the carte Vitale.',
    kept: 'What you entered is kept for the time of your visit. Choose another way below.',
    backToCard: 'Back to the carte Vitale and the bank details',
    codeTitle: 'Receive a provisional code',
    codeLead: 'We send a code to where your caisse can reach you. You then enter it to go on.',
    channel: 'How do you want to receive your code?',
    channels: {
      sms: (masked) => `By text message to ${masked}`,
      email: (masked) => `By email to ${masked}`,
      letter: (masked) => `By post to your address: ${masked}`,
    },
    by: { sms: 'by text message', email: 'by email', letter: 'by post' },
    or: ' or ',
    soon: (lifetime) => `It arrives within a few minutes and works for ${lifetime}.`,
    minutes: (minutes) => (minutes === 1 ? '1 minute' : `${minutes} minutes`),
    hours: (hours) => (hours === 1 ? '1 hour' : `${hours} hours`),
    byPost: (earliest, latest, last) =>
      `It arrives between ${earliest} and ${latest}, and works until ${last}.`,
    notYours: (telephone) =>
      `Is this number or address no longer yours? For your security you cannot change them here: call your caisse on ${telephone}.`,
    choose: 'Choose how you want to receive your code',
    submit: 'RECEIVE A CODE',
    haveCode: 'I already have a provisional code',
    noChannel: (telephone) =>
      `Your caisse knows no mobile number, email address or complete postal address where a code can reach you. Call it on ${telephone} to give them.`,
    held: (by, instant) => `A code ${by} cannot be sent at the moment. You can ask for one ${instant}.`,
    heldHint: (instant) => `Possible again ${instant}.`,
    stillPossible: (by) => `Right now you can receive one ${by}.`,
    nothingElse: (telephone) => `If it is urgent, call your caisse on ${telephone}.`,
    caisseTitle: 'Contact your health insurance fund',
    caisse: (name) => `Your caisse (local health insurance fund) is: ${name}.`,
    telephone: 'Telephone:',
    price: '(free service + price of a call)',
    address: 'Address:',
    say: 'Say that you could not open your account online: your adviser will see with you what is missing.',
    home: 'Back to the home page',
  },
  plain: {
    fr: {
      title: 'Ouvrez votre compte autrement',
      leadClosed: 'Aujourd’hui, la carte Vitale et le RIB ne suffisent pas.',
      leadNoSerial: 'Sans la carte Vitale et le RIB, il y a d’autres moyens.',
      kept: 'Nous gardons ce que vous avez écrit. Choisissez un autre moyen.',
      backToCard: 'Retour à la carte Vitale et au RIB',
      codeTitle: 'Recevez un code',
      codeLead:
        'Votre caisse connaît votre téléphone ou votre adresse. Nous y envoyons un code. Vous recopiez ce code sur le site.',
      channel: 'Comment voulez-vous recevoir le code ?',
      soon: (lifetime) => `Il arrive en quelques minutes. Il fonctionne ${lifetime}.`,
      byPost: (earliest, latest, last) =>
        `Il arrive entre le ${earliest} et le ${latest}. Il fonctionne jusqu’au ${last}.`,
      notYours: (telephone) =>
        `Ce numéro ou cette adresse ne sont plus à vous ? Téléphonez à votre caisse au ${telephone}.`,
      choose: 'Choisissez comment recevoir le code',
      submit: 'Recevoir un code',
      haveCode: 'Vous avez déjà reçu un code ? Recopiez-le',
      noChannel: (telephone) =>
        `Votre caisse ne connaît ni votre téléphone, ni vos adresses. Téléphonez-lui au ${telephone} pour les donner.`,
      held: (by, instant) =>
        `Nous ne pouvons pas envoyer de code ${by} maintenant. Vous pourrez en demander un ${instant}.`,
      stillPossible: (by) => `Vous pouvez en recevoir un ${by} maintenant.`,
      nothingElse: (telephone) => `C’est urgent ? Téléphonez à votre caisse au ${telephone}.`,
      caisseTitle: 'Parlez à votre caisse',
      caisse: (name) => `Votre caisse : ${name}.`,
      say: 'Dites que vous n’avez pas pu ouvrir votre compte en ligne. Une personne vous aidera.',
    },
    en: {
      title: 'Open your account in another way',
      codeTitle: 'Receive a code',
      channel: 'How do you want to receive the code?',
      submit: 'Receive a code',
      haveCode: 'Do you have a code? Copy it',
      caisseTitle: 'Talk to your caisse',
    },
  },
});
