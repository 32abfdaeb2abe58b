import { catalogue } from '#src/texts/language.ts';

export const otherWaysTexts = catalogue({
  fr: {
    title: 'Les autres moyens d’ouvrir votre compte',
    leadClosed:
      'Aujourd’hui, nous ne pouvons pas ouvrir votre compte tout de suite avec la carte Vitale et le RIB.',
    leadNoSerial:
      'Sans le numéro de série de la carte Vitale, le compte ne peut pas être ouvert tout de suite.',
    kept: 'Ce que vous avez saisi est gardé le temps de votre visite.',
    backToCard: 'J’ai retrouvé le numéro de série : revenir à la carte Vitale',
    caisseTitle: 'Contacter votre caisse',
    caisse: (name: string) => `Votre caisse est celle de : ${name}.`,
    telephone: (telephone: string) => `Téléphone : ${telephone} (service gratuit + prix d’un appel).`,
    mailbox: (mailbox: string) => `Courriel : ${mailbox}`,
    address: 'Adresse :',
    say: 'Dites que vous n’avez pas pu ouvrir votre compte en ligne : votre conseiller verra avec vous ce qui manque.',
    waysTitle: 'Les moyens qui ouvriront bientôt',
    notYet: 'Pas encore ouvert',
    ways: {
      franceConnect: [
        'FranceConnect',
        'Utiliser un compte que vous avez déjà, comme celui des impôts ou de La Poste.',
      ],
      courrier: ['Un code par courrier', 'Recevoir un code chez vous, à l’adresse que votre caisse connaît.'],
      sms: ['Un code par SMS', 'Recevoir un code sur le portable que votre caisse connaît.'],
      courriel: ['Un code par email', 'Recevoir un code à l’adresse email que votre caisse connaît.'],
    },
    home: 'Retour à l’accueil',
  },
  en: {
    title: 'Other ways to open your account',
    leadClosed: 'Today we cannot open your account straight away with the carte Vitale and bank details.',
    leadNoSerial: 'Without the serial number of the carte Vitale, the account cannot be opened right now.',
    kept: 'What you entered is kept for the time of your visit.',
    backToCard: 'I have found the serial number: back to the carte Vitale',
    caisseTitle: 'Contact your caisse',
    caisse: (name: string) => `Your caisse is: ${name}.`,
    telephone: (telephone: string) => `Telephone: ${telephone} (free service + price of a call).`,
    mailbox: (mailbox: string) => `E-mail: ${mailbox}`,
    address: 'Address:',
    say: 'Say that you could not open your account online: your adviser will see with you what is missing.',
    waysTitle: 'The ways that will open soon',
    notYet: 'Not open yet',
    ways: {
      franceConnect: ['FranceConnect', 'Use an account you already have, such as the tax or La Poste one.'],
      courrier: ['A code by post', 'Receive a code at home, at the address your caisse knows.'],
      sms: ['A code by text message', 'Receive a code on the mobile your caisse knows.'],
      courriel: ['A code by e-mail', 'Receive a code at the e-mail address your caisse knows.'],
    },
    home: 'Back to the home page',
  },
});
