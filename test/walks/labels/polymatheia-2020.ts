import type { Tutorial } from '../tutorial.ts';
import { caisseSteps } from './caisse.ts';
import { termsLabels, waitingLabels } from './common.ts';
import { formWithButtonLabels } from './franceconnect.ts';

/** Association Polymatheia, April 2020: from the choice of the caisse to the mail, with either kind of card. */
export const polymatheia2020: Tutorial = {
  preset: 'polymatheia-2020',
  name: { fr: 'Créez votre compte', en: 'Create your account' },
  person: 'polymatheia',
  other: 'carte-8-chiffres',
  email: 'iris.polymatheia@exemple.fr',
  fixe: '04 79 00 12 34',
  portable: '06 39 98 00 04',
  password: '730194628517',
  steps: [
    ...caisseSteps('Sélectionnez votre caisse', 'Confirmer votre choix'),
    {
      step: 'home',
      where: 'L’interface dédiée aux assurés',
      labels: [
        'VOTRE CAISSE : Savoie CHANGER',
        'Avec le compte ameli : Suivez vos remboursements, effectuez vos démarches en ligne, téléchargez vos attestations...',
        'Je crée mon compte',
      ],
    },
    {
      step: 'identity',
      where: 'JE CRÉE MON COMPTE AMELI',
      labels: [
        'JE CRÉE MON COMPTE AMELI',
        'Je crée mon compte en remplissant les éléments demandés',
        'Mon nom : *',
        'Mon n° de sécurité sociale : *',
        'Ma date de naissance : *',
        'Mon code postal : *',
        'CONTINUER',
        'RETOUR',
        ...formWithButtonLabels,
      ],
    },
    {
      step: 'proof-plain-card',
      where: 'Cas 1 : carte Vitale sans photo',
      labels: [
        'Accédez immédiatement à votre compte',
        'Saisissez les 7 derniers chiffres de votre IBAN : *',
        'Saisissez les 8, 9, 12 ou 13 chiffres du numéro de série de votre carte Vitale :',
        'Je ne dispose pas du numéro de série de ma carte Vitale',
        'VALIDER',
        'RETOUR',
      ],
    },
    {
      step: 'proof',
      where: 'Cas 2 : carte Vitale avec photo',
      labels: [
        'Accédez immédiatement à votre compte',
        'Saisissez les 7 derniers chiffres de votre IBAN : *',
        '1511 5*** **73 1115',
        'Saisissez les 11 derniers chiffres du numéro de série de votre carte Vitale avec photo : *',
        '8025000002',
        'Je ne dispose pas du numéro de série de ma carte Vitale',
        'VALIDER',
        'RETOUR',
      ],
    },
    { step: 'terms', where: 'Étape 1', labels: [...termsLabels, 'CONTINUER', 'ANNULER'] },
    {
      step: 'password',
      where: 'Étape 2',
      labels: [
        'Je choisis un code personnel',
        'Pour garantir la confidentialité de votre compte, merci de choisir un code personnel que vous utiliserez à chacune de vos connexions. Pensez à le modifier régulièrement.',
        'De 8 à 13 chiffres',
        'Saisissez un code personnel :',
        'Confirmez le code personnel :',
        'CONTINUER',
        'ANNULER',
      ],
    },
    {
      step: 'contact',
      where: 'Étape 3',
      labels: [
        'Je saisis mon adresse email',
        '* champ obligatoire',
        "Ces informations n'ont aucun caractère commercial",
        'Saisissez votre adresse email : *',
        'Je confirme mon adresse email : *',
        "J'autorise l'Assurance Maladie à m'envoyer des informations par email (Newsletter, promotions de services...) : *",
        'Oui',
        'Non',
        'Je renseigne aussi mes coordonnées téléphoniques : cliquez ici',
        "Je pourrai recevoir des informations utiles de la part de l'Assurance Maladie par sms ou par téléphone.",
        'Saisissez votre n° de téléphone fixe :',
        'Saisissez votre n° de téléphone portable :',
        "J'autorise l'Assurance Maladie à me contacter par téléphone :",
        'Oui',
        'Non',
        "J'autorise l'Assurance Maladie à m'adresser des informations par SMS (rappel de rendez-vous médicaux, suivi administratif...) :",
        'Oui',
        'Non',
        'CONTINUER',
      ],
    },
    { step: 'waiting', where: 'Validation de l’email', labels: waitingLabels },
  ],
};
