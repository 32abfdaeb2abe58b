import { catalogue } from '#src/texts/language.ts';

interface DeadTexts {
  readonly title: string;
  readonly text: string;
}

interface Texts {
  readonly title: string;
  readonly lead: string;
  readonly code: string;
  readonly codeHint: string;
  readonly codeProblem: string;
  readonly codeUnknown: string;
  readonly noCode: (telephone: string) => string;
  readonly linkTitle: string;
  readonly about: string;
  readonly notYou: string;
  readonly you: string;
  readonly own: string;
  readonly submit: string;
  readonly dead: Readonly<Record<'unknown' | 'expired' | 'over', DeadTexts>>;
  readonly typeCode: string;
  readonly call: (telephone: string) => string;
  readonly frozenTitle: string;
  readonly frozen: readonly string[];
  readonly next: string;
  readonly steps: (telephone: string) => readonly string[];
  readonly again: string;
  readonly againWhy: string;
  readonly letter: string;
  /** For a person who has no dossier yet: the page to request a letter comes after identification. */
  readonly letterHow: string;
  readonly mistake: string;
}

export const disputeTexts = catalogue<Texts>({
  fr: {
    title: 'Ce n’est pas moi',
    lead: 'Vous avez reçu un SMS ou un courrier au sujet d’un compte ouvert à votre nom ? Ce n’était pas vous ? Saisissez le code de ce message pour bloquer le compte. Plus personne ne pourra s’y connecter.',
    code: 'Le code du message :',
    codeHint:
      '12 lettres et chiffres. Les espaces ne comptent pas, les majuscules et les minuscules non plus.',
    codeProblem: 'Le code a 12 lettres et chiffres. Recopiez-le tel qu’il est écrit',
    codeUnknown: 'Ce code n’est pas le bon. Recopiez-le tel qu’il est écrit dans le message.',
    noCode: (telephone) =>
      `Vous n’avez plus le message ? Téléphonez au ${telephone} : votre caisse peut bloquer le compte.`,
    linkTitle: 'Bloquer ce compte ?',
    about: 'Nous vous avons écrit au sujet d’un compte à votre nom.',
    notYou:
      'Ce n’était pas vous ? Bloquez ce compte : plus personne ne pourra s’y connecter, pas même la personne qui a fait ce changement.',
    you: 'C’était vous ? Fermez cette page : rien ne change.',
    own: 'C’est votre propre compte ? Vous devrez ensuite en ouvrir un nouveau, et prouver qui vous êtes avec FranceConnect ou par courrier.',
    submit: 'Bloquer ce compte',
    dead: {
      unknown: {
        title: 'Ce lien n’est pas complet',
        text: 'Ouvrez à nouveau le message et appuyez sur « Ce n’est pas moi », ou copiez l’adresse en entier.',
      },
      expired: {
        title: 'Ce lien ou ce code ne fonctionne plus',
        text: 'Le message est trop ancien. Le compte n’a pas été bloqué.',
      },
      over: {
        title: 'Ce compte n’existe plus',
        text: 'Le compte dont parle ce message a été supprimé, ou quelqu’un a prouvé depuis qu’il est à son nom.',
      },
    },
    typeCode: 'Saisir le code d’un SMS ou d’un courrier',
    call: (telephone) =>
      `Vous pensez que quelqu’un se sert de votre nom ? Téléphonez tout de suite au ${telephone}.`,
    frozenTitle: 'Ce compte est bloqué',
    frozen: [
      'Plus personne ne peut s’y connecter, ni avec un mot de passe, ni avec FranceConnect, ni par email.',
      'Plus rien n’est envoyé à l’adresse email de ce compte.',
    ],
    next: 'Que faire maintenant ?',
    steps: (telephone) => [
      `Téléphonez au ${telephone} et dites que quelqu’un a ouvert ou modifié un compte à votre nom.`,
      'Surveillez vos remboursements et votre compte bancaire.',
      'Votre carte Vitale ou votre RIB ont été volés ? Déclarez-le à votre caisse et à votre banque.',
    ],
    again: 'Avoir un compte à vous',
    againWhy:
      'Prouvez qui vous êtes avec FranceConnect, ou avec un code envoyé par courrier à l’adresse que votre caisse connaît. La carte Vitale et l’IBAN ne suffisent plus pour ce compte, ni un code par SMS ou par email. Quelqu’un d’autre peut les avoir.',
    letter: 'Demander un code par courrier',
    letterHow:
      'Pour ce code, vous direz d’abord qui vous êtes. Si votre carte Vitale vous est demandée, choisissez « Je ne dispose pas du numéro de série de ma carte Vitale ».',
    mistake:
      'C’était votre compte, et il a été bloqué par erreur ? Faites de même : un nouveau compte le remplacera.',
  },
  en: {
    title: 'This wasn’t me',
    lead: 'Have you received a text message or a letter about an account opened in your name? This wasn’t you? Enter the code of that message to block the account. Nobody will be able to sign in to it.',
    code: 'The code of the message:',
    codeHint: '12 letters and digits. Spaces do not matter, nor do capital or small letters.',
    codeProblem: 'The code has 12 letters and digits. Copy it as it is written',
    codeUnknown: 'This is not the right code. Copy it as it is written in the message.',
    noCode: (telephone) =>
      `Do you no longer have the message? Call ${telephone}: your caisse can block the account.`,
    linkTitle: 'Block this account?',
    about: 'We wrote to you about an account in your name.',
    notYou:
      'This wasn’t you? Block this account: nobody will be able to sign in to it, not even the person who made this change.',
    you: 'Was it you? Close this page: nothing changes.',
    own: 'Is it your own account? You will then have to open a new one, and prove who you are with FranceConnect or by post.',
    submit: 'Block this account',
    dead: {
      unknown: {
        title: 'This link is not complete',
        text: 'Open the message again and press “This wasn’t me”, or copy the whole address.',
      },
      expired: {
        title: 'This link or this code no longer works',
        text: 'The message is too old. The account was not blocked.',
      },
      over: {
        title: 'This account no longer exists',
        text: 'The account that this message is about was deleted, or somebody has proved since that it is in their name.',
      },
    },
    typeCode: 'Enter the code of a text message or a letter',
    call: (telephone) => `Do you think that somebody is using your name? Call ${telephone} straight away.`,
    frozenTitle: 'This account is blocked',
    frozen: [
      'Nobody can sign in to it any more, neither with a password, nor with FranceConnect, nor by email.',
      'Nothing is sent to the email address of this account any more.',
    ],
    next: 'What to do now',
    steps: (telephone) => [
      `Call ${telephone} and say that somebody has opened or changed an account in your name.`,
      'Keep an eye on your refunds and on your bank account.',
      'Were your carte Vitale or your bank details stolen? Tell your caisse and your bank.',
    ],
    again: 'Getting an account of your own',
    againWhy:
      'Prove who you are with FranceConnect, or with a code sent by post to the address that your caisse knows. The carte Vitale and the IBAN are no longer enough, nor is a code by text message or email. Somebody else may have them.',
    letter: 'Ask for a code by post',
    letterHow:
      'For this code you will first say who you are. If you are asked for your carte Vitale, choose “I do not have the serial number of my carte Vitale”.',
    mistake:
      'Was it your account, and was it blocked by mistake? Do the same: a new account will replace it.',
  },
  plain: {
    fr: {
      lead: 'Vous avez reçu un SMS ou un courrier. Il parle d’un compte à votre nom. Ce n’est pas vous ? Recopiez le code de ce message. Le compte sera bloqué.',
      codeHint: '12 lettres et chiffres. Les espaces et les majuscules ne comptent pas.',
      codeProblem: 'Le code a 12 lettres et chiffres. Recopiez-le encore',
      codeUnknown: 'Ce code ne fonctionne pas. Recopiez-le encore.',
      noCode: (telephone) =>
        `Vous n’avez plus le message ? Téléphonez au ${telephone}. Votre caisse peut bloquer le compte.`,
      notYou: 'Ce n’était pas vous ? Bloquez ce compte. Plus personne ne pourra y entrer.',
      you: 'C’était vous ? Fermez cette page. Rien ne change.',
      own: 'C’est votre compte ? Vous devrez prouver qui vous êtes. Il faudra FranceConnect ou un courrier.',
      dead: {
        unknown: { text: 'Ouvrez à nouveau le message. Appuyez sur « Ce n’est pas moi ».' },
        over: { text: 'Ce compte a été supprimé, ou quelqu’un a prouvé qu’il est à lui.' },
      },
      typeCode: 'Recopier le code d’un SMS ou d’un courrier',
      call: (telephone) => `Quelqu’un utilise votre nom ? Téléphonez tout de suite au ${telephone}.`,
      frozen: ['Plus personne ne peut y entrer.', 'Nous n’écrivons plus à l’adresse email de ce compte.'],
      steps: (telephone) => [
        `Téléphonez au ${telephone}. Dites que quelqu’un a utilisé votre nom.`,
        'Regardez vos remboursements et votre compte bancaire.',
        'On vous a volé votre carte Vitale ou votre RIB ? Dites-le à votre caisse et à votre banque.',
      ],
      again: 'Ayez un compte à vous',
      againWhy:
        'Prouvez qui vous êtes avec FranceConnect, ou avec un code reçu par courrier. La carte Vitale et le RIB ne suffisent plus. Quelqu’un d’autre peut les avoir.',
      letter: 'Demander un code par courrier',
      letterHow:
        'Vous direz d’abord qui vous êtes. On vous demande votre RIB ou votre carte Vitale ? Choisissez « Je n’ai pas mon RIB ou ma carte Vitale ».',
      mistake: 'C’était votre compte, et c’est une erreur ? Faites de même. Un nouveau compte le remplacera.',
    },
  },
});
