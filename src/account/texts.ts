import { catalogue } from '#src/texts/language.ts';

/** Words that the pages of the account share. */
export const accountTexts = catalogue({
  fr: {
    current: 'Mon mot de passe actuel',
    currentHint: 'Pour vérifier que c’est bien vous.',
    currentEmpty: 'Écrivez votre mot de passe actuel',
    /** Null where there is nothing to wait for. */
    currentRefused: (next: string | null) =>
      `Ce mot de passe n’est pas accepté. Vérifiez-le.${next === null ? '' : ` Prochain essai possible : ${next}.`}`,
    busy: 'Beaucoup de personnes utilisent le service en ce moment. Attendez quelques secondes, saisissez à nouveau votre mot de passe et envoyez le formulaire',
    save: 'ENREGISTRER',
    cancel: 'Annuler',
  },
  en: {
    current: 'My current password',
    currentHint: 'To make sure that it is you.',
    currentEmpty: 'Enter your current password',
    currentRefused: (next: string | null) =>
      `This password is not accepted. Check it.${next === null ? '' : ` Next attempt: ${next}.`}`,
    busy: 'Many people are using the service right now. Wait a few seconds, enter your password again and send the form',
    save: 'SAVE',
    cancel: 'Cancel',
  },
  plain: {
    fr: {
      current: 'Votre mot de passe actuel',
      currentHint: 'C’est pour vérifier que c’est vous.',
      busy: 'Beaucoup de personnes sont sur le site. Attendez un peu, puis écrivez à nouveau votre mot de passe',
      save: 'Enregistrer',
      cancel: 'Retour',
    },
    en: {
      current: 'Your current password',
      save: 'Save',
      cancel: 'Back',
    },
  },
});
