import type { Tutorial } from '../tutorial.ts';

/** No tutorial: plain words, and one question a screen. */
export const claire: Tutorial = {
  preset: 'claire',
  name: { fr: 'Créer son compte, en mots simples', en: 'Open an account, in plain words' },
  person: 'loire',
  email: 'odile.chavanel@exemple.fr',
  password: 'brouette lune vermillon',
  steps: [
    { step: 'home', where: 'accueil', labels: [] },
    { step: 'identity', where: 'formulaire', labels: [] },
    {
      step: 'proof',
      where: 'RIB',
      labels: ['Votre compte bancaire', 'Recopiez les 7 derniers caractères de votre IBAN : *', 'Continuer'],
    },
    {
      step: 'card',
      where: 'carte Vitale',
      labels: ['Votre carte Vitale', 'Recopiez les 11 derniers chiffres du numéro de série : *', 'Continuer'],
    },
    { step: 'terms', where: 'Étape 1', labels: [] },
    { step: 'password', where: 'Étape 2', labels: [] },
    { step: 'contact', where: 'Étape 3', labels: [] },
    { step: 'telephones', where: 'téléphones', labels: [] },
    { step: 'waiting', where: 'attente', labels: [] },
    { step: 'mail', where: 'email', labels: [] },
    { step: 'link', where: 'lien', labels: [] },
    { step: 'confirmed', where: 'fin', labels: [] },
    { step: 'sign-in', where: 'connexion', labels: [] },
    { step: 'account', where: 'compte', labels: [] },
  ],
};
