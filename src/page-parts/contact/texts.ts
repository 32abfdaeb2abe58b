import type { Policy } from '#src/policy/schema.ts';
import { catalogue } from '#src/texts/language.ts';

type Wording = Policy['wording']['contact'];

interface Texts {
  /** The titles of the page and of the address; the latter is null where the former suffices. */
  readonly titles: Readonly<Record<Wording, readonly [string, string | null]>>;
  readonly emailWhy: Readonly<Record<Wording, string>>;
  readonly email: string;
  readonly emailHint: string;
  readonly emailConfirmation: string;
  readonly telephonesTitle: string;
  readonly telephonesHint: string;
  readonly noCommerce: string;
  readonly telephonesAsk: string;
  readonly telephonesWhy: string;
  readonly portable: string;
  readonly portableHint: string;
  readonly fixe: string;
  readonly fixeHint: string;
  readonly consentsFree: string;
  readonly next: string;
  readonly submit: string;
  readonly back: string;
  readonly mailboxFull: (notBefore: string) => string;
  readonly confirmationEmpty: string;
  readonly different: string;
  readonly suggestion: (address: string) => string;
  readonly suggestionKeep: string;
  readonly take: (address: string) => string;
  readonly portableWrong: string;
  readonly fixeWrong: string;
  readonly telephoneShort: string;
  readonly telephoneLong: string;
  readonly telephoneZero: string;
  readonly twoTelephones: string;
  readonly telephoneCharacters: string;
  readonly notMobile: string;
  readonly notFrench: string;
  readonly isMobile: string;
  readonly countryCode: string;
  readonly special: string;
  readonly consentEmpty: string;
}

