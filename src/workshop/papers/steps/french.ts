import type { StepTexts } from '#src/workshop/papers/steps/text.ts';

const press = (label: string) => `Appuyez sur «\u00a0${label}\u00a0».`;
const choose = (label: string) => `Choisissez «\u00a0${label}\u00a0».`;

export const french: StepTexts = {
  title: 'Les étapes en images',
  lead: 'Suivez les étapes dans l’ordre, devant l’écran. Gardez votre fiche à côté de vous.',
  numbered: (number, title) => `${number}. ${title}`,
  picture: (heading, marks) =>
    heading === '' ? `Image de la page. ${marks}` : `Image de la page «\u00a0${heading}\u00a0». ${marks}`,
  mark: (number, label) => (label === '' ? `Repère ${number}.` : `Repère ${number}\u00a0: ${label}.`),
  pages: {
    desk: {
      title: 'Votre poste',
      see: 'Cette page dit qui vous jouez. Vous pouvez y revenir par la bande jaune, en haut.',
      does: { begin: press },
    },
    home: { title: 'La première page', does: { create: press } },
    identity: {
      title: 'Dire qui l’on est',
      see: 'Tout est écrit sur votre fiche.',
      does: {
        name: 'Écrivez le nom de la personne.',
        nir: 'Recopiez son numéro de sécurité sociale.',
        birth: 'Écrivez sa date de naissance\u00a0: le jour, le mois, l’année.',
        postal: 'Écrivez son code postal\u00a0: les cinq chiffres de l’adresse.',
        next: press,
      },
    },
    franceconnect: {
      title: 'Choisir FranceConnect',
      see: 'Ne remplissez rien sur cette page.',
      does: { press },
    },
    provider: {
      title: 'Sur le site de FranceConnect',
      see: 'L’identifiant et le mot de passe sont sur votre fiche.',
      does: { identifier: 'Recopiez l’identifiant.', password: 'Recopiez le mot de passe.', next: press },
    },
    'provider-consent': {
      title: 'Dire oui à FranceConnect',
      see: 'La page montre ce que FranceConnect va dire au service.',
      does: { next: press },
    },
    proof: {
      title: 'Montrer que c’est bien soi',
      does: {
        iban: 'Prenez le RIB. Recopiez les 7 caractères encadrés.',
        serial: 'Prenez la carte Vitale, côté dos. Recopiez le numéro encadré.',
        next: press,
      },
    },
    card: {
      title: 'La carte Vitale',
      does: { serial: 'Prenez la carte Vitale, côté dos. Recopiez le numéro encadré.', next: press },
    },
    'other-ways': {
      title: 'Demander un code',
      see: 'Sans carte Vitale, on demande un code. Il arrive par SMS, par email ou par courrier.',
      does: { channel: 'Choisissez comment recevoir le code. Votre formateur dit lequel.', next: press },
    },
    'desk-sms': {
      title: 'Si le code vient par SMS',
      does: { sms: (label) => `Revenez à votre poste. ${press(label)}` },
    },
    sms: {
      title: 'Lire le SMS',
      does: {
        code: 'Lisez le code. Notez-le, ou gardez la page ouverte.',
        look: (label) => `Si rien n’est arrivé, attendez un peu. ${press(label)}`,
      },
    },
    'desk-letters': {
      title: 'Si le code vient par courrier',
      see: 'Attendez que votre formateur dise\u00a0: le facteur passe.',
      does: { letters: (label) => `Revenez à votre poste. ${press(label)}` },
    },
    letters: { title: 'Lire la lettre', does: { open: 'Ouvrez la lettre. Notez le code.' } },
    code: {
      title: 'Taper le code',
      does: {
        name: 'Écrivez le nom de la personne.',
        nir: 'Recopiez son numéro de sécurité sociale.',
        birth: 'Écrivez sa date de naissance.',
        code: 'Recopiez le code que vous avez reçu.',
        next: press,
      },
    },
    terms: {
      title: 'Lire les conditions',
      see: 'Lisez les conditions en haut de la page.',
      does: { yes: choose, next: press },
    },
    password: {
      title: 'Choisir un mot de passe',
      see: 'Les règles sont écrites en haut de la page. Inventez-en un pour l’exercice.',
      does: {
        password: 'Écrivez le mot de passe.',
        again: 'Écrivez-le une seconde fois.',
        next: press,
      },
    },
    contact: {
      title: 'Donner son email et son téléphone',
      see: 'L’adresse email de la personne est sur votre fiche.',
      does: {
        email: 'Recopiez l’adresse email.',
        again: 'Recopiez-la une seconde fois.',
        promo: 'Répondez comme vous voulez. «\u00a0Non\u00a0» est déjà choisi.',
        mobile: 'Recopiez le numéro de portable, si vous voulez.',
        landline: 'Laissez cette case vide.',
        next: press,
      },
    },
    telephones: {
      title: 'Les téléphones',
      does: {
        mobile: 'Recopiez le numéro de portable, si vous voulez.',
        landline: 'Laissez cette case vide.',
        next: press,
      },
    },
    waiting: {
      title: 'Un email est parti',
      see: 'Ne fermez pas cette page. L’email arrive à votre poste.',
      does: {
        code: 'L’email contient aussi un code. On peut le recopier ici.',
        again: (label) => `Si rien n’arrive\u00a0: «\u00a0${label}\u00a0».`,
        correct: (label) => `Si l’adresse est fausse\u00a0: «\u00a0${label}\u00a0».`,
      },
    },
    'desk-mails': {
      title: 'Aller voir ses emails',
      does: { mails: (label) => `Revenez à votre poste. ${press(label)}` },
    },
    spam: {
      title: 'Chercher l’email',
      see: 'L’email n’est pas là\u00a0? Regardez dans les indésirables.',
      does: { mail: 'Regardez qui l’envoie. Puis ouvrez l’email.' },
    },
    'spam-mail': { title: 'Ranger l’email', does: { back: press } },
    mails: {
      title: 'Trouver l’email',
      does: {
        mail: 'Ouvrez l’email qui vient d’arriver.',
        look: (label) => `Si rien n’est arrivé, attendez un peu. ${press(label)}`,
        spam: (label) => `Si rien ne vient, regardez aussi dans «\u00a0${label}\u00a0».`,
      },
    },
    mail: { title: 'Ouvrir l’email', see: 'Lisez-le jusqu’en bas.', does: { press } },
    'link-dead': {
      title: 'Si le lien est trop vieux',
      does: { again: (label) => `${press(label)} Un autre email arrive.` },
    },
    link: { title: 'Confirmer', does: { press } },
    confirmed: { title: 'L’adresse est confirmée', does: { signIn: press } },
    'sign-in': {
      title: 'Entrer dans le compte',
      does: {
        nir: 'Recopiez le numéro de sécurité sociale.',
        password: 'Écrivez le mot de passe.',
        next: press,
      },
    },
    'forgotten-link': {
      title: 'Le mot de passe est oublié',
      see: 'Ouvrez la page où l’on entre dans le compte.',
      does: { press },
    },
    forgotten: {
      title: 'Demander un nouveau mot de passe',
      does: {
        nir: 'Recopiez le numéro de sécurité sociale.',
        email: 'Recopiez l’adresse email de la personne.',
        next: press,
      },
    },
    'new-password': {
      title: 'Choisir un nouveau mot de passe',
      does: {
        password: 'Écrivez le nouveau mot de passe.',
        again: 'Écrivez-le une seconde fois.',
        next: press,
      },
    },
    account: {
      title: 'Finir',
      see: 'Vous êtes dans le compte. Regardez la page de haut en bas. Rien ne peut se casser.',
      does: { leave: (label) => `Quand vous avez fini\u00a0: «\u00a0${label}\u00a0».` },
    },
    'account-payments': { title: 'Aller aux paiements', does: { press } },
    payments: {
      title: 'Lire ses paiements',
      see: 'Le plus récent est en haut.',
      does: { payment: 'Ouvrez un paiement.' },
    },
    payment: {
      title: 'Comprendre un paiement',
      does: { read: 'Cherchez trois choses\u00a0: le prix, ce qui est remboursé, ce qui reste à payer.' },
    },
    'account-attestation': {
      title: 'Aller à l’attestation',
      see: 'Revenez à la page du compte.',
      does: { press },
    },
    attestation: {
      title: 'Obtenir une attestation',
      does: { next: (label) => `${press(label)} Cherchez-la ensuite dans les téléchargements.` },
    },
    'account-messages': { title: 'Aller aux messages', see: 'Revenez à la page du compte.', does: { press } },
    messages: { title: 'Lire ses messages', does: { write: press } },
    'message-write': {
      title: 'Écrire à sa caisse',
      does: { text: 'Écrivez votre question en quelques mots.', next: press },
    },
  },
  faults: {
    'mail-in-spam': null,
    'link-dead': null,
    'mail-delayed': { title: 'L’email tarde', lines: ['Attendez une minute, puis regardez de nouveau.'] },
    'franceconnect-down': {
      title: 'FranceConnect ne répond pas',
      lines: ['Revenez à la page d’avant. Prenez un autre chemin.'],
    },
    'account-locked': {
      title: 'Le compte est bloqué',
      lines: ['Lisez la page. Elle dit combien de temps attendre.'],
    },
    'phishing-mail': {
      title: 'Un email étrange',
      lines: [
        'Regardez qui l’envoie, et ce qu’il demande.',
        'Décidez\u00a0: est-il vrai ou faux\u00a0?',
        'S’il est faux, dites-le avec le bouton sous l’email.',
      ],
    },
    'forged-letter': {
      title: 'Une lettre étrange',
      lines: [
        'Ouvrez votre boîte aux lettres.',
        'Décidez\u00a0: est-elle vraie ou fausse\u00a0?',
        'Dites-le avec le bouton.',
      ],
    },
    'call-for-a-code': {
      title: 'Le téléphone sonne',
      lines: ['La page de votre poste montre l’appel.', 'Décidez ce que vous répondez.'],
    },
  },
  done: 'Bravo, vous êtes arrivé au bout.',
  help: 'Bloqué\u00a0? Revenez à votre poste, et levez la main avec le bouton.',
};
