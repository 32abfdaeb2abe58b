import { paths } from '#src/paths.ts';
import { catalogue } from '#src/texts/language.ts';

/** A page that anybody can open, by its address. */
interface Entry {
  readonly href: string;
  readonly text: string;
}

interface Section {
  readonly heading: string;
  readonly pages: readonly Entry[];
}

interface Texts {
  readonly title: string;
  readonly lead: string;
  readonly leadSignedIn: string;
  /** Every page that opens without a session: `test/pages/site-map.test.ts` tries them all. */
  readonly sections: readonly Section[];
  /** For those who are signed in: its areas come after the first one. */
  readonly account: Section;
}

export const siteMapTexts = catalogue<Texts>({
  fr: {
    title: 'Plan du site',
    lead: 'Voici toutes les pages que vous pouvez ouvrir sans être connecté.',
    leadSignedIn: 'Voici les pages de votre compte, puis celles que tout le monde peut ouvrir.',
    sections: [
      {
        heading: 'Commencer',
        pages: [
          { href: paths.home, text: 'Accueil' },
          { href: paths.caisse, text: 'Choisir ma caisse' },
          { href: paths.app, text: 'L’application sur mon téléphone' },
        ],
      },
      {
        heading: 'Créer mon compte',
        pages: [
          { href: paths.identity, text: 'Créer mon compte' },
          { href: paths.provisionalCode, text: 'Recopier un code provisoire' },
          { href: paths.waiting, text: 'Confirmer mon adresse email' },
          { href: paths.termsText, text: 'Conditions générales d’utilisation' },
        ],
      },
      {
        heading: 'Me connecter',
        pages: [
          { href: paths.signIn, text: 'Me connecter' },
          { href: paths.forgotten, text: 'J’ai oublié mon mot de passe' },
          { href: paths.dispute, text: 'Ce n’est pas moi : signaler un message que je n’ai pas demandé' },
        ],
      },
      {
        heading: 'Aide et informations',
        pages: [
          { href: paths.help, text: 'Aide' },
          { href: paths.check, text: 'Vérifier une attestation' },
          { href: paths.accessibility, text: 'Déclaration d’accessibilité' },
          { href: paths.legal, text: 'Mentions légales et CGU' },
          { href: paths.securityAdvice, text: 'Recommandations de sécurité' },
          { href: paths.personalData, text: 'Protection des données personnelles' },
          { href: paths.api, text: 'Interface pour les programmes (API)' },
          { href: paths.siteMap, text: 'Plan du site' },
        ],
      },
      {
        heading: 'À la fin d’une démarche',
        pages: [
          { href: paths.alreadyOpen, text: 'Vous avez déjà un compte' },
          { href: paths.confirmed, text: 'Votre adresse email est confirmée' },
          { href: paths.forgottenSent, text: 'Le message pour changer de mot de passe est parti' },
          { href: paths.frozen, text: 'Votre compte est bloqué' },
          { href: paths.franceConnectOutcome, text: 'Retour de FranceConnect' },
          { href: paths.offline, text: 'Vous n’êtes pas connecté à internet' },
          { href: paths.notKept, text: 'Cette page n’est pas gardée sur cet appareil' },
        ],
      },
    ],
    account: {
      heading: 'Mon compte',
      pages: [
        { href: paths.account, text: 'Mon compte' },
        { href: paths.accountPassword, text: 'Changer mon mot de passe' },
        { href: paths.accountEmail, text: 'Changer mon adresse email' },
        { href: paths.accountTelephones, text: 'Changer mes numéros de téléphone' },
        { href: paths.accountConsents, text: 'Changer mes choix' },
        { href: paths.accountDevices, text: 'Mes appareils connus' },
        { href: paths.accountCopy, text: 'Une copie de mes informations' },
        { href: paths.accountOffline, text: 'Lire sans réseau sur cet appareil' },
      ],
    },
  },
  en: {
    title: 'Site map',
    lead: 'These are all the pages that you can open without signing in.',
    leadSignedIn: 'These are the pages of your account, then those that everybody can open.',
    sections: [
      {
        heading: 'Getting started',
        pages: [
          { href: paths.home, text: 'Home' },
          { href: paths.caisse, text: 'Choose my health insurance fund' },
          { href: paths.app, text: 'The application on my telephone' },
        ],
      },
      {
        heading: 'Creating an account',
        pages: [
          { href: paths.identity, text: 'Create my account' },
          { href: paths.provisionalCode, text: 'Enter a provisional code' },
          { href: paths.waiting, text: 'Confirm my email address' },
          { href: paths.termsText, text: 'Terms of use' },
        ],
      },
      {
        heading: 'Signing in',
        pages: [
          { href: paths.signIn, text: 'Sign in' },
          { href: paths.forgotten, text: 'I have forgotten my password' },
          { href: paths.dispute, text: 'It was not me: report a message that I did not ask for' },
        ],
      },
      {
        heading: 'Help and information',
        pages: [
          { href: paths.help, text: 'Help' },
          { href: paths.check, text: 'Check a certificate' },
          { href: paths.accessibility, text: 'Accessibility statement' },
          { href: paths.legal, text: 'Legal notice and terms of use' },
          { href: paths.securityAdvice, text: 'Security advice' },
          { href: paths.personalData, text: 'Protection of personal data' },
          { href: paths.api, text: 'API for programs' },
          { href: paths.siteMap, text: 'Site map' },
        ],
      },
      {
        heading: 'At the end of a procedure',
        pages: [
          { href: paths.alreadyOpen, text: 'You already have an account' },
          { href: paths.confirmed, text: 'Your email address is confirmed' },
          { href: paths.forgottenSent, text: 'The message to change your password has been sent' },
          { href: paths.frozen, text: 'Your account is blocked' },
          { href: paths.franceConnectOutcome, text: 'Return from FranceConnect' },
          { href: paths.offline, text: 'You are not connected to the internet' },
          { href: paths.notKept, text: 'This page is not kept on this device' },
        ],
      },
    ],
    account: {
      heading: 'My account',
      pages: [
        { href: paths.account, text: 'My account' },
        { href: paths.accountPassword, text: 'Change my password' },
        { href: paths.accountEmail, text: 'Change my email address' },
        { href: paths.accountTelephones, text: 'Change my telephone numbers' },
        { href: paths.accountConsents, text: 'Change my choices' },
        { href: paths.accountDevices, text: 'My known devices' },
        { href: paths.accountCopy, text: 'A copy of my information' },
        { href: paths.accountOffline, text: 'Read offline on this device' },
      ],
    },
  },
});
