import type { Policy } from '#src/policy/schema.ts';
import type { CardSerialProblem } from '#src/proofs/card-serial.ts';
import type { IbanTailProblem } from '#src/proofs/iban.ts';
import { catalogue } from '#src/texts/language.ts';

interface Texts {
  readonly title: string;
  /** Completes the title of the identity page where the heading is the same: a window’s title holds 70 characters. */
  readonly windowTitle: string;
  /** Titles and introductions of two screens, one for each document. */
  readonly ibanTitle: string;
  readonly ibanLead: string;
  readonly serialTitle: string;
  readonly serialLead: string;
  readonly recall: string;
  /** Completes «Modifier» for screen readers, which read the link out of context. */
  readonly recallHidden: string;
  readonly name: string;
  readonly nir: string;
  readonly birthDate: string;
  readonly postalCode: string;
  readonly change: string;
  readonly subtitle: string;
  /** In the wording of the policy. */
  readonly iban: Readonly<Record<Policy['wording']['ibanEnd'], string>>;
  readonly ibanHint: string;
  readonly ibanRecall: string;
  readonly ibanSpoken: (pieces: { shown: string; hidden: number }[]) => string;
  readonly ibanWhere: string;
  readonly ibanWhereText: string;
  readonly serialPhoto: string;
  readonly serialPhotoHint: (prefix: string) => string;
  readonly serialPlain: string;
  readonly serialPlainHint: string;
  readonly serialWhere: string;
  readonly serialWhereText: string;
  readonly serialNotNir: string;
  readonly noSerial: string;
  readonly noIban: string;
  readonly back: string;
  readonly submit: string;
  readonly next: string;
  readonly ibanProblems: Readonly<Record<IbanTailProblem, string>>;
  readonly serialProblems: Readonly<
    Record<'photo' | 'sans-photo', Readonly<Record<CardSerialProblem, string>>>
  >;
  readonly disagree: string;
  readonly disagreeTitle: string;
  readonly otherWays: string;
  readonly disagreeHelp: readonly string[];
}

