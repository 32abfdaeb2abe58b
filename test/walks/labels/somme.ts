import type { Tutorial } from '../tutorial.ts';
import { termsLabels, waitingLabels } from './common.ts';
import { formWithButtonLabels, franceConnectSteps } from './franceconnect.ts';

const specials = '? ! $ £ € @ & ( - + _ ) = * % / < > , . ; :';

/** CPAM de la Somme, pas-à-pas of March 2025, creation with the carte Vitale and the IBAN. */
export const somme: Tutorial = {
  preset: 'somme',
  name: {
    fr: 'Créer son compte avec la carte Vitale et l’IBAN',
    en: 'Open an account with the carte Vitale and the IBAN',
  },
  person: 'venturi',
  typedName: 'venturi',
  other: 'carte-perdue',
  franceConnect: 'isere',
  email: 'ange.venturi@exemple.fr',
  portable: '06 39 98 00 01',
  password: 'Brouette.Lune8.Vermillon',
  steps: [
    { step: 'home', where: 'Possibilité 1, accueil', labels: ['Je crée mon compte'] },
    {
      step: 'identity',
      where: 'Possibilité 1, premier écran',
      labels: [
        'JE CRÉE MON COMPTE AMELI',
        'Je crée mon compte en remplissant les éléments demandés',
        '* champ obligatoire',
        'Mon nom : *',
        'nom de naissance',
        'Mon n° de sécurité sociale : *',
        'Ma date de naissance : *',
        'Mon code postal : *',
        'ancienne adresse',
        'CONTINUER',
        'RETOUR',
        ...formWithButtonLabels,
      ],
    },
    {
      step: 'proof',
      where: 'Possibilité 1, nouvel écran de l’assuré éligible',
      labels: [
        'JE CRÉE MON COMPTE AMELI',
        'Je crée mon compte en remplissant les éléments demandés',
        'Accédez immédiatement à votre compte',
        '* champ obligatoire',
        'Saisissez les 7 derniers chiffres de votre IBAN : *',
        'FR 64 2004 1*** **01 3478',
        'Saisissez les 11 derniers chiffres du numéro de série de votre carte Vitale avec photo : *',
        '8025000002',
        'Je ne dispose pas du numéro de série de ma carte Vitale',
        'VALIDER',
        'RETOUR',
      ],
    },
    { step: 'terms', where: 'écran que les autres tutoriels montrent', labels: termsLabels },
    {
      step: 'password',
      where: 'L’assuré choisit le mot de passe de son compte',
      labels: [
        'Mot de passe',
        'Pour maintenir la confidentialité de vos informations, nous vous recommandons de ne pas choisir un mot de passe que vous utilisez déjà sur un autre site.',
        'Votre mot de passe doit :',
        'Comporter entre 8 et 50 caractères',
        "Contenir des caractères latins (de a jusqu'à z sans accent) minuscules et majuscules",
        `Contenir un chiffre ou un caractère spécial parmi les suivants : ${specials}`,
        'Ne contenir que des caractères autorisés',
        'Ne pas contenir votre numéro de sécurité sociale, votre date de naissance ou une partie de celle-ci',
        '* Champs obligatoires',
        'Nouveau mot de passe *',
        'Niveau indicatif de sécurité :',
        'élevé',
        'Confirmer le mot de passe *',
        'Annuler',
      ],
    },
    {
      step: 'contact',
      where: 'L’assuré renseigne son mail et son consentement',
      labels: [
        'Saisissez votre adresse email : *',
        'Je confirme mon adresse email : *',
        'informations promotionnelles',
        'Oui',
        'Non',
      ],
    },
    {
      step: 'telephones',
      where: 'L’assuré renseigne son numéro de portable, et valide',
      labels: [
        'Saisissez votre n° de téléphone portable :',
        "études menées par l'Assurance Maladie ou ses partenaires",
        'Oui',
        'Non',
        'VALIDER',
      ],
    },
    { step: 'waiting', where: 'Un message l’invite à consulter sa messagerie', labels: waitingLabels },
    { step: 'mail', where: 'Le lien de l’email de confirmation', labels: ['Confirmer mon email'] },
    { step: 'link', where: 'Le lien de l’email de confirmation', labels: [] },
    {
      step: 'confirmed',
      where: 'Le compte est activé',
      labels: ["sur le site comme dans l'application"],
    },
    { step: 'sign-in', where: 'Le compte est utilisable', labels: [] },
    { step: 'account', where: 'Le compte est utilisable', labels: [] },
    {
      step: 'other-ways',
      where: 'Possibilité 1, s’il ne peut pas accéder au numéro de série',
      labels: ['FranceConnect', 'Contacter votre caisse'],
    },
    ...franceConnectSteps('Possibilité 2'),
    { step: 'terms', where: 'Possibilité 2 : comme dans la première', labels: termsLabels },
  ],
};
