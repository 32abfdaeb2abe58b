import { catalogue } from '#src/texts/language.ts';

/** The steps as the side column names them, and what was given so far. */
export const progressTexts = catalogue({
  fr: {
    label: 'Où vous en êtes',
    nav: 'Étapes',
    steps: {
      identity: 'Qui vous êtes',
      proof: 'Votre preuve',
      terms: 'Les conditions',
      password: 'Votre mot de passe',
      contact: 'Vos coordonnées',
      confirmation: 'Votre email à confirmer',
    },
    done: 'Fait\u00a0:',
    given: 'Ce que vous avez donné',
    name: 'Nom',
    nir: 'Numéro de sécurité sociale',
    postalCode: 'Code postal',
    change: 'Modifier',
    changeWhat: 'ces informations',
  },
  en: {
    label: 'Where you are',
    nav: 'Steps',
    steps: {
      identity: 'Who you are',
      proof: 'Your proof',
      terms: 'The terms',
      password: 'Your password',
      contact: 'How to reach you',
      confirmation: 'Your email to confirm',
    },
    done: 'Done:',
    given: 'What you have given',
    name: 'Name',
    nir: 'Social security number',
    postalCode: 'Postcode',
    change: 'Change',
    changeWhat: 'these details',
  },
  plain: {
    fr: {
      steps: {
        contact: 'Comment vous joindre',
        confirmation: 'Votre email',
      },
      given: 'Ce que vous avez écrit',
      change: 'Changer',
    },
  },
});
