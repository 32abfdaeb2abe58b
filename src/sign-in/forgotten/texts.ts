import { catalogue } from '#src/texts/language.ts';

interface Texts {
  readonly title: string;
  readonly lead: string;
  readonly email: string;
  readonly emailHint: string;
  readonly emailOptional: string;
  readonly submit: string;
  readonly back: string;
  readonly sentTitle: string;
  readonly sent: string;
  readonly notReceived: string;
  readonly advice: readonly string[];
  readonly call: (telephone: string) => string;
  readonly newTitle: string;
  readonly save: string;
  readonly dead: Readonly<
    Record<'unknown' | 'used' | 'superseded' | 'expired', { readonly title: string; readonly text: string }>
  >;
  readonly again: string;
  readonly signIn: string;
}

export const forgottenTexts = catalogue<Texts>({
  fr: {
    title: 'Mot de passe oublié',
    lead: 'Indiquez votre numéro de sécurité sociale. Nous enverrons à l’adresse email de votre compte un lien pour choisir un nouveau mot de passe.',
    email: 'Adresse email de mon compte (facultatif)',
    emailHint:
      'Si vous l’écrivez, le message part même si quelqu’un d’autre a fait trop de demandes avec votre numéro.',
    emailOptional: 'Vous pouvez aussi effacer cette adresse et continuer sans elle',
    submit: 'RECEVOIR LE MESSAGE',
    back: 'Retour à la connexion',
    sentTitle: 'Consultez votre messagerie',
    sent: 'Si un compte existe avec ce numéro, nous venons d’envoyer un message à l’adresse email de ce compte. Le lien du message fonctionne 30 minutes.',
    notReceived: 'Vous n’avez rien reçu ?',
    advice: [
      'Nous envoyons au plus 3 messages par jour pour un même numéro. Pour en recevoir un autre, recommencez et écrivez aussi l’adresse email de votre compte.',
    ],
    call: (telephone) => `Vous n’avez plus accès à cette adresse ? Appelez votre caisse au ${telephone}.`,
    newTitle: 'Je choisis un nouveau mot de passe',
    save: 'ENREGISTRER',
    dead: {
      unknown: {
        title: 'Ce lien ne fonctionne pas',
        text: 'Le lien est incomplet ou n’existe plus. Ouvrez-le à nouveau depuis le message le plus récent, ou demandez un nouveau message.',
      },
      used: {
        title: 'Ce lien a déjà servi',
        text: 'Un nouveau mot de passe a été choisi avec ce lien. Connectez-vous avec ce mot de passe, ou demandez un nouveau message.',
      },
      superseded: {
        title: 'Ce lien est remplacé',
        text: 'Un message plus récent a été envoyé, ou votre compte a changé depuis. Utilisez le message le plus récent, ou demandez-en un nouveau.',
      },
      expired: {
        title: 'Ce lien n’est plus valable',
        text: 'Le lien était valable 30 minutes. Demandez un nouveau message.',
      },
    },
    again: 'Demander un nouveau message',
    signIn: 'Me connecter',
  },
  en: {
    title: 'Forgotten password',
    lead: 'Give your social security number. We will send a link to the email address of your account, to choose a new password.',
    email: 'Email address of my account (optional)',
    emailHint:
      'If you give it, the message is sent even if somebody else has asked too often with your number.',
    emailOptional: 'You can also clear this address and go on without it',
    submit: 'GET THE MESSAGE',
    back: 'Back to sign-in',
    sentTitle: 'Check your email',
    sent: 'If an account exists with this number, we have just sent a message to the email address of that account. The link works for 30 minutes.',
    notReceived: 'You have not received anything?',
    advice: [
      'We send at most 3 messages a day for one number. To receive another one, start again and also enter the email address of your account.',
    ],
    call: (telephone) => `You no longer have access to that address? Call your caisse on ${telephone}.`,
    newTitle: 'Choose a new password',
    save: 'SAVE',
    dead: {
      unknown: {
        title: 'This link does not work',
        text: 'The link is incomplete or no longer exists. Open it again from the most recent message, or ask for a new message.',
      },
      used: {
        title: 'This link has already been used',
        text: 'A new password was chosen with this link. Sign in with that password, or ask for a new message.',
      },
      superseded: {
        title: 'This link has been replaced',
        text: 'A more recent message was sent, or your account has changed since. Use the most recent message, or ask for a new one.',
      },
      expired: {
        title: 'This link is no longer valid',
        text: 'The link was valid for 30 minutes. Ask for a new message.',
      },
    },
    again: 'Ask for a new message',
    signIn: 'Sign in',
  },
  plain: {
    fr: {
      signIn: 'Se connecter',
      title: 'Vous avez oublié votre mot de passe',
      lead: 'Écrivez votre numéro de sécurité sociale. Nous vous enverrons un email. Vous choisirez un nouveau mot de passe.',
      email: 'L’adresse email de votre compte (facultatif)',
      emailHint: 'Quelqu’un a fait trop d’essais avec votre numéro ? Écrivez votre adresse.',
      submit: 'Recevoir l’email',
      sentTitle: 'Ouvrez votre messagerie',
      sent: 'Si vous avez un compte, nous venons de vous écrire. Appuyez sur le bouton de l’email. Il fonctionne 30 minutes.',
      advice: [
        'Nous envoyons 3 emails par jour au plus. Pour un de plus, recommencez. Écrivez aussi votre adresse email.',
      ],
      call: (telephone) => `Vous n’avez plus cette adresse ? Téléphonez à votre caisse au ${telephone}.`,
      newTitle: 'Choisissez un nouveau mot de passe',
      save: 'Enregistrer',
      dead: {
        unknown: { text: 'Il est incomplet. Ouvrez l’email le plus récent, ou demandez un nouvel email.' },
        used: {
          text: 'Vous avez déjà choisi un mot de passe. Connectez-vous, ou demandez un nouvel email.',
        },
        superseded: {
          title: 'Ce lien ne fonctionne plus',
          text: 'Vous avez reçu un email plus récent, ou votre compte a changé. Ouvrez l’email le plus récent.',
        },
        expired: {
          title: 'Ce lien est trop ancien',
          text: 'Il fonctionnait 30 minutes. Demandez un nouvel email.',
        },
      },
      again: 'Demander un nouvel email',
    },
    en: {
      title: 'You forgot your password',
      lead: 'Write your social security number. We will send you an email. You will choose a new password.',
      email: 'The email address of your account (optional)',
      submit: 'Receive the email',
      sentTitle: 'Open your mailbox',
      newTitle: 'Choose a new password',
      save: 'Save',
    },
  },
});
