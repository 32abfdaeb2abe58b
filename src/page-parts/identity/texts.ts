import type { BirthDateReason } from '#src/civil-status/birth-date.ts';
import type { NirProblem } from '#src/civil-status/nir.ts';
import type { Policy } from '#src/policy/schema.ts';
import { catalogue } from '#src/texts/language.ts';

interface Texts {
  readonly title: string;
  readonly lead: string;
  readonly name: string;
  readonly nameHint: string;
  /** In the wording of the policy. */
  readonly nir: Readonly<Record<Policy['wording']['nir'], string>>;
  readonly nirHint: string;
  readonly nirWhere: string;
  readonly nirDrawing: string;
  readonly birthDate: string;
  readonly birthDateHint: string;
  readonly postalCode: string;
  readonly postalCodeHint: string;
  readonly franceConnect: string;
  readonly next: string;
  readonly back: string;
  readonly nameEmpty: string;
  readonly nameLetters: string;
  readonly nameLong: string;
  readonly nirProblems: Readonly<Record<NirProblem, string>>;
  readonly birthDateProblems: Readonly<Record<BirthDateReason, string>>;
  readonly postalCodeEmpty: string;
  readonly postalCodeProblem: string;
  readonly postalCodeUnknown: string;
  readonly sessionOver: string;
  readonly sessionOverKept: string;
  readonly unknown: string;
  readonly unknownTitle: string;
  readonly unknownHelp: readonly string[];
  readonly unknownElse: (telephone: string) => string;
}