export const cardTexts = catalogue<Texts>({
  fr: {
    windowTitle: 'votre preuve',
    title: 'Accédez immédiatement à votre compte',
    ibanTitle: 'Votre compte bancaire',
    ibanLead: 'Pour prouver que c’est bien vous, prenez d’abord votre RIB.',
    serialTitle: 'Votre carte Vitale',
    serialLead: 'Prenez maintenant votre carte Vitale, et retournez-la.',
    recall: 'Vous êtes :',
    recallHidden: 'vos informations',
    name: 'Nom',
    nir: 'N° de sécurité sociale',
    birthDate: 'Date de naissance',
    postalCode: 'Code postal',
    change: 'Modifier',
    subtitle: 'Pour prouver que c’est bien vous, munissez-vous de votre RIB et de votre carte Vitale.',
    iban: {
      chiffres: 'Saisissez les 7 derniers chiffres de votre IBAN :',
      caractères: 'Saisissez les 7 derniers caractères de votre IBAN :',
    },
    ibanHint: 'C’est le compte où arrivent vos remboursements. La fin peut contenir des lettres.',
    ibanRecall: 'IBAN connu de votre caisse :',
    ibanSpoken: (pieces) =>
      `${pieces.map(({ shown, hidden }) => (hidden > 0 ? `${hidden} caractères masqués` : shown)).join(', ')}, puis 7 caractères à compléter`,
    ibanWhere: 'Où trouver mon IBAN ?',
    ibanWhereText:
      'Sur votre RIB, remis par votre banque ou dans son application. Prenez les 7 derniers caractères de la ligne IBAN.',
    serialPhoto: 'Saisissez les 11 derniers chiffres du numéro de série de votre carte Vitale avec photo :',
    serialPhotoHint: (prefix) => `Le numéro commence par ${prefix} : saisissez la suite.`,
    serialPlain: 'Saisissez les 8, 9, 12 ou 13 chiffres du numéro de série de votre carte Vitale :',
    serialPlainHint: 'Recopiez tous les chiffres, dans l’ordre.',
    serialWhere: 'Où trouver le numéro de série ?',
    serialWhereText: 'Retournez votre carte Vitale : il est écrit au dos, en haut à gauche.',
    serialNotNir: 'Ce n’est pas le numéro du devant.',
    noSerial: 'Je ne dispose pas du numéro de série de ma carte Vitale',
    noIban: 'Je n’ai pas mon RIB ou ma carte Vitale',
    back: 'RETOUR',
    submit: 'VALIDER',
    next: 'CONTINUER',
    ibanProblems: {
      empty: 'Écrivez les 7 derniers caractères de votre IBAN',
      characters: 'Un IBAN ne contient que des chiffres et des lettres sans accent',
      length: 'Il faut exactement 7 caractères : les 7 derniers de votre IBAN',
      'invalid-iban': 'Cet IBAN contient une erreur. Recopiez seulement ses 7 derniers caractères',
    },
    serialProblems: {
      photo: {
        empty: 'Écrivez les 11 derniers chiffres du numéro de série',
        'is-nir':
          'Vous avez écrit votre numéro de sécurité sociale. Le numéro de série est au dos de la carte, en haut à gauche',
        'digits-only': 'Le numéro de série ne contient que des chiffres',
        length: 'Il faut 11 chiffres : les 11 derniers du numéro écrit au dos de la carte',
      },
      'sans-photo': {
        empty: 'Écrivez le numéro de série de votre carte Vitale',
        'is-nir':
          'Vous avez écrit votre numéro de sécurité sociale. Le numéro de série est au dos de la carte, en haut à gauche',
        'digits-only': 'Le numéro de série ne contient que des chiffres',
        length: 'Le numéro de série de votre carte a 8, 9, 12 ou 13 chiffres. Comptez-les au dos de la carte',
      },
    },
    disagree:
      'Ces informations ne correspondent pas à celles de votre caisse. Vérifiez la fin de l’IBAN et le numéro de série',
    disagreeTitle: 'Que vérifier ?',
    otherWays: 'Recevoir un code provisoire, ou choisir un autre moyen',
    disagreeHelp: [
      'Vous avez changé de banque ? Prenez le RIB du compte où arrivent vos remboursements.',
      'Vous avez plusieurs cartes Vitale ? Prenez la dernière reçue.',
      'Le numéro de série est au dos de la carte, et non devant.',
    ],
  },
  en: {
    windowTitle: 'your proof',
    title: 'Open your account right now',
    ibanTitle: 'Your bank account',
    ibanLead: 'To prove that it is really you, first have your bank details (RIB) at hand.',
    serialTitle: 'Your carte Vitale',
    serialLead: 'Now take your carte Vitale, and turn it over.',
    recall: 'You are:',
    recallHidden: 'your details',
    name: 'Last name',
    nir: 'Social security number',
    birthDate: 'Date of birth',
    postalCode: 'Postcode',
    change: 'Change',
    subtitle: 'To prove that it is really you, have your bank details and your carte Vitale at hand.',
    iban: {
      chiffres: 'Enter the last 7 digits of your IBAN:',
      caractères: 'Enter the last 7 characters of your IBAN:',
    },
    ibanHint: 'It is the account where your reimbursements arrive. Its end may contain letters.',
    ibanRecall: 'IBAN known to your caisse:',
    ibanSpoken: (pieces) =>
      `${pieces.map(({ shown, hidden }) => (hidden > 0 ? `${hidden} hidden characters` : shown)).join(', ')}, then 7 characters to fill in`,
    ibanWhere: 'Where do I find my IBAN?',
    ibanWhereText:
      'On the bank details (RIB) given by your bank or in its app. Take the last 7 characters of the IBAN line.',
    serialPhoto: 'Enter the last 11 digits of the serial number of your carte Vitale with photo:',
    serialPhotoHint: (prefix) => `The number starts with ${prefix}: enter what follows.`,
    serialPlain: 'Enter the 8, 9, 12 or 13 digits of the serial number of your carte Vitale:',
    serialPlainHint: 'Copy all the digits, in order.',
    serialWhere: 'Where do I find the serial number?',
    serialWhereText: 'Turn your carte Vitale over: it is printed on the back, top left.',
    serialNotNir: 'It is not the number on the front.',
    noSerial: 'I do not have the serial number of my carte Vitale',
    noIban: 'I do not have my bank details (RIB) or my carte Vitale',
    back: 'BACK',
    submit: 'CONFIRM',
    next: 'CONTINUE',
    ibanProblems: {
      empty: 'Enter the last 7 characters of your IBAN',
      characters: 'An IBAN only contains digits and letters without accents',
      length: 'Exactly 7 characters are needed: the last 7 of your IBAN',
      'invalid-iban': 'This IBAN contains a mistake. Copy only its last 7 characters',
    },
    serialProblems: {
      photo: {
        empty: 'Enter the last 11 digits of the serial number',
        'is-nir':
          'You entered your social security number. The serial number is on the back of the card, top left',
        'digits-only': 'The serial number only contains digits',
        length: '11 digits are needed: the last 11 of the number on the back of the card',
      },
      'sans-photo': {
        empty: 'Enter the serial number of your carte Vitale',
        'is-nir':
          'You entered your social security number. The serial number is on the back of the card, top left',
        'digits-only': 'The serial number only contains digits',
        length:
          'The serial number of your card has 8, 9, 12 or 13 digits. Count them on the back of the card',
      },
    },
    disagree:
      'These details do not agree with those of your caisse. Check the end of the IBAN and the serial number',
    disagreeTitle: 'What to check',
    otherWays: 'Receive a provisional code, or choose another way',
    disagreeHelp: [
      'Did you change banks? Use the details of the account where your reimbursements arrive.',
      'Do you have several cartes Vitale? Use the last one you received.',
      'The serial number is on the back of the card, not on the front.',
    ],
  },
  plain: {
    fr: {
      title: 'Prouvez que c’est bien vous',
      ibanTitle: 'Votre compte bancaire',
      ibanLead: 'Votre caisse verse vos remboursements sur un compte bancaire. Prenez le RIB de ce compte.',
      serialLead: 'Prenez votre carte Vitale. Regardez le dos de la carte.',
      nir: 'Numéro de sécurité sociale',
      birthDate: 'Date de naissance',
      subtitle: 'Prenez votre RIB et votre carte Vitale.',
      iban: {
        chiffres: 'Recopiez les 7 derniers caractères de votre IBAN :',
        caractères: 'Recopiez les 7 derniers caractères de votre IBAN :',
      },
      ibanHint: 'Un caractère est un chiffre ou une lettre.',
      ibanWhere: 'Où trouver l’IBAN ?',
      ibanWhereText:
        'L’IBAN est le numéro de votre compte bancaire. Il est écrit sur votre RIB. Le RIB est un papier de votre banque. Vous le trouvez aussi dans l’application de la banque.',
      serialPhoto: 'Recopiez les 11 derniers chiffres du numéro de série :',
      serialPhotoHint: (prefix) =>
        `Le numéro de série commence par ${prefix}. Recopiez les 11 chiffres suivants.`,
      serialPlain: 'Recopiez le numéro de série de la carte :',
      serialPlainHint: 'Il a 8, 9, 12 ou 13 chiffres. Recopiez-les tous.',
      serialWhere: 'Où trouver le numéro de série ?',
      serialWhereText: 'Il est écrit au dos de la carte, en haut à gauche.',
      serialNotNir: 'Ce n’est pas le numéro de sécurité sociale.',
      noSerial: 'Je n’ai pas ma carte Vitale',
      noIban: 'Je n’ai pas mon RIB ou ma carte Vitale',
      back: 'Retour',
      submit: 'Continuer',
      next: 'Continuer',
      ibanProblems: {
        empty: 'Recopiez les 7 derniers caractères de votre IBAN',
        characters: 'Recopiez seulement des chiffres et des lettres sans accent',
        length: 'Recopiez 7 caractères : les 7 derniers de votre IBAN',
        'invalid-iban': 'Il y a une erreur. Recopiez seulement les 7 derniers caractères',
      },
      serialProblems: {
        photo: {
          empty: 'Recopiez les 11 derniers chiffres du numéro de série',
          'is-nir': 'C’est votre numéro de sécurité sociale. Le numéro de série est au dos de la carte',
          'digits-only': 'Recopiez seulement des chiffres',
          length: 'Recopiez 11 chiffres : les 11 derniers du numéro de série',
        },
        'sans-photo': {
          empty: 'Recopiez le numéro de série de votre carte Vitale',
          'is-nir': 'C’est votre numéro de sécurité sociale. Le numéro de série est au dos de la carte',
          'digits-only': 'Recopiez seulement des chiffres',
          length: 'Comptez les chiffres. Il en faut 8, 9, 12 ou 13',
        },
      },
      disagree: 'Votre caisse n’a pas ces numéros dans votre dossier. Vérifiez les deux numéros',
      disagreeHelp: [
        'Vous avez changé de banque ? Prenez le RIB du compte où arrivent vos remboursements.',
        'Vous avez plusieurs cartes Vitale ? Prenez la plus récente.',
        'Le numéro de série est au dos de la carte.',
      ],
    },
    en: {
      title: 'Prove that it is you',
      ibanLead:
        'Your caisse pays your refunds into a bank account. Use the bank details (RIB) of that account.',
      serialLead: 'Take your carte Vitale. Look at the back of the card.',
      subtitle: 'Take your bank details (RIB) and your carte Vitale.',
      iban: {
        chiffres: 'Copy the last 7 characters of your IBAN:',
        caractères: 'Copy the last 7 characters of your IBAN:',
      },
      ibanHint: 'A character is a digit or a letter.',
      ibanWhereText:
        'The IBAN is the number of your bank account. It is on your RIB. The RIB is a paper from your bank. It is also in the app of your bank.',
      serialPhoto: 'Copy the last 11 digits of the serial number:',
      serialPhotoHint: (prefix) => `The serial number starts with ${prefix}. Copy the next 11 digits.`,
      serialPlain: 'Copy the serial number of the card:',
      serialPlainHint: 'It has 8, 9, 12 or 13 digits. Copy them all.',
      serialWhereText: 'It is on the back of the card, top left.',
      serialNotNir: 'It is not the social security number.',
      noSerial: 'I do not have my carte Vitale',
      back: 'Back',
      submit: 'Continue',
      next: 'Continue',
      disagree: 'Your caisse does not have these numbers in your file. Check both numbers',
    },
  },
});
