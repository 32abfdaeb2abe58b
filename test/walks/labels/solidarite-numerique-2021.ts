import type { Tutorial } from '../tutorial.ts';
import { caisseSteps } from './caisse.ts';
import { contactLabels, termsLabels, waitingLabels } from './common.ts';
import { formWithButtonLabels } from './franceconnect.ts';

/** Solidarité numérique, 19 March 2021: nine steps. */
export const solidariteNumerique2021: Tutorial = {
  preset: 'solidarite-numerique-2021',
  name: { fr: 'Créer un compte depuis mon ordinateur', en: 'Open an account from my computer' },
  person: 'solidarite-numerique',
  email: 'maryvonne.gasnier@exemple.fr',
  fixe: '02 41 00 12 34',
  password: '730194628517',
  steps: [
    ...caisseSteps('Étape 1 : se rendre sur le site de son département', 'Étape 1 : confirmer'),
    {
      step: 'home',
      where: 'Étape 3 : commencer la création d’un compte',
      labels: [
        'Je crée mon compte',
        'carte Vitale, avec ou sans photo',
        'RIB',
        'code postal',
        'adresse email',
        'qui dépendent, pour leur protection maladie obligatoire :',
        'de ces régimes partenaires : CAMIEG, CAVIMAC, CNMSS, CRPCEN, ENIM, INTÉRIALE, LA MUTUELLE GÉNÉRALE, MGP, MNH, SOLSANTIS, HARMONIE FONCTION PUBLIQUE, CANSSM, LMDE',
        "Ce service n'est donc pas ouvert aux autres régimes tels que la MGEN, la MSA...",
        'Mentions légales et CGU',
        'Aide et Accessibilité',
        'Recommandations de sécurité',
        'Protection des données personnelles',
      ],
    },
    {
      step: 'identity',
      where: 'Étape 4 : renseigner le formulaire',
      labels: [
        'JE CRÉE MON COMPTE AMELI',
        'Je crée mon compte en remplissant les éléments demandés',
        'champ obligatoire',
        'Mon nom : *',
        'Mon numéro de sécurité sociale : *',
        'Ma date de naissance : *',
        'Mon code postal : *',
        'CONTINUER',
        'RETOUR',
        ...formWithButtonLabels,
      ],
    },
    {
      step: 'proof',
      where: 'Étape 5 : confirmer son identité',
      labels: [
        'Accédez immédiatement à votre compte',
        '* champ obligatoire',
        'Saisissez les 7 derniers chiffres de votre IBAN : *',
        'FR 66 2004',
        'Saisissez les 11 derniers chiffres du numéro de série de votre carte Vitale avec photo : *',
        'Je ne dispose pas du numéro de série de ma carte Vitale',
        'VALIDER',
        'RETOUR',
      ],
    },
    {
      step: 'terms',
      where: 'Étape 6 : accepter les conditions d’utilisation',
      labels: [...termsLabels, 'CONTINUER', 'ANNULER'],
    },
    {
      step: 'password',
      where: 'Étape 7 : créer un mot de passe',
      labels: [
        'De 8 à 13 chiffres',
        'au moins 12 chiffres',
        'Saisissez un code personnel',
        'Confirmez le code personnel',
        'CONTINUER',
      ],
    },
    {
      step: 'contact',
      where: 'Étape 8 : saisir les données personnelles',
      labels: [...contactLabels, 'CONTINUER', 'RETOUR'],
    },
    {
      step: 'waiting',
      where: 'Étape 9 : le message peut se faire attendre',
      labels: [...waitingLabels, 'courriers indésirables', 'spam', 'Attendez'],
    },
    {
      step: 'mail',
      where: 'Étape 9 : finaliser la création',
      labels: [
        'MON COMPTE AMELI',
        'Cher(e) assuré(e),',
        'Vous avez déjà ouvert votre compte sur',
        "ou sur l'application",
        'Vous devez encore valider votre adresse email pour profiter de tous les services de votre compte ameli.',
        'Ne tardez pas : vous ne disposez que de 7 jours pour valider votre adresse email.',
        'Valider votre adresse email',
        "Si vous n'êtes pas à l'origine de cette demande, veuillez en informer rapidement votre caisse et modifier votre code d'accès au compte ameli.",
        'Attention, ce message est généré par un automate. Ne pas utiliser la fonctionnalité "répondre à".',
        'Merci de votre confiance.',
        "Votre Caisse d'Assurance Maladie",
        "Besoin d'accéder à vos remboursements où que vous soyez ?",
        "gratuitement l'appli",
      ],
    },
    { step: 'link', where: 'Étape 9 : finaliser la création', labels: [] },
    { step: 'confirmed', where: 'Étape 9 : finaliser la création', labels: [] },
  ],
};