/** The labels of the fields are those of the published tutorials; the other texts are our own. */
export const identityTexts = catalogue<Texts>({
  fr: {
    title: 'JE CRÉE MON COMPTE AMELI',
    lead: 'Je crée mon compte en remplissant les éléments demandés',
    name: 'Mon nom :',
    nameHint:
      'Votre nom de naissance ou votre nom d’usage. Les accents, les tirets et les majuscules ne comptent pas.',
    nir: { short: 'Mon n° de sécurité sociale :', long: 'Mon numéro de sécurité sociale :' },
    nirHint: '13 caractères, avec ou sans la clé de 2 chiffres. Exemple : 2 69 05 49 588 157.',
    nirWhere: 'Où trouver mon numéro de sécurité sociale ?',
    nirDrawing:
      'Il est écrit sur le devant de votre carte Vitale, sous votre nom, et sur votre attestation de droits.',
    birthDate: 'Ma date de naissance :',
    birthDateHint:
      'Jour, mois, année. Exemple : 27 3 1969. Si le jour ou le mois n’est pas connu, écrivez 00.',
    postalCode: 'Mon code postal :',
    postalCodeHint: 'Celui de votre domicile, ou d’une ancienne adresse si vous avez déménagé récemment.',
    franceConnect: 'Je crée immédiatement mon compte via FranceConnect',
    next: 'CONTINUER',
    back: 'RETOUR',
    nameEmpty: 'Écrivez votre nom',
    nameLetters: 'Écrivez votre nom avec des lettres',
    nameLong: 'Ce nom a plus de 100 caractères. Écrivez votre nom seul, sans vos prénoms',
    nirProblems: {
      empty: 'Écrivez votre numéro de sécurité sociale',
      characters:
        'Le numéro de sécurité sociale s’écrit avec des chiffres, sauf A ou B pour la Corse. Vérifiez que vous n’avez pas écrit la lettre O à la place d’un zéro',
      length:
        'Le numéro de sécurité sociale a 13 caractères, ou 15 avec la clé. Comptez-les sur votre carte Vitale',
      structure:
        'Un chiffre n’est pas à sa place. Vérifiez le premier chiffre, puis l’année et le mois de naissance qui le suivent',
      key: 'Les 2 derniers chiffres ne vont pas avec le reste du numéro. Recopiez-le depuis votre carte Vitale',
    },
    birthDateProblems: {
      missing: 'Écrivez votre date de naissance',
      'missing-day': 'Ajoutez le jour de votre naissance',
      'missing-month': 'Ajoutez le mois de votre naissance',
      'missing-year': 'Ajoutez l’année de votre naissance',
      'not-a-day': 'Le jour est un nombre de 1 à 31',
      'not-a-month': 'Le mois est un nombre de 1 à 12',
      'not-a-year': 'L’année s’écrit avec 4 chiffres. Exemple : 1969',
      'not-a-date': 'Ce jour n’existe pas dans ce mois. Vérifiez votre date de naissance',
      future: 'Cette date n’est pas encore passée. Vérifiez votre date de naissance',
      'too-old':
        'Cette année est trop ancienne : elle date de plus de 125 ans. Vérifiez l’année de votre naissance',
    },
    postalCodeEmpty: 'Écrivez votre code postal',
    postalCodeProblem: 'Le code postal a 5 chiffres, sans lettre. Exemple : 80000',
    postalCodeUnknown: 'Ce code postal n’existe pas. Vérifiez ses 5 chiffres',
    sessionOver:
      'Votre session est terminée après un long moment sans activité. Pour protéger vos informations, recommencez ici.',
    sessionOverKept:
      'Votre session est terminée. Recommencez ici. Nous avons gardé votre adresse email, vos numéros et vos choix pendant une heure : vous les retrouverez à l’étape 3.',
    unknown: 'Nous ne vous avons pas reconnu avec ces informations. Vérifiez-les une par une',
    unknownTitle: 'Que vérifier ?',
    unknownHelp: [
      'Essayez avec votre nom de naissance, ou avec votre nom d’usage.',
      'Recopiez le numéro depuis votre carte Vitale, et non depuis celle d’un proche.',
      'Essayez avec le code postal de votre ancienne adresse, si votre caisse ne connaît pas encore la nouvelle.',
      'Relisez le jour, le mois et l’année de votre naissance.',
    ],
    unknownElse: (telephone) =>
      `Si tout est exact, appelez votre caisse au ${telephone} : elle vérifiera ce qu’elle connaît de vous.`,
  },
  en: {
    title: 'Create your ameli account',
    lead: 'I create my account by giving the details below',
    name: 'My last name:',
    nameHint: 'Your name at birth or the name you use. Accents, hyphens and capitals do not matter.',
    nir: { short: 'My social security number:', long: 'My social security number:' },
    nirHint: '13 characters, with or without the 2-digit key. Example: 2 69 05 49 588 157.',
    nirWhere: 'Where do I find my social security number?',
    nirDrawing:
      'It is printed on the front of your carte Vitale, under your name, and on your statement of entitlement.',
    birthDate: 'My date of birth:',
    birthDateHint: 'Day, month, year. Example: 27 3 1969. If the day or the month is unknown, write 00.',
    postalCode: 'My postcode:',
    postalCodeHint: 'Where you live, or a former address if you moved recently.',
    franceConnect: 'I create my account straight away with FranceConnect',
    next: 'CONTINUE',
    back: 'BACK',
    nameEmpty: 'Enter your last name',
    nameLetters: 'Enter your last name in letters',
    nameLong: 'This name has more than 100 characters. Enter your last name alone, without your first names',
    nirProblems: {
      empty: 'Enter your social security number',
      characters:
        'A social security number is made of digits, except A or B for Corsica. Check that you have not written the letter O instead of a zero',
      length:
        'A social security number has 13 characters, or 15 with its key. Count them on your carte Vitale',
      structure:
        'A digit is not in its place. Check the first digit, then the year and the month of birth that follow it',
      key: 'The last 2 digits do not go with the rest of the number. Copy it from your carte Vitale',
    },
    birthDateProblems: {
      missing: 'Enter your date of birth',
      'missing-day': 'Add the day of your birth',
      'missing-month': 'Add the month of your birth',
      'missing-year': 'Add the year of your birth',
      'not-a-day': 'The day is a number from 1 to 31',
      'not-a-month': 'The month is a number from 1 to 12',
      'not-a-year': 'The year has 4 digits. Example: 1969',
      'not-a-date': 'This day does not exist in this month. Check your date of birth',
      future: 'This date is in the future. Check your date of birth',
      'too-old': 'This year is too long ago: more than 125 years. Check the year of your birth',
    },
    postalCodeEmpty: 'Enter your postcode',
    postalCodeProblem: 'A postcode has 5 digits and no letter. Example: 80000',
    postalCodeUnknown: 'This postcode does not exist. Check its 5 digits',
    sessionOver:
      'Your session has ended after a long time without activity. To protect your information, start again here.',
    sessionOverKept:
      'Your session has ended. Start again here. We have kept your email address, your numbers and your choices for one hour: you will find them at step 3.',
    unknown: 'We did not recognise you with these details. Check them one by one',
    unknownTitle: 'What to check',
    unknownHelp: [
      'Try your name at birth, or the name you use.',
      'Copy the number from your own carte Vitale, not from a relative’s.',
      'Try the postcode of your former address, if your caisse does not know the new one yet.',
      'Read the day, month and year of your birth again.',
    ],
    unknownElse: (telephone) =>
      `If everything is right, call your caisse on ${telephone}: they will check what they know about you.`,
  },
  plain: {
    fr: {
      title: 'Créez votre compte',
      lead: 'Dites-nous qui vous êtes.',
      name: 'Votre nom :',
      nameHint: 'Le nom de votre naissance, ou le nom que vous utilisez. Les accents ne comptent pas.',
      nir: { short: 'Votre numéro de sécurité sociale :', long: 'Votre numéro de sécurité sociale :' },
      nirHint:
        'Il a 13 caractères. Vous pouvez ajouter les 2 derniers chiffres. Exemple : 2 69 05 49 588 157.',
      nirWhere: 'Où trouver ce numéro ?',
      nirDrawing: 'Il est écrit sur le devant de votre carte Vitale. Il est sous votre nom.',
      birthDate: 'Votre date de naissance :',
      birthDateHint: 'Exemple : 27 3 1969. Vous ne connaissez pas le jour ou le mois ? Écrivez 00.',
      postalCode: 'Votre code postal :',
      postalCodeHint: 'Celui de votre domicile. Vous avez déménagé ? Essayez aussi l’ancien.',
      franceConnect: 'Créez votre compte avec FranceConnect',
      next: 'Continuer',
      back: 'Retour',
      nameLong: 'Ce nom est trop long. Écrivez votre nom seul, sans vos prénoms',
      nirProblems: {
        characters:
          'Écrivez des chiffres. Pour la Corse seulement, il y a A ou B. Regardez si vous avez écrit O au lieu de 0',
        length: 'Ce numéro a 13 caractères, ou 15. Comptez-les sur votre carte Vitale',
        structure: 'Il y a une erreur dans ce numéro. Recopiez-le depuis votre carte Vitale',
        key: 'Il y a une erreur dans ce numéro. Recopiez-le depuis votre carte Vitale',
      },
      birthDateProblems: {
        'not-a-day': 'Pour le jour, écrivez un nombre de 1 à 31',
        'not-a-month': 'Pour le mois, écrivez un nombre de 1 à 12',
        'not-a-year': 'Pour l’année, écrivez 4 chiffres. Exemple : 1969',
        'not-a-date': 'Ce jour n’existe pas. Vérifiez votre date de naissance',
        future: 'Cette date est dans le futur. Vérifiez votre date de naissance',
      },
      sessionOver: 'Votre session est terminée. Ce que vous avez écrit est effacé. Recommencez ici.',
      unknown: 'Nous ne vous avons pas trouvé. Vérifiez ce que vous avez écrit',
      unknownHelp: [
        'Essayez avec le nom de votre naissance. Essayez avec le nom que vous utilisez.',
        'Recopiez le numéro de votre carte Vitale. Ne prenez pas la carte d’un proche.',
        'Vous avez déménagé ? Essayez avec votre ancien code postal.',
        'Relisez le jour, le mois et l’année de votre naissance.',
      ],
      unknownElse: (telephone) =>
        `Tout est juste ? Téléphonez à votre caisse au ${telephone}. Elle vérifiera votre dossier.`,
    },
    en: {
      title: 'Create your account',
      lead: 'Tell us who you are.',
      name: 'Your last name:',
      nameHint: 'The name of your birth, or the name you use. Accents do not matter.',
      nir: { short: 'Your social security number:', long: 'Your social security number:' },
      nirWhere: 'Where do you find this number?',
      nirDrawing: 'It is on the front of your carte Vitale. It is under your name.',
      birthDate: 'Your date of birth:',
      birthDateHint: 'Example: 27 3 1969. If you do not know the day or the month, write 00.',
      postalCode: 'Your postcode:',
      postalCodeHint: 'The one of your home. Have you moved? Try the old one too.',
      franceConnect: 'Create your account with FranceConnect',
      next: 'Continue',
      back: 'Back',
      sessionOver: 'Your session has ended. What you wrote is deleted. Start again here.',
      unknown: 'We did not find you. Check what you wrote',
      unknownElse: (telephone) =>
        `Is everything right? Call your caisse on ${telephone}. It will check your file.`,
    },
  },
});
