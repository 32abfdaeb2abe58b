import type { ConsentPurpose } from '#src/policy/schema.ts';
import { catalogue } from '#src/texts/language.ts';

interface Texts {
  readonly title: string;
  readonly details: string;
  readonly nir: string;
  readonly email: string;
  readonly owner: string;
  /** Before an address that is still to be confirmed. */
  readonly emailNew: string;
  readonly emailPending: string;
  readonly emailConfirm: string;
  readonly portable: string;
  readonly fixe: string;
  readonly none: string;
  readonly password: string;
  readonly passwordChanged: (time: string) => string;
  readonly linked: string;
  readonly notLinked: string;
  readonly caisse: string;
  readonly caisseUnknown: string;
  readonly change: string;
  readonly consents: string;
  readonly consentsChange: string;
  readonly consentNames: Readonly<Record<ConsentPurpose, string>>;
  readonly signIns: string;
  /** Names the region of the sign-ins and of the reminder about the card. */
  readonly signInsAndCard: string;
  readonly when: string;
  readonly what: string;
  readonly accepted: string;
  readonly refused: string;
  readonly notYou: (telephone: string) => string;
  readonly devices: string;
  readonly offline: string;
  readonly cardTitle: string;
  readonly card: string;
}

export const accountDetailsTexts = catalogue<Texts>({
  fr: {
    title: 'Mes informations',
    details: 'Identité, contacts et mot de passe',
    nir: 'Numéro de sécurité sociale',
    email: 'Adresse email',
    owner: 'Ce compte est à',
    emailNew: 'Nouvelle adresse :',
    emailPending: 'Elle attend d’être confirmée.',
    emailConfirm: 'Saisir le code reçu',
    portable: 'Téléphone portable',
    fixe: 'Téléphone fixe',
    none: 'Aucun',
    password: 'Mot de passe',
    passwordChanged: (time) => `Choisi ${time}`,
    linked: 'Compte lié',
    notLinked: 'Compte non lié',
    caisse: 'Ma caisse',
    caisseUnknown: 'Non renseignée',
    change: 'Modifier',
    consents: 'Mes choix de communication',
    consentsChange: 'Modifier mes choix de communication',
    consentNames: {
      promoEmail: 'Promotions par email',
      promoPortableTelephone: 'Promotions par téléphone portable',
      promoPortableSms: 'Promotions par SMS',
      promoFixeTelephone: 'Promotions par téléphone fixe',
      contactTelephone: 'Appels de l’Assurance Maladie',
      contactSms: 'Informations par SMS',
      etudes: 'Études',
    },
    signIns: 'Mes dernières connexions',
    signInsAndCard: 'Connexions et carte Vitale',
    when: 'Date',
    what: 'Résultat',
    accepted: 'Connexion réussie',
    refused: 'Essai refusé',
    notYou: (telephone) =>
      `Un essai que vous ne reconnaissez pas ? Changez votre mot de passe et appelez votre caisse au ${telephone}.`,
    devices: 'Voir ou oublier mes appareils connus',
    offline: 'Lire sans réseau sur cet appareil',
    cardTitle: 'Votre carte Vitale',
    card: 'Mettez à jour votre carte Vitale une fois par an, et quand votre situation change. Allez dans une pharmacie, dans votre caisse ou à l’hôpital.',
  },
  en: {
    title: 'My details',
    details: 'Identity, contacts and password',
    nir: 'Social security number',
    email: 'Email address',
    owner: 'Account of',
    emailNew: 'New address:',
    emailPending: 'It is waiting to be confirmed.',
    emailConfirm: 'Enter the code that was sent',
    portable: 'Mobile telephone',
    fixe: 'Landline',
    none: 'None',
    password: 'Password',
    passwordChanged: (time) => `Chosen ${time}`,
    linked: 'Account linked',
    notLinked: 'Account not linked',
    caisse: 'My caisse',
    caisseUnknown: 'Not known',
    change: 'Change',
    consents: 'How I may be contacted',
    consentsChange: 'Change how I may be contacted',
    consentNames: {
      promoEmail: 'Promotions by email',
      promoPortableTelephone: 'Promotions by mobile telephone',
      promoPortableSms: 'Promotions by text message',
      promoFixeTelephone: 'Promotions by landline',
      contactTelephone: 'Calls from the Assurance Maladie',
      contactSms: 'Information by text message',
      etudes: 'Studies',
    },
    signIns: 'My latest sign-ins',
    signInsAndCard: 'Sign-ins and card',
    when: 'Date',
    what: 'Result',
    accepted: 'Signed in',
    refused: 'Attempt refused',
    notYou: (telephone) =>
      `An attempt that you do not recognise? Change your password and call your caisse on ${telephone}.`,
    offline: 'Read offline on this device',
    devices: 'See or forget my known devices',
    cardTitle: 'Your carte Vitale',
    card: 'Update your carte Vitale once a year, and when your situation changes. Go to a pharmacy, to your caisse or to a hospital.',
  },
  plain: {
    fr: {
      title: 'Vos informations',
      details: 'Votre nom, vos contacts et votre mot de passe',
      emailPending: 'Vous avez une nouvelle adresse à confirmer.',
      emailConfirm: 'Recopier le code de l’email',
      caisse: 'Votre caisse',
      caisseUnknown: 'Nous ne la connaissons pas',
      change: 'Changer',
      consents: 'Vos choix',
      consentsChange: 'Changer vos choix',
      signIns: 'Vos dernières connexions',
      accepted: 'Vous êtes entré',
      refused: 'Essai refusé',
      notYou: (telephone) =>
        `Ce n’était pas vous ? Changez votre mot de passe. Puis téléphonez au ${telephone}.`,
      devices: 'Vos appareils connus',
      card: 'Mettez à jour votre carte Vitale une fois par an. Faites-le aussi si votre situation change. Allez dans une pharmacie, dans votre caisse ou à l’hôpital.',
    },
    en: {
      title: 'Your details',
      details: 'Your name, contacts and password',
      consents: 'Your choices',
      signIns: 'Your latest sign-ins',
    },
  },
});
