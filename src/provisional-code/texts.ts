import type { CodeChannel } from '#src/codes/rules.ts';
import type { Policy } from '#src/policy/schema.ts';
import { catalogue } from '#src/texts/language.ts';

interface Texts {
  readonly title: string;
  readonly lead: string;
  /** Why name and birth date are required, where they are. */
  readonly whoYouAre: string;
  readonly code: string;
  readonly codeHint: string;
  readonly codeEmpty: string;
  readonly codeShape: string;
  readonly refused: Readonly<Record<Policy['codes']['askedWith'], (tries: number) => string>>;
  readonly submit: string;
  readonly none: string;
  /** Where the latest code was sent, by channel. */
  readonly onItsWay: Readonly<Record<CodeChannel, (masked: string) => string>>;
  readonly soon: string;
  /** Under a neutral policy, which does not disclose whether a code was sent. */
  readonly undisclosed: string;
  readonly byPost: (earliest: string, latest: string) => string;
  readonly works: (instant: string) => string;
  readonly notReceived: string;
  readonly advice: Readonly<Record<CodeChannel, readonly string[]>>;
  readonly another: string;
}

const frenchSpent = (tries: number) =>
  `Un code sert une seule fois. Il ne fonctionne plus après sa date limite, après ${tries} essais, ou quand vous en demandez un autre.`;
const englishSpent = (tries: number) =>
  `A code can be used once. It stops working after its deadline, after ${tries} attempts, or when you ask for another one.`;

