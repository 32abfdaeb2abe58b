import type { Step } from '#src/documents/paper.ts';
import type { Policy } from '#src/policy/schema.ts';
import { catalogue } from '#src/texts/language.ts';

type AskedWith = Policy['codes']['askedWith'];

const typedWithCode = catalogue<Readonly<Record<AskedWith, string>>>({
  fr: {
    nir: 'Tapez votre numéro de sécurité sociale, puis ce code.',
    identity: 'Tapez votre nom, votre numéro de sécurité sociale, votre date de naissance, puis ce code.',
  },
  en: {
    nir: 'Enter your social security number, then this code.',
    identity: 'Enter your name, your social security number, your date of birth, then this code.',
  },
});

/** What letters say. `service` is the public name of the account: «compte ameli». */
export const letterTexts = catalogue({
  fr: {
    caisse: (name: string) => `Votre caisse : ${name}`,
    telephone: (telephone: string) => `Téléphone : ${telephone}`,
    date: (day: string) => `Le ${day}`,
    reference: (reference: string) => `Référence de cette lettre : ${reference}`,
    hello: 'Bonjour,',
    code: {
      title: (service: string) => `Votre code pour ouvrir votre ${service}`,
      intro: 'Vous avez demandé un code par courrier. Le voici :',
      until: (time: string) => `Ce code fonctionne une seule fois, jusqu’au ${time}.`,
      how: 'Que faire maintenant ?',
      steps: (address: string, askedWith: AskedWith): readonly Step[] => [
        {
          text: 'Sur un téléphone ou un ordinateur, ouvrez cette page, ou photographiez le dessin carré :',
          address,
        },
        { text: typedWithCode.fr[askedWith] },
        { text: 'Suivez les étapes. Il vous faut une adresse email que vous lisez souvent.' },
      ],
      qr: (address: string) => `Code QR qui ouvre la page ${address}`,
      secret: 'Gardez ce code pour vous',
      secretWhy:
        'Ne le donnez à personne, ni au téléphone, ni par message. Personne ne vous le demandera au nom de l’Assurance Maladie.',
      notYou: 'Vous n’avez rien demandé ?',
      notYouWhat: (telephone: string) =>
        `N’utilisez pas ce code et ne le donnez pas. Dites-le à votre caisse au ${telephone}.`,
    },
    created: {
      title: (service: string) => `Un ${service} a été ouvert à votre nom`,
      when: (day: string, service: string) => `Le ${day}, un ${service} a été ouvert à votre nom.`,
      you: 'C’est vous ?',
      youWhat: 'Vous n’avez rien à faire. Vous pouvez garder cette lettre ou la jeter.',
      notYou: 'Ce n’est pas vous ?',
      code: (last: string) => `Pour bloquer ce compte, voici un code. Il fonctionne jusqu’au ${last} :`,
      steps: (address: string, telephone: string): readonly Step[] => [
        {
          text: 'Sur un téléphone ou un ordinateur, ouvrez cette page, ou photographiez le dessin carré :',
          address,
        },
        {
          text: 'Tapez le code, puis choisissez « Bloquer ce compte » : plus personne ne pourra s’y connecter.',
        },
        {
          text: `Téléphonez au ${telephone} (service gratuit + prix d’un appel), et surveillez vos remboursements.`,
        },
      ],
      qr: (address: string) => `Code QR qui ouvre la page ${address}`,
      secretWhy:
        'Personne ne vous demandera votre mot de passe ou un code au nom de l’Assurance Maladie, ni au téléphone, ni par message.',
    },
    frozen: {
      title: (service: string) => `Le ${service} à votre nom est bloqué`,
      when: (day: string, service: string) =>
        `Le ${day}, le ${service} ouvert à votre nom a été bloqué, parce que quelqu’un nous a dit que ce n’était pas le sien. Plus personne ne peut s’y connecter.`,
      how: 'Pour avoir un compte à vous',
      steps: (telephone: string): readonly Step[] => [
        { text: 'Sur notre site, commencez la création d’un compte.' },
        {
          text: 'Prouvez qui vous êtes avec FranceConnect, ou avec un code reçu par courrier. La carte Vitale ne suffit plus pour ce compte.',
        },
        { text: `Une question, ou une erreur ? Téléphonez au ${telephone}.` },
      ],
    },
    canary: {
      title: (batch: number) => `Lettre témoin du lot n° ${batch}`,
      intro: 'Cette lettre montre à l’exploitant du service que le lot a été imprimé et posté.',
      code: 'Un code est imprimé ici comme dans les autres lettres. Il n’ouvre rien :',
      steps: (address: string): readonly Step[] => [
        { text: 'Notez le jour où cette lettre arrive, et comparez-le au jour où le lot a été remis.' },
        { text: 'Vérifiez que l’adresse entière se voit dans la fenêtre de l’enveloppe, et rien d’autre.' },
        { text: 'Photographiez le dessin carré. Il doit ouvrir cette page :', address },
      ],
    },
  },
  en: {
    caisse: (name: string) => `Your caisse: ${name}`,
    telephone: (telephone: string) => `Telephone: ${telephone}`,
    date: (day: string) => day,
    reference: (reference: string) => `Reference of this letter: ${reference}`,
    hello: 'Hello,',
    code: {
      title: (service: string) => `Your code to open your ${service}`,
      intro: 'You asked for a code by post. Here it is:',
      until: (time: string) => `This code works once only, until ${time}.`,
      how: 'What to do now',
      steps: (address: string, askedWith: AskedWith) => [
        { text: 'On a telephone or a computer, open this page, or photograph the square drawing:', address },
        { text: typedWithCode.en[askedWith] },
        { text: 'Follow the steps. You need an email address that you read often.' },
      ],
      qr: (address: string) => `QR code that opens the page ${address}`,
      secret: 'Keep this code to yourself',
      secretWhy:
        'Give it to nobody, neither on the telephone nor in a message. Nobody will ask you for it on behalf of the Assurance Maladie.',
      notYou: 'You did not ask for anything?',
      notYouWhat: (telephone: string) =>
        `Do not use this code and do not give it to anybody. Tell your caisse: call ${telephone}.`,
    },
    created: {
      title: (service: string) => `A ${service} was opened in your name`,
      when: (day: string, service: string) => `On ${day}, a ${service} was opened in your name.`,
      you: 'Was it you?',
      youWhat: 'There is nothing to do. You can keep this letter or throw it away.',
      notYou: 'Was it not you?',
      code: (last: string) => `To block this account, here is a code. It works until ${last}:`,
      steps: (address: string, telephone: string) => [
        { text: 'On a telephone or a computer, open this page, or photograph the square drawing:', address },
        { text: 'Enter the code, then choose “Block this account”: nobody will be able to sign in to it.' },
        { text: `Call ${telephone} (free service + price of a call), and keep an eye on your refunds.` },
      ],
      qr: (address: string) => `QR code that opens the page ${address}`,
      secretWhy:
        'Nobody will ask you for your password or a code on behalf of the Assurance Maladie, neither on the telephone nor in a message.',
    },
    frozen: {
      title: (service: string) => `The ${service} in your name is blocked`,
      when: (day: string, service: string) =>
        `On ${day}, the ${service} opened in your name was blocked, because somebody told us that it was not theirs. Nobody can sign in to it any more.`,
      how: 'To have an account of your own',
      steps: (telephone: string) => [
        { text: 'On our site, begin to create an account.' },
        {
          text: 'Prove who you are with FranceConnect, or with a code received by post. The carte Vitale is no longer enough for this account.',
        },
        { text: `Any question, or a mistake? Call ${telephone}.` },
      ],
    },
    canary: {
      title: (batch: number) => `Test letter of batch ${batch}`,
      intro: 'This letter shows the operator of the service that the batch was printed and posted.',
      code: 'A code is printed here as in the other letters. It opens nothing:',
      steps: (address: string) => [
        {
          text: 'Note the day on which this letter arrives, and compare it with the day on which the batch was handed over.',
        },
        { text: 'Check that the whole address is seen in the window of the envelope, and nothing else.' },
        { text: 'Photograph the square drawing. It must open this page:', address },
      ],
    },
  },
});
