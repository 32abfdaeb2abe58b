import type { Tutorial } from '../tutorial.ts';
import { contactLabels, termsLabels, waitingLabels } from './common.ts';
import { buttonLabels, franceConnectSteps } from './franceconnect.ts';

/** CPAM de l’Isère: the pages where the creation starts, the three steps, the mail and what may go wrong with it. */
export const isere: Tutorial = {
  preset: 'isere',
  name: {
    fr: 'Créer son compte et confirmer son email',
    en: 'Open an account and confirm the e-mail address',
  },
  person: 'isere',
  email: 'vincent.bremond@exemple.fr',
  portable: '06 50 56 42 78',
  fixe: '01 45 37 59 45',
  password: 'MotifVert.Brouette1',
  steps: [
    {
      step: 'sign-in-page',
      where: 'Une des pages pour créer son compte : la connexion',
      labels: [
        "J'accède à mon compte ameli",
        'Tous les champs sont obligatoires.',
        'Mon numéro de sécurité sociale',
        'Où trouver mon numéro de sécurité sociale ?',
        'Mon code personnel (ou provisoire à 4 chiffres)',
        'Code oublié ?',
        ...buttonLabels,
        'Première visite ?',
        'Créer un compte',
      ],
    },
    ...franceConnectSteps('Une des pages pour créer son compte : le formulaire'),
    {
      step: 'terms',
      where: 'L’assuré accepte les conditions générales d’utilisation',
      labels: [...termsLabels, 'CONTINUER', 'ANNULER'],
    },
    {
      step: 'password',
      where: 'L’assuré choisit un mot de passe',
      labels: [
        'Pour maintenir la confidentialité de vos informations, nous vous recommandons de ne pas choisir un code que vous utilisez déjà sur un autre site.',
        'Votre code personnel doit :',
        'comporter entre 8 et 50 caractères',
        'contenir des caractères latins minuscules et majuscules',
        'contenir un chiffre ou un caractère spécial',
        'ne contenir que des caractères autorisés',
        'ne pas contenir votre n° de sécurité sociale, votre date de naissance ou une partie de celle-ci',
        '* champ obligatoire',
        'Mon nouveau code *',
        'Niveau indicatif de sécurité :',
        'Confirmer mon nouveau code *',
      ],
    },
    { step: 'contact', where: 'L’assuré renseigne son mail et ses téléphones', labels: contactLabels },
    {
      step: 'waiting',
      where: 'Un message l’invite à consulter sa messagerie ; s’il n’a pas reçu le mail',
      labels: [
        ...waitingLabels,
        'adresse',
        'courriers indésirables',
        'spam',
        'Votre Assurance Maladie',
        'Votre compte ameli - Confirmation de votre adresse mail',
        'anciennes conversations',
        'le plus récent',
        'Orange',
        'liste rouge',
        'Outlook',
        "fournisseur d'accès",
        'antivirus',
        'chez le même fournisseur',
      ],
    },
    {
      step: 'mail',
      where: 'Le mail de validation',
      labels: [
        'Votre compte ameli - Confirmation de votre adresse mail',
        'Pour profiter de tous les services de votre compte ameli, merci de confirmer votre email.',
        'Confirmer mon email',
        "Si vous n'êtes pas à l'origine de cette demande, veuillez en informer rapidement votre caisse et modifiez votre code d'accès au compte ameli.",
        'Votre Assurance Maladie',
        'Attention, ce message est généré par un automate. Ne pas utiliser la fonctionnalité "répondre à".',
      ],
    },
    {
      step: 'sign-in-dead',
      where: 'Au-delà de 7 jours mais avant 21 jours : l’assuré se connecte',
      labels: ["Le lien n'est plus actif", 'à la même adresse'],
    },
    {
      step: 'link-dead',
      where: 'Au-delà de 7 jours mais avant 21 jours : l’assuré clique sur le lien',
      labels: ["Le lien n'est plus actif", 'à la même adresse'],
    },
    { step: 'mail', where: 'Le lien renvoyé à la même adresse', labels: ['Confirmer mon email'] },
    {
      step: 'link-over',
      where: 'Au-delà de 21 jours',
      labels: ['3646', 'moncompteameli.cpam-isere@assurance-maladie.fr'],
    },
  ],
};