export const codeTexts = catalogue<Texts>({
  fr: {
    title: 'Mon code provisoire',
    lead: 'Saisissez le code que vous avez reçu par SMS, par email ou par courrier. Il permet de continuer la création de votre compte. Il sert une seule fois.',
    whoYouAre:
      'Pour que ce code ne serve qu’à vous, nous demandons aussi votre nom et votre date de naissance.',
    code: 'Mon code provisoire',
    codeHint:
      'Recopiez-le tel qu’il est écrit. Les espaces ne comptent pas, les majuscules et les minuscules non plus.',
    codeEmpty: 'Écrivez le code que vous avez reçu',
    codeShape: 'Il manque un signe à ce code, ou il y en a un de trop. Recopiez-le tel qu’il est écrit',
    refused: {
      nir: (tries) =>
        `Nous ne pouvons pas accepter ce code avec ce numéro. Vérifiez les deux, ou demandez un nouveau code. ${frenchSpent(tries)}`,
      identity: (tries) =>
        `Nous ne pouvons pas accepter ce code avec ce nom, ce numéro et cette date de naissance. Vérifiez les quatre, ou demandez un nouveau code. ${frenchSpent(tries)}`,
    },
    submit: 'CONTINUER',
    none: 'Je n’ai pas de code, ou il ne fonctionne plus',
    onItsWay: {
      sms: (masked) => `Un code part par SMS au ${masked}.`,
      email: (masked) => `Un code part par email à l’adresse ${masked}.`,
      letter: (masked) => `Un code part par courrier, à votre adresse : ${masked}.`,
    },
    undisclosed:
      'Vous venez de demander un code ? Il part si vos informations sont exactes et si votre caisse peut vous joindre ainsi. Un SMS ou un email arrive en quelques minutes, un courrier en quelques jours. Rien n’arrive ? Appelez votre caisse.',
    soon: 'Il arrive en quelques minutes.',
    byPost: (earliest, latest) =>
      `Il arrive chez vous entre le ${earliest} et le ${latest}. Vous pouvez fermer cette page : vous y reviendrez avec le courrier, sur n’importe quel appareil.`,
    works: (instant) => `Le code fonctionne jusqu’au${instant.replace(/^le/, '')}.`,
    notReceived: 'Vous n’avez rien reçu ?',
    advice: {
      sms: [
        'Vérifiez que le téléphone est allumé et qu’il capte.',
        'Le numéro n’est plus le vôtre ? Choisissez un autre moyen, ou appelez votre caisse pour le corriger.',
      ],
      email: [
        'Regardez dans les courriers indésirables (« spam »).',
        'L’adresse n’est plus la vôtre ? Choisissez un autre moyen, ou appelez votre caisse pour la corriger.',
      ],
      letter: [
        'Le courrier met plusieurs jours : attendez la dernière date indiquée.',
        'Vous avez déménagé ? Appelez votre caisse pour corriger votre adresse.',
      ],
    },
    another: 'Choisir un autre moyen',
  },
  en: {
    title: 'My provisional code',
    lead: 'Enter the code that you received by text message, email or post. With it you can go on creating your account. It can be used once.',
    whoYouAre: 'So that nobody but you can use this code, we also ask for your name and your date of birth.',
    code: 'My provisional code',
    codeHint: 'Copy it as it is written. Spaces do not matter, nor do capital or small letters.',
    codeEmpty: 'Enter the code that you received',
    codeShape: 'A character is missing from this code, or there is one too many. Copy it as it is written',
    refused: {
      nir: (tries) =>
        `We cannot accept this code with this number. Check both, or ask for a new code. ${englishSpent(tries)}`,
      identity: (tries) =>
        `We cannot accept this code with this name, number and date of birth. Check all four, or ask for a new code. ${englishSpent(tries)}`,
    },
    submit: 'CONTINUE',
    none: 'I have no code, or it no longer works',
    onItsWay: {
      sms: (masked) => `A code is on its way by text message to ${masked}.`,
      email: (masked) => `A code is on its way by email to the address ${masked}.`,
      letter: (masked) => `A code is on its way by post, to your address: ${masked}.`,
    },
    undisclosed:
      'Have you just asked for a code? It is sent if your details are right and if your caisse can reach you that way. A text message or an email arrives within a few minutes, a letter within a few days. Does nothing arrive? Call your caisse.',
    soon: 'It arrives within a few minutes.',
    byPost: (earliest, latest) =>
      `It arrives at your home between ${earliest} and ${latest}. You can close this page: come back with the letter, from any device.`,
    works: (instant) => `The code works until ${instant.replace(/^on /, '')}.`,
    notReceived: 'Have you received nothing?',
    advice: {
      sms: [
        'Check that the phone is on and has a signal.',
        'Is the number no longer yours? Choose another way, or call your caisse to have it corrected.',
      ],
      email: [
        'Look among the junk mail (“spam”).',
        'Is the address no longer yours? Choose another way, or call your caisse to have it corrected.',
      ],
      letter: [
        'A letter takes several days: wait until the last date given.',
        'Have you moved? Call your caisse to have your address corrected.',
      ],
    },
    another: 'Choose another way',
  },
  plain: {
    fr: {
      title: 'Recopiez le code reçu',
      lead: 'Recopiez ici le code reçu par SMS, par email ou par courrier. Il fonctionne une seule fois.',
      whoYouAre: 'Nous demandons aussi votre nom et votre date de naissance. C’est pour votre sécurité.',
      code: 'Le code reçu',
      codeHint: 'Les espaces et les majuscules ne comptent pas.',
      codeEmpty: 'Recopiez le code reçu',
      codeShape: 'Ce code n’a pas la bonne longueur. Recopiez-le encore',
      refused: {
        nir: (tries) =>
          `Ce code ne fonctionne pas avec ce numéro. Vérifiez le code et le numéro. Après ${tries} essais, demandez un nouveau code.`,
        identity: (tries) =>
          `Ce code ne fonctionne pas avec ces informations. Vérifiez tout. Après ${tries} essais, demandez un nouveau code.`,
      },
      submit: 'Continuer',
      none: 'Je n’ai pas de code',
      onItsWay: {
        letter: (masked) => `Un code part par courrier à votre adresse : ${masked}.`,
      },
      undisclosed:
        'Vous venez de demander un code ? Il part si vos informations sont justes. Un SMS ou un email arrive en quelques minutes. Un courrier arrive en quelques jours. Rien n’arrive ? Téléphonez à votre caisse.',
      byPost: (earliest, latest) =>
        `Il arrive chez vous entre le ${earliest} et le ${latest}. Vous pouvez fermer cette page. Revenez ici avec le courrier.`,
      advice: {
        sms: [
          'Votre téléphone est-il allumé ? Y a-t-il du réseau ?',
          'Le numéro n’est plus à vous ? Choisissez un autre moyen, ou téléphonez à votre caisse.',
        ],
        email: [
          'Regardez dans les courriers indésirables (spam).',
          'L’adresse n’est plus à vous ? Choisissez un autre moyen, ou téléphonez à votre caisse.',
        ],
        letter: [
          'Le courrier met plusieurs jours. Attendez la dernière date.',
          'Vous avez déménagé ? Téléphonez à votre caisse.',
        ],
      },
    },
    en: {
      title: 'Copy the code you received',
      lead: 'You received a code by text message, by email or by post. Copy it here. It works once.',
      code: 'The code you received',
      codeHint: 'Spaces and capital letters do not matter.',
      submit: 'Continue',
      none: 'I have no code',
    },
  },
});
