import { catalogue } from '#src/texts/language.ts';

export const termsTexts = catalogue({
  fr: {
    title: 'J’accepte les conditions d’utilisation',
    lead: 'Pour accéder aux services de votre compte, vous devez d’abord accepter les conditions d’utilisation :',
    clauses: [
      'En adhérant au compte ameli, vous acceptez de ne plus recevoir vos relevés de prestations par courrier postal au profit d’une consultation en ligne.',
      'La saisie d’une adresse email est obligatoire pour bénéficier des services du compte. En renseignant et confirmant votre email, vous acceptez de recevoir dans la messagerie du compte, tout ou partie des courriers et messages de l’Assurance Maladie.',
    ],
    more: 'Pour plus d’informations, consultez les conditions d’utilisation détaillées',
    question: 'Acceptez-vous ces conditions ?',
    yes: 'Oui, j’accepte',
    no: 'Non, je refuse',
    cancel: 'ANNULER',
    next: 'CONTINUER',
    choose: 'Choisissez «\u00a0Oui, j’accepte\u00a0» ou «\u00a0Non, je refuse\u00a0»',
    replacesFrozen:
      'Le compte à votre nom est bloqué. Vous en ouvrez un nouveau : il remplacera l’ancien, et vous choisirez un nouveau mot de passe.',
    refusedTitle: 'Vous avez refusé les conditions',
    refused:
      'Vous ne pourrez pas créer de compte. Rien n’a changé pour vous : vous recevrez toujours vos relevés par courrier.',
    reversible: 'Vous pouvez changer d’avis : choisissez «\u00a0Oui, j’accepte\u00a0» puis continuez.',
    leave: 'Quitter',
    textTitle: 'Conditions d’utilisation détaillées',
    articles: [
      [
        'À quoi sert le compte',
        'Le compte sert à suivre vos remboursements, à obtenir vos attestations et relevés, et à échanger avec votre caisse. Il est gratuit et personnel.',
      ],
      [
        'Vos relevés',
        'Vos relevés de prestations ne vous sont plus envoyés par courrier. Les 5 derniers restent consultables dans le compte : vous pouvez les télécharger, les imprimer et les garder.',
      ],
      [
        'Votre adresse email',
        'Elle doit être à vous, et lue souvent : votre caisse y envoie les avis de dépôt. Vous pouvez la changer à tout moment dans votre compte.',
      ],
      [
        'Votre mot de passe',
        'Ne le donnez à personne, pas même à un conseiller. L’Assurance Maladie ne vous le demandera jamais.',
      ],
      [
        'Vos consentements',
        'Chaque consentement est facultatif. Il est enregistré avec son texte et sa date, et vous pouvez le retirer à tout moment dans votre compte.',
      ],
      [
        'Fin du compte',
        'Vous pouvez demander la fermeture de votre compte à votre caisse. Vous recevez alors de nouveau vos relevés par courrier.',
      ],
    ],
    version: (version: string) => `Version ${version} des conditions d’utilisation.`,
  },
  en: {
    title: 'I accept the terms of use',
    lead: 'To use the services of your account, you must first accept the terms of use:',
    clauses: [
      'By joining the ameli account, you agree to no longer receive your benefit statements by post and to read them online instead.',
      'An email address is required to use the services of the account. By giving and confirming your email address, you agree to receive all or part of the letters and messages of the Assurance Maladie in the mailbox of the account.',
    ],
    more: 'For more information, read the detailed terms of use',
    question: 'Do you accept these terms?',
    yes: 'Yes, I accept',
    no: 'No, I refuse',
    cancel: 'CANCEL',
    next: 'CONTINUE',
    choose: 'Choose “Yes, I accept” or “No, I refuse”',
    replacesFrozen:
      'The account in your name is blocked. You are opening a new one: it will replace the old one, and you will choose a new password.',
    refusedTitle: 'You refused the terms',
    refused:
      'You cannot create an account. Nothing has changed for you: you still receive your statements by post.',
    reversible: 'You can change your mind: choose “Yes, I accept”, then continue.',
    leave: 'Leave',
    textTitle: 'Detailed terms of use',
    articles: [
      [
        'What the account is for',
        'The account is for following your reimbursements, getting your certificates and statements, and writing to your caisse. It is free and personal.',
      ],
      [
        'Your statements',
        'Your benefit statements are no longer sent by post. The last 5 stay in the account: you can download, print and keep them.',
      ],
      [
        'Your email address',
        'It must be your own, and read often: your caisse sends its notices there. You can change it at any time in your account.',
      ],
      [
        'Your password',
        'Do not share it with anyone, not even an adviser. The Assurance Maladie will never ask you for it.',
      ],
      [
        'Your consents',
        'Each consent is optional. It is recorded with its text and date, and you can withdraw it at any time in your account.',
      ],
      [
        'End of the account',
        'You can ask your caisse to close your account. You then receive your statements by post again.',
      ],
    ],
    version: (version: string) => `Version ${version} of the terms of use.`,
  },
  plain: {
    fr: {
      title: 'Acceptez les conditions',
      lead: 'Voici les conditions du compte :',
      clauses: [
        'Avec le compte, vous ne recevez plus vos relevés par courrier. Vous les lisez en ligne.',
        'Il faut une adresse email. L’Assurance Maladie vous écrira dans la messagerie de votre compte.',
      ],
      more: 'Lire toutes les conditions',
      cancel: 'Quitter',
      next: 'Continuer',
      replacesFrozen: 'Le compte à votre nom est bloqué. Vous en ouvrez un nouveau. Il remplacera l’ancien.',
      refused:
        'Vous n’aurez pas de compte. Rien ne change pour vous. Vos relevés arrivent toujours par courrier.',
      reversible: 'Vous voulez changer d’avis ? Choisissez « Oui, j’accepte » puis continuez.',
      textTitle: 'Toutes les conditions',
      articles: [
        [
          'À quoi sert le compte',
          'Vous suivez vos remboursements. Vous téléchargez vos attestations. Vous écrivez à votre caisse. Le compte est gratuit. Il est à vous seul.',
        ],
        [
          'Vos relevés',
          'Vous ne les recevez plus par courrier. Les 5 derniers sont dans le compte. Vous pouvez les imprimer et les garder.',
        ],
        [
          'Votre adresse email',
          'Elle doit être à vous. Lisez vos emails souvent. Vous pouvez changer cette adresse dans votre compte.',
        ],
        ['Votre mot de passe', 'Ne le donnez à personne. L’Assurance Maladie ne le demande jamais.'],
        [
          'Vos choix',
          'Vous choisissez qui peut vous écrire. Nous gardons vos réponses avec leur date. Vous pouvez les changer dans votre compte.',
        ],
        [
          'Fin du compte',
          'Vous ne voulez plus du compte ? Dites-le à votre caisse. Vos relevés arriveront à nouveau par courrier.',
        ],
      ],
    },
    en: {
      title: 'Accept the terms',
      lead: 'These are the terms of the account:',
      clauses: [
        'With the account, you no longer receive your statements by post. You read them online.',
        'You need an email address. The Assurance Maladie will write to you in the mailbox of your account.',
      ],
      more: 'Read all the terms',
      cancel: 'Leave',
      next: 'Continue',
      textTitle: 'All the terms',
    },
  },
});