export const contactTexts = catalogue<Texts>({
  fr: {
    titles: {
      services: ['Informations personnelles', 'Je saisis mon adresse email'],
      newsletter: ['Je saisis mon adresse email', null],
    },
    emailWhy: {
      services:
        'Choisissez une adresse à vous, que vous lisez souvent. Elle ne doit servir à aucun autre compte, même d’un proche.',
      newsletter:
        'Veillez à saisir l’adresse email que vous consultez régulièrement afin d’être plus rapidement informé des derniers messages ou courriers administratifs reçus dans la messagerie de votre compte. Elle ne doit pas servir à un autre compte, même d’un proche.',
    },
    email: 'Saisissez votre adresse email :',
    emailHint: 'Exemple : prenom.nom@exemple.fr',
    emailConfirmation: 'Je confirme mon adresse email :',
    telephonesTitle: 'Je saisis mes coordonnées téléphoniques',
    telephonesHint: 'Les numéros de téléphone sont facultatifs.',
    noCommerce: 'Ces informations n’ont aucun caractère commercial',
    telephonesAsk: 'Je renseigne aussi mes coordonnées téléphoniques : cliquez ici',
    telephonesWhy:
      'Je pourrai recevoir des informations utiles de la part de l’Assurance Maladie par sms ou par téléphone.',
    portable: 'Saisissez votre n° de téléphone portable :',
    portableHint: 'Exemple : 06 12 34 56 78, outre-mer compris.',
    fixe: 'Saisissez votre n° de téléphone fixe :',
    fixeHint: 'Exemple : 01 99 00 12 34.',
    consentsFree:
      'Répondez librement, cela ne change rien à vos droits. Vous pourrez changer d’avis dans votre compte.',
    next: 'CONTINUER',
    submit: 'VALIDER',
    back: 'RETOUR',
    mailboxFull: (notBefore) =>
      `Beaucoup de messages sont déjà partis vers cette adresse. Saisissez une autre adresse, ou recommencez ${notBefore}`,
    confirmationEmpty: 'Écrivez une seconde fois votre adresse email',
    different: 'Les deux adresses sont différentes. Relisez-les',
    suggestion: (address) => `Vouliez-vous écrire ${address} ?`,
    take: (address) => `Utiliser ${address}`,
    suggestionKeep: 'Si votre adresse est exacte, envoyez à nouveau le formulaire sans la changer.',
    portableWrong:
      'Il manque un chiffre à ce numéro de portable, ou il y en a un de trop. Exemple : 06 12 34 56 78',
    fixeWrong:
      'Il manque un chiffre à ce numéro de téléphone, ou il y en a un de trop. Exemple : 01 99 00 12 34',
    telephoneShort:
      'Ce numéro est trop court : il faut 10 chiffres. En Nouvelle-Calédonie ou en Polynésie, commencez par +687 ou +689',
    telephoneLong: 'Ce numéro est trop long : il faut 10 chiffres. Relisez-le chiffre par chiffre',
    telephoneZero: 'Il manque le 0 au début de ce numéro. Exemple : 06 12 34 56 78',
    twoTelephones: 'Il y a deux numéros dans cette case. Écrivez-en un seul',
    telephoneCharacters: 'Un numéro de téléphone s’écrit avec des chiffres, sans lettre ni autre signe',
    notMobile:
      'Ce numéro n’est pas celui d’un portable. Écrivez-le dans le champ «\u00a0téléphone fixe\u00a0»',
    isMobile: 'Ce numéro est celui d’un portable. Écrivez-le dans le champ « téléphone portable »',
    countryCode: 'Ce numéro ne correspond pas à son indicatif. Écrivez le numéro sans indicatif, avec son 0',
    special: 'Les numéros spéciaux (08) ne sont pas acceptés. Écrivez un numéro où l’on peut vous joindre',
    notFrench:
      'Seuls les numéros français sont acceptés, outre-mer compris. Laissez vide si vous n’en avez pas',
    consentEmpty: 'Choisissez «\u00a0Oui\u00a0» ou «\u00a0Non\u00a0»',
  },
  en: {
    titles: {
      services: ['Personal information', 'My email address'],
      newsletter: ['My email address', null],
    },
    emailWhy: {
      services:
        'Choose an address of your own that you read often. It must not be used for another account, even a relative’s.',
      newsletter:
        'Be sure to enter the address that you read regularly, so that you hear sooner of the latest messages or letters in the mailbox of your account. It must not be used for another account, even a relative’s.',
    },
    email: 'Enter your email address:',
    emailHint: 'Example: firstname.name@example.com',
    emailConfirmation: 'I confirm my email address:',
    telephonesTitle: 'My telephone numbers',
    telephonesHint: 'Telephone numbers are optional.',
    noCommerce: 'This information has no commercial purpose',
    telephonesAsk: 'I also give my telephone numbers: click here',
    telephonesWhy:
      'I will be able to receive useful information from the Assurance Maladie by text message or telephone.',
    portable: 'Enter your mobile number (optional):',
    portableHint: 'Example: 06 12 34 56 78, overseas included.',
    fixe: 'Enter your landline number (optional):',
    fixeHint: 'Example: 01 99 00 12 34.',
    consentsFree: 'Answer as you wish: your rights stay the same. You can change your mind in your account.',
    next: 'CONTINUE',
    submit: 'CONFIRM',
    back: 'BACK',
    mailboxFull: (notBefore) =>
      `Many messages have already been sent to this address. Enter another address, or try again ${notBefore}`,
    confirmationEmpty: 'Enter your email address a second time',
    different: 'The two addresses are different. Read them again',
    suggestion: (address) => `Did you mean ${address}?`,
    take: (address) => `Use ${address}`,
    suggestionKeep: 'If your address is right, send the form again without changing it.',
    portableWrong: 'This mobile number lacks a digit, or has one too many. Example: 06 12 34 56 78',
    fixeWrong: 'This telephone number lacks a digit, or has one too many. Example: 01 99 00 12 34',
    telephoneShort:
      'This number is too short: it takes 10 digits. In New Caledonia or French Polynesia, begin with +687 or +689',
    telephoneLong: 'This number is too long: it takes 10 digits. Read it again digit by digit',
    telephoneZero: 'The 0 at the start of this number is missing. Example: 06 12 34 56 78',
    twoTelephones: 'There are two numbers in this box. Enter only one',
    telephoneCharacters: 'A telephone number is made of digits, without letters or other signs',
    notMobile: 'This is not a mobile number. Enter it in the “landline” field',
    isMobile: 'This is a mobile number. Enter it in the “mobile” field',
    countryCode: 'This number does not fit its country code. Enter the number without the code, with its 0',
    special: 'Special numbers (08) are not accepted. Enter a number where you can be reached',
    notFrench: 'Only French numbers are accepted, overseas included. Leave it empty if you have none',
    consentEmpty: 'Choose “Yes” or “No”',
  },
  plain: {
    fr: {
      titles: {
        services: ['Votre adresse email', null],
        newsletter: ['Votre adresse email', null],
      },
      emailWhy: {
        services: 'Votre caisse vous écrira à cette adresse. Elle doit être à vous seul.',
        newsletter: 'Votre caisse vous écrira à cette adresse. Elle doit être à vous seul.',
      },
      email: 'Écrivez votre adresse email :',
      emailConfirmation: 'Écrivez-la une seconde fois :',
      telephonesTitle: 'Vos numéros de téléphone',
      telephonesHint: 'Vous n’êtes pas obligé de répondre.',
      telephonesAsk: 'Donner aussi vos numéros de téléphone',
      telephonesWhy: 'L’Assurance Maladie pourra vous envoyer des SMS utiles.',
      portable: 'Écrivez votre numéro de téléphone portable :',
      portableHint: 'Exemple : 06 12 34 56 78.',
      fixe: 'Écrivez votre numéro de téléphone fixe :',
      consentsFree: 'Vous choisissez librement. Vous pourrez changer vos réponses dans votre compte.',
      next: 'Continuer',
      submit: 'Continuer',
      back: 'Retour',
      mailboxFull: (notBefore) =>
        `Trop de messages sont partis vers cette adresse. Écrivez une autre adresse. Ou recommencez ${notBefore}`,
      suggestion: (address) => `Vouliez-vous écrire ${address} ?`,
      portableWrong: 'Un numéro de portable a 10 chiffres. Exemple : 06 12 34 56 78',
      fixeWrong: 'Un numéro de téléphone a 10 chiffres. Exemple : 01 99 00 12 34',
      telephoneCharacters: 'Écrivez seulement des chiffres',
      notMobile: 'Ce n’est pas un numéro de portable. Écrivez-le dans la case du téléphone fixe',
      isMobile: 'C’est un numéro de portable. Écrivez-le dans la case du téléphone portable',
      countryCode: 'Il y a une erreur. Écrivez le numéro avec le 0 du début',
      special: 'Les numéros en 08 ne vont pas. Écrivez un numéro où vous répondez',
      notFrench: 'Il faut un numéro français. Vous n’en avez pas ? N’écrivez rien',
    },
    en: {
      titles: {
        services: ['Your email address', null],
        newsletter: ['Your email address', null],
      },
      emailWhy: {
        services: 'Your caisse will write to this address. It must be yours alone.',
        newsletter: 'Your caisse will write to this address. It must be yours alone.',
      },
      email: 'Write your email address:',
      emailConfirmation: 'Write it a second time:',
      telephonesTitle: 'Your telephone numbers',
      telephonesHint: 'You do not have to answer.',
      portable: 'Write your mobile number:',
      fixe: 'Write your landline number:',
      consentsFree: 'You choose freely. You can change your answers in your account.',
      next: 'Continue',
      submit: 'Continue',
      back: 'Back',
    },
  },
});
