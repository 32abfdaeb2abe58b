import type { Tutorial } from '../tutorial.ts';
import { contactLabels, termsLabels } from './common.ts';

/** CPAM de la Loire, sheet 1.3: four parts, told without pictures of the pages. */
export const loire: Tutorial = {
  preset: 'loire',
  name: { fr: 'Comment créer un compte ?', en: 'How to open an account' },
  person: 'loire',
  other: 'carte-perdue',
  email: 'odile.chavanel@exemple.fr',
  portable: '06 39 98 00 03',
  password: 'Brouette.Lune8.Vermillon',
  steps: [
    {
      step: 'caisse',
      where: '1/4 Accès : saisir le code postal',
      labels: ['code postal'],
    },
    { step: 'caisse-confirm', where: '1/4 Accès : confirmer', labels: ['CONFIRMER'] },
    { step: 'app', where: '1/4 Accès : depuis un smartphone', labels: ["Je n'ai pas de code"] },
    {
      step: 'home',
      where: 'Il vous faut, et 1/4 Accès',
      labels: ['Je crée mon compte', 'carte Vitale', 'RIB', 'remboursements', 'adresse email'],
    },
    {
      step: 'identity',
      where: '2/4 Connexion',
      labels: ['nom', 'numéro de sécurité sociale', 'date de naissance', 'code postal'],
    },
    {
      step: 'other-ways',
      where: '2/4 Connexion, sinon : un code provisoire par courrier, par e-mail ou par sms',
      labels: ['code provisoire', 'Par SMS', 'Par courrier'],
    },
    { step: 'code', where: '2/4 Connexion, sinon : dès réception du code', labels: ['code provisoire'] },
    {
      step: 'proof',
      where: '3/4 Vérification et sécurité',
      labels: [
        '7 derniers caractères',
        'IBAN',
        'numéro de série',
        'carte Vitale',
        'au dos',
        'en haut à gauche',
      ],
    },
    { step: 'terms', where: '4/4 Accepter les conditions générales', labels: termsLabels },
    { step: 'password', where: '4/4 Personnaliser le mot de passe', labels: ['Nouveau mot de passe *'] },
    { step: 'contact', where: '4/4 Compléter les coordonnées', labels: contactLabels },
    { step: 'mail', where: '4/4 Lien de validation envoyé par e-mail', labels: ['Confirmer mon email'] },
    { step: 'link', where: '4/4 Cliquer sur le lien de validation', labels: [] },
    {
      step: 'confirmed',
      where: '4/4 Revenir à l’écran de connexion',
      labels: ['mettre à jour votre carte Vitale', 'pharmacie', 'hôpital'],
    },
    {
      step: 'sign-in',
      where: '4/4 Se connecter avec le nouveau mot de passe',
      labels: ['Mon mot de passe (ou provisoire à 4 ou 8 chiffres)', 'Mot de passe oublié ?'],
    },
    { step: 'account', where: '4/4 Utiliser les services du compte', labels: [] },
  ],
};
