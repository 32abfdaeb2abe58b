import { paths } from '#src/paths.ts';
import { catalogue } from '#src/texts/language.ts';

/** A question that people ask, the answer, and the page that acts. */
interface Question {
  readonly question: string;
  readonly answer: readonly string[];
  readonly link?: { readonly href: string; readonly text: string };
}

interface Texts {
  readonly title: string;
  readonly telephoneTitle: string;
  readonly telephone: string;
  readonly caisse: (name: string) => string;
  readonly hours: string;
  readonly never: string;
  readonly withoutTitle: string;
  readonly address: string;
  readonly chooseCaisse: string;
  readonly chooseCaisseLink: string;
  readonly nearTitle: string;
  readonly near: readonly string[];
  readonly franceServices: string;
  readonly alone: string;
  readonly questionsTitle: string;
  readonly questions: readonly { readonly heading: string; readonly about: readonly Question[] }[];
  readonly displayTitle: string;
  readonly display: readonly string[];
  readonly statement: string;
}

export const helpTexts = catalogue<Texts>({
  fr: {
    title: 'Aide',
    telephoneTitle: 'Parler à quelqu’un',
    telephone: 'Téléphonez au',
    caisse: (name) => `Votre caisse : ${name}.`,
    hours: 'Horaires :',
    never: 'Personne ne vous demandera votre mot de passe ni un code au téléphone.',
    withoutTitle: 'Sans téléphone',
    address: 'Par courrier :',
    chooseCaisse: 'Chaque caisse a ses propres coordonnées.',
    chooseCaisseLink: 'Choisir ma caisse',
    nearTitle: 'Être aidé près de chez vous',
    near: [
      'Vous pouvez aller dans votre caisse, ou dans un espace France services.',
      'Un proche ou un conseiller peut aussi être à côté de vous.',
    ],
    franceServices: 'Trouver un espace France services',
    alone: 'Vous seul choisissez votre mot de passe. Vous ne le dites à personne.',
    questionsTitle: 'Questions fréquentes',
    questions: [
      {
        heading: 'Je crée mon compte',
        about: [
          {
            question: 'Mes informations sont refusées.',
            answer: [
              'Écrivez votre nom comme il est écrit sur votre carte Vitale.',
              'Le code postal est celui que votre caisse connaît. Si vous venez de déménager, essayez l’ancien.',
              'Cela ne marche toujours pas ? Appelez votre caisse : elle vérifie ce qu’elle sait de vous.',
            ],
            link: { href: paths.identity, text: 'Écrire à nouveau mes informations' },
          },
          {
            question: 'Je n’ai pas ma carte Vitale, ou je l’ai perdue.',
            answer: [
              'Commencez quand même : nous vous dirons comment faire sans elle.',
              'Si elle est perdue ou volée, prévenez aussi votre caisse.',
            ],
            link: { href: paths.identity, text: 'Commencer sans carte Vitale' },
          },
          {
            question: 'J’ai reçu un code par courrier, par SMS ou par email.',
            answer: ['Recopiez-le. Il remplace la carte Vitale et le RIB.'],
            link: { href: paths.provisionalCode, text: 'Recopier mon code' },
          },
          {
            question: 'Mon code ne marche pas.',
            answer: [
              'Vérifiez que c’est le dernier code reçu. Un nouveau code remplace l’ancien.',
              'Un code ne sert qu’une fois, et pour une durée limitée. Vous pouvez en demander un autre.',
            ],
            link: { href: paths.identity, text: 'Demander un autre code' },
          },
          {
            question: 'Je n’ai pas reçu l’email de confirmation.',
            answer: [
              'Attendez quelques minutes. Regardez aussi dans les courriers indésirables (spam).',
              'Si vous en avez plusieurs, ouvrez le plus récent.',
            ],
            link: { href: paths.waiting, text: 'Recopier le code de l’email, ou en demander un autre' },
          },
          {
            question: 'Une page dit « Trop d’essais ».',
            answer: [
              'Attendez l’heure écrite sur la page. Avant, un nouvel essai ne marche pas.',
              'Pendant ce temps, préparez votre carte Vitale et votre RIB.',
            ],
          },
        ],
      },
      {
        heading: 'Je me connecte',
        about: [
          {
            question: 'J’ai oublié mon mot de passe.',
            answer: ['Choisissez-en un autre : nous vous envoyons un lien par email.'],
            link: { href: paths.forgotten, text: 'Choisir un nouveau mot de passe' },
          },
          {
            question: 'J’ai reçu un message que je n’ai pas demandé.',
            answer: ['Quelqu’un a peut-être essayé d’ouvrir un compte à votre nom. Dites-le-nous.'],
            link: { href: paths.dispute, text: 'Ce n’est pas moi' },
          },
        ],
      },
      {
        heading: 'Mon compte',
        about: [
          {
            question: 'Mon adresse email ou mon téléphone a changé.',
            answer: ['Connectez-vous, puis changez-les dans votre compte.'],
            link: { href: paths.account, text: 'Aller dans mon compte' },
          },
          {
            question: 'Mon nom, mon adresse postale ou mon RIB est faux.',
            answer: ['Ces informations ne se changent pas ici. Dites-le à votre caisse.'],
          },
        ],
      },
    ],
    displayTitle: 'Mieux lire les pages',
    display: [
      'tout fonctionne au clavier, sans souris ;',
      'tout fonctionne sans JavaScript ;',
      'le texte s’agrandit, et se lit sur un petit écran ;',
      'le lien « VERSION CONTRASTÉE » renforce les couleurs et les caractères ;',
      'le thème sombre et les couleurs de votre système sont respectés.',
    ],
    statement: 'Lire la déclaration d’accessibilité',
  },
  en: {
    title: 'Help',
    telephoneTitle: 'Speak to somebody',
    telephone: 'Call',
    caisse: (name) => `Your health insurance fund: ${name}.`,
    hours: 'Opening hours:',
    never: 'Nobody will ask you for your password or for a code on the telephone.',
    withoutTitle: 'Without a telephone',
    address: 'By post:',
    chooseCaisse: 'Each health insurance fund has its own contact details.',
    chooseCaisseLink: 'Choose my fund',
    nearTitle: 'Help near you',
    near: [
      'You can go to your health insurance fund, or to a France services centre.',
      'A relative or an adviser may also sit beside you.',
    ],
    franceServices: 'Find a France services centre',
    alone: 'You alone choose your password. Do not tell it to anyone.',
    questionsTitle: 'Common questions',
    questions: [
      {
        heading: 'Creating an account',
        about: [
          {
            question: 'My details are refused.',
            answer: [
              'Write your name as it is printed on your carte Vitale.',
              'The postcode is the one your fund knows. If you have just moved, try the old one.',
              'Still refused? Call your fund: it can check what it knows about you.',
            ],
            link: { href: paths.identity, text: 'Enter my details again' },
          },
          {
            question: 'I do not have my carte Vitale, or I have lost it.',
            answer: [
              'Start all the same: we will tell you how to do it without the card.',
              'If it is lost or stolen, tell your fund as well.',
            ],
            link: { href: paths.identity, text: 'Start without the card' },
          },
          {
            question: 'I received a code by post, by text message or by email.',
            answer: ['Copy it. It replaces the card and the bank details.'],
            link: { href: paths.provisionalCode, text: 'Enter my code' },
          },
          {
            question: 'My code does not work.',
            answer: [
              'Check that it is the latest one you received. A new code replaces the old one.',
              'A code can be used once, and for a limited time. You can ask for another.',
            ],
            link: { href: paths.identity, text: 'Ask for another code' },
          },
          {
            question: 'I did not receive the confirmation email.',
            answer: [
              'Wait a few minutes. Look in your junk folder (spam) too.',
              'If you have several, open the latest one.',
            ],
            link: { href: paths.waiting, text: 'Enter the code of the email, or ask for another' },
          },
          {
            question: 'A page says “Too many attempts”.',
            answer: [
              'Wait until the time shown on the page. Before that, another attempt will not work.',
              'Meanwhile, have your card and your bank details ready.',
            ],
          },
        ],
      },
      {
        heading: 'Signing in',
        about: [
          {
            question: 'I have forgotten my password.',
            answer: ['Choose another one: we send you a link by email.'],
            link: { href: paths.forgotten, text: 'Choose a new password' },
          },
          {
            question: 'I received a message that I did not ask for.',
            answer: ['Somebody may have tried to open an account in your name. Tell us.'],
            link: { href: paths.dispute, text: 'It was not me' },
          },
        ],
      },
      {
        heading: 'My account',
        about: [
          {
            question: 'My email address or telephone number has changed.',
            answer: ['Sign in, then change it in your account.'],
            link: { href: paths.account, text: 'Go to my account' },
          },
          {
            question: 'My name, postal address or bank details are wrong.',
            answer: ['These cannot be changed here. Tell your health insurance fund.'],
          },
        ],
      },
    ],
    displayTitle: 'Reading the pages more easily',
    display: [
      'everything works with a keyboard, without a mouse;',
      'everything works without JavaScript;',
      'text can be enlarged, and read on a small screen;',
      'the link “HIGH CONTRAST” strengthens colours and letters;',
      'the dark theme and the colours of your system are respected.',
    ],
    statement: 'Read the accessibility statement',
  },
  // The link at the top of the page has another name in plain words.
  plain: {
    fr: {
      display: [
        'tout fonctionne au clavier, sans souris ;',
        'tout fonctionne sans JavaScript ;',
        'le texte s’agrandit, et se lit sur un petit écran ;',
        'le lien « Couleurs plus fortes », en haut de page, rend le texte plus facile à lire ;',
        'le thème sombre et les couleurs de votre système sont respectés.',
      ],
    },
    en: {
      display: [
        'everything works with a keyboard, without a mouse;',
        'everything works without JavaScript;',
        'text can be enlarged, and read on a small screen;',
        'the link “Stronger colours”, at the top, makes the text easier to read;',
        'the dark theme and the colours of your system are respected.',
      ],
    },
  },
});
