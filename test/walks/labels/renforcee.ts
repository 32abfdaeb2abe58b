import type { Tutorial } from '../tutorial.ts';
import { contactLabels, termsLabels, waitingLabels } from './common.ts';

/** No tutorial: the strictest policy, with the labels that they share. */
export const renforcee: Tutorial = {
  preset: 'renforcee',
  name: { fr: 'Créer son compte, règles renforcées', en: 'Open an account, reinforced rules' },
  person: 'loire',
  email: 'odile.chavanel@exemple.fr',
  password: 'brouette lune vermillon',
  steps: [
    { step: 'home', where: 'accueil', labels: ['Je crée mon compte'] },
    {
      step: 'identity',
      where: 'formulaire',
      labels: [
        'JE CRÉE MON COMPTE AMELI',
        'Je crée immédiatement mon compte via FranceConnect',
        "S'identifier avec FranceConnect",
        'OU',
        'Mon nom : *',
        'Mon n° de sécurité sociale : *',
        'CONTINUER',
      ],
    },
    {
      step: 'proof',
      where: 'carte Vitale',
      labels: [
        'Accédez immédiatement à votre compte',
        'Saisissez les 7 derniers caractères de votre IBAN : *',
      ],
    },
    { step: 'terms', where: 'Étape 1', labels: termsLabels },
    { step: 'password', where: 'Étape 2', labels: ['Comporter entre 12 et 128 caractères', 'élevé'] },
    { step: 'contact', where: 'Étape 3', labels: [...contactLabels, 'études'] },
    { step: 'waiting', where: 'attente', labels: waitingLabels },
    { step: 'mail', where: 'email', labels: ['Confirmer mon email'] },
    { step: 'link', where: 'lien', labels: [] },
    { step: 'confirmed', where: 'fin', labels: [] },
    { step: 'sign-in', where: 'connexion', labels: ['Mon mot de passe', 'J’ai déjà un code provisoire'] },
    { step: 'account', where: 'compte', labels: [] },
  ],
};
