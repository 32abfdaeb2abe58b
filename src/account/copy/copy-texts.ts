import { catalogue } from '#src/texts/language.ts';

interface Texts {
  readonly title: string;
  /** On the page of one’s details. */
  readonly link: string;
  readonly what: string;
  readonly without: string;
  readonly safe: string;
  readonly format: string;
  readonly formats: Readonly<Record<'pdf' | 'json', string>>;
  readonly formatHints: Readonly<Record<'pdf' | 'json', string>>;
  readonly formatMissing: string;
  readonly save: string;
  readonly date: (day: string) => string;
  readonly intro: string;
  readonly nothing: string;
  /** Above each row that is printed field by field. */
  readonly oneOf: (number: number, rows: number) => string;
  /** Of a section of which only the first rows are printed. */
  readonly more: (rows: number) => string;
  readonly yes: string;
  readonly no: string;
}

export const copyTexts = catalogue<Texts>({
  fr: {
    title: 'Une copie de mes informations',
    link: 'Une copie de toutes mes informations',
    what: 'Vous avez le droit de savoir ce que nous gardons sur vous. Enregistrez-le ici : ce que dit votre caisse, votre compte, vos choix, vos connexions, vos messages, la liste de vos documents, vos paiements.',
    without:
      'Votre mot de passe et vos codes n’y sont pas : nous ne pouvons pas les lire. Ce qui concerne un autre adulte n’y est pas non plus.',
    safe: 'Ce fichier en dit beaucoup sur vous. Ne l’envoyez à personne, et supprimez-le d’un appareil que d’autres utilisent.',
    format: 'Quel fichier voulez-vous ?',
    formats: { pdf: 'Un fichier à lire (PDF)', json: 'Un fichier pour un ordinateur (JSON)' },
    formatHints: {
      pdf: 'Pour lire et imprimer.',
      json: 'Tout, ligne par ligne, pour le donner à un autre service.',
    },
    formatMissing: 'Choisissez un fichier.',
    save: 'Enregistrer ma copie',
    date: (day) => `Fait le ${day}`,
    intro:
      'Voici ce que nous gardons sur vous (RGPD, articles 15 et 20). Les mots de passe et les codes sont gardés de façon que personne ne puisse les lire. Les heures sont celles de Paris. Pour corriger ou supprimer quelque chose, adressez-vous à votre caisse.',
    nothing: 'Rien.',
    oneOf: (number, rows) => `${number} sur ${rows}`,
    more: (rows) => `Il y a encore ${rows} lignes : le fichier pour un ordinateur les contient toutes.`,
    yes: 'oui',
    no: 'non',
  },
  en: {
    title: 'A copy of your information',
    link: 'A copy of all your information',
    what: 'You have the right to know what we keep about you. Save it here: what your fund says, your account, your choices, your sign-ins, your messages, the list of your documents, your payments.',
    without:
      'Your password and your codes are not in it: we cannot read them. What concerns another adult is not in it either.',
    safe: 'This file says a lot about you. Do not send it to anybody, and delete it from a device that others use.',
    format: 'Which file do you want?',
    formats: { pdf: 'A file to read (PDF)', json: 'A file for a computer (JSON)' },
    formatHints: {
      pdf: 'To read and print.',
      json: 'Everything, line by line, to give to another service.',
    },
    formatMissing: 'Choose a file.',
    save: 'Save my copy',
    date: (day) => `Made on ${day}`,
    intro:
      'This is what we keep about you (GDPR, articles 15 and 20). Passwords and codes are kept in such a way that nobody can read them. Times are those of Paris. To correct or delete something, ask your fund.',
    nothing: 'Nothing.',
    oneOf: (number, rows) => `${number} of ${rows}`,
    more: (rows) => `There are ${rows} more rows: the file for a computer has all of them.`,
    yes: 'yes',
    no: 'no',
  },
  plain: {
    fr: {
      title: 'Une copie de vos informations',
      link: 'Une copie de toutes vos informations',
      what: 'Vous avez le droit de savoir ce que nous gardons sur vous. Ce fichier le dit. Il contient votre compte, vos choix et vos connexions. Il contient aussi vos messages et vos paiements.',
      without:
        'Votre mot de passe n’y est pas. Vos codes non plus. Nous ne pouvons pas les lire. Ce qui concerne un autre adulte n’y est pas.',
      save: 'Enregistrer votre copie',
    },
    en: {},
  },
});
