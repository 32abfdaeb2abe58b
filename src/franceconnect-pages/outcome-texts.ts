import type { Purpose, Reason } from '#src/franceconnect/outcome.ts';
import { catalogue } from '#src/texts/language.ts';

interface OutcomeText {
  readonly title: string;
  readonly texts: readonly string[];
}

interface Texts {
  readonly reasons: Readonly<Record<Exclude<Reason, 'blocked'>, OutcomeText>>;
  readonly blocked: (until: string) => OutcomeText;
  /** Of somebody who wanted to link their account. */
  readonly otherOwner: OutcomeText;
  readonly ways: string;
  readonly kept: string;
  readonly card: string;
  /** To the same page, where the number will tell people of the same name apart. */
  readonly number: string;
  readonly create: string;
  /** With FranceConnect, for somebody whom it has just identified. */
  readonly createThere: string;
  readonly resume: string;
  readonly otherWays: string;
  readonly code: string;
  readonly signIn: Readonly<Record<'password' | 'again', string>>;
  readonly account: string;
  readonly retry: string;
  readonly caisse: (telephone: string) => string;
  readonly home: string;
}

export const outcomeTexts = catalogue<Texts>({
  fr: {
    reasons: {
      cancelled: {
        title: 'L’identification avec FranceConnect n’a pas abouti',
        texts: [
          'Vous avez quitté FranceConnect, ou FranceConnect n’a pas pu vous identifier. Rien n’a été enregistré.',
        ],
      },
      'not-recognised': {
        title: 'FranceConnect n’a pas pu vous identifier avec certitude',
        texts: [
          'FranceConnect compare votre identité avec l’état civil. Parfois, il ne trouve pas une personne, il en trouve deux du même nom, ou une information manque.',
          'Vous pouvez réessayer avec un autre compte (impôts, La Poste…), ou choisir un autre moyen ci-dessous.',
        ],
      },
      technical: {
        title: 'FranceConnect ne fonctionne pas pour le moment',
        texts: [
          'Un problème technique empêche d’utiliser FranceConnect. Rien n’a été enregistré.',
          'Réessayez dans quelques minutes, ou choisissez un autre moyen ci-dessous.',
        ],
      },
      expired: {
        title: 'Votre identification FranceConnect ne sert plus',
        texts: [
          'Elle date de plus de 10 minutes, elle a déjà servi, ou elle a commencé dans un autre navigateur.',
          'Vous avez déjà continué dans une autre page de ce site ? Revenez-y. Sinon, réessayez avec FranceConnect, ou choisissez un autre moyen ci-dessous.',
        ],
      },
      'no-account': {
        title: 'Vous n’avez pas encore de compte',
        texts: [
          'FranceConnect vous a identifié, mais aucun compte n’est ouvert à votre nom. Rien n’a été enregistré.',
          'Voulez-vous créer votre compte maintenant ? FranceConnect prouve déjà qui vous êtes.',
        ],
      },
      'no-match': {
        title: 'Nous ne vous trouvons pas parmi les assurés',
        texts: [
          'FranceConnect nous a transmis votre identité. Mais nous ne connaissons aucun assuré avec ce nom de naissance, ces prénoms, cette date et ce lieu de naissance.',
          'Votre caisse peut vérifier comment votre nom et votre date de naissance sont écrits dans votre dossier. Vous pouvez aussi choisir un autre moyen ci-dessous.',
        ],
      },
      several: {
        title: 'Plusieurs assurés ont la même identité que vous',
        texts: [
          'Ils portent le même nom et les mêmes prénoms, et sont nés le même jour. Pour ne pas ouvrir le compte de quelqu’un d’autre, nous ne choisissons pas.',
          'Saisissez d’abord votre numéro de sécurité sociale sur la page de création. Puis, sur cette même page, choisissez FranceConnect : votre numéro dira qui vous êtes. Si cela ne suffit pas, votre caisse vous aidera.',
        ],
      },
      deceased: {
        title: 'Ce dossier est fermé',
        texts: [
          'D’après nos informations, la personne de ce dossier est décédée. Aucun compte ne peut être ouvert à son nom.',
          'Si c’est une erreur, appelez votre caisse sans attendre.',
        ],
      },
      'other-person': {
        title: 'FranceConnect a identifié une autre personne',
        texts: [
          'FranceConnect a reconnu une autre personne que celle dont vous avez saisi le numéro.',
          'Vérifiez votre numéro. Si vous aidez quelqu’un, c’est cette personne qui doit s’identifier avec FranceConnect.',
        ],
      },
      'subject-changed': {
        title: 'Votre compte est lié à une autre identité',
        texts: [
          'Cela arrive quand l’état civil d’une personne a été corrigé.',
          'Connectez-vous avec votre numéro de sécurité sociale et votre mot de passe. Nous vous proposerons ensuite de lier votre compte à votre identité d’aujourd’hui. Vous avez 10 minutes.',
        ],
      },
      'not-linked': {
        title: 'Votre compte n’est pas encore lié à FranceConnect',
        texts: [
          'Vous avez déjà un compte, qui s’ouvre avec un mot de passe.',
          'Connectez-vous une fois avec votre numéro de sécurité sociale et votre mot de passe. Nous vous proposerons ensuite de lier votre compte. Vous avez 10 minutes.',
        ],
      },
      disabled: {
        title: 'Votre compte est désactivé',
        texts: ['On ne peut plus s’y connecter, même avec FranceConnect. Votre caisse vous dira pourquoi.'],
      },
      'linked-elsewhere': {
        title: 'Identité déjà liée à un autre compte',
        texts: ['Une identité FranceConnect ne peut ouvrir qu’un seul compte. Rien n’a été changé.'],
      },
      'session-over': {
        title: 'Votre session est terminée',
        texts: ['Votre compte n’a pas été lié. Connectez-vous à nouveau, puis recommencez.'],
      },
      'signed-out': {
        title: 'Vous êtes déconnecté de FranceConnect',
        texts: ['Depuis cet appareil, il faudra s’identifier à nouveau pour entrer ici avec FranceConnect.'],
      },
      'signed-out-here-only': {
        title: 'Vous êtes déconnecté de ce site seulement',
        texts: [
          'FranceConnect ne répond pas : votre session y est peut-être encore ouverte. Sur un ordinateur partagé, fermez toutes les fenêtres du navigateur avant de partir.',
        ],
      },
    },
    blocked: (until) => ({
      title: 'Trop d’essais',
      texts: [
        `Pour protéger les données de chacun, les essais sont suspendus. Vous pourrez réessayer ${until}.`,
      ],
    }),
    otherOwner: {
      title: 'FranceConnect a identifié une autre personne',
      texts: [
        'L’identité transmise par FranceConnect n’est pas celle du titulaire de ce compte. Rien n’a été changé.',
      ],
    },
    ways: 'Ce que vous pouvez faire',
    kept: 'Ce que vous avez saisi est gardé.',
    card: 'Continuer avec ma carte Vitale',
    number: 'Saisir mon numéro de sécurité sociale',
    create: 'Première visite ? Créer un compte',
    createThere: 'Créer mon compte avec FranceConnect',
    resume: 'Reprendre où j’en étais',
    otherWays: 'Voir les autres moyens',
    code: 'J’ai un code provisoire',
    signIn: { password: 'Me connecter avec mon mot de passe', again: 'Me connecter' },
    account: 'Retour à mon compte',
    retry: 'Réessayer avec FranceConnect',
    caisse: (telephone) => `Votre caisse peut vous aider : appelez le ${telephone}.`,
    home: 'Retour à l’accueil',
  },
  en: {
    reasons: {
      cancelled: {
        title: 'Signing in with FranceConnect was not completed',
        texts: ['You left FranceConnect, or FranceConnect could not identify you. Nothing was saved.'],
      },
      'not-recognised': {
        title: 'FranceConnect could not identify you for certain',
        texts: [
          'FranceConnect compares your identity with the civil register. Sometimes it does not find a person, finds two with the same name, or lacks a piece of information.',
          'You can try again with another account (tax, La Poste…), or choose another way below.',
        ],
      },
      technical: {
        title: 'FranceConnect is not working at the moment',
        texts: [
          'Because of a technical problem, FranceConnect cannot be used. Nothing was saved.',
          'Try again in a few minutes, or choose another way below.',
        ],
      },
      expired: {
        title: 'Your FranceConnect identification no longer works',
        texts: [
          'It is more than 10 minutes old, was used already, or began in another browser.',
          'Have you already continued in another page of this site? Go back to it. Otherwise, try again with FranceConnect, or choose another way below.',
        ],
      },
      'no-account': {
        title: 'You do not have an account yet',
        texts: [
          'FranceConnect has identified you, but no account is open in your name. Nothing has been recorded.',
          'Do you want to create your account now? FranceConnect already proves who you are.',
        ],
      },
      'no-match': {
        title: 'We cannot find you among the people insured',
        texts: [
          'FranceConnect sent us your identity. But we know nobody with this birth name, these given names, this date and place of birth.',
          'Your caisse can check how your name and your date of birth are written in your file. You can also choose another way below.',
        ],
      },
      several: {
        title: 'Several people have the same identity as you',
        texts: [
          'They have the same name and given names, and were born on the same day. We do not choose between them, so as not to open somebody else’s account.',
          'First enter your social security number on the page where accounts are created. Then choose FranceConnect on that page: your number will tell who you are. If that is not enough, your caisse will help you.',
        ],
      },
      deceased: {
        title: 'This file is closed',
        texts: [
          'According to our information, the person of this file has died. No account can be opened in their name.',
          'If this is a mistake, call your caisse straight away.',
        ],
      },
      'other-person': {
        title: 'FranceConnect identified another person',
        texts: [
          'FranceConnect has recognised another person than the one whose number you entered.',
          'Check your number. If you are helping somebody, they are the one who must sign in with FranceConnect.',
        ],
      },
      'subject-changed': {
        title: 'Your account is linked to another identity',
        texts: [
          'This happens when somebody’s civil status has been corrected.',
          'Sign in with your social security number and your password. We will then offer to link your account to your identity of today. You have 10 minutes.',
        ],
      },
      'not-linked': {
        title: 'Your account is not linked to FranceConnect yet',
        texts: [
          'You already have an account, which opens with a password.',
          'Sign in once with your social security number and your password. We will then offer to link your account. You have 10 minutes.',
        ],
      },
      disabled: {
        title: 'Your account is disabled',
        texts: [
          'Nobody can sign in to it any more, not even with FranceConnect. Your caisse will tell you why.',
        ],
      },
      'linked-elsewhere': {
        title: 'Identity already linked to another account',
        texts: ['A FranceConnect identity can open one account only. Nothing was changed.'],
      },
      'session-over': {
        title: 'Your session has ended',
        texts: ['Your account was not linked. Sign in again, then start over.'],
      },
      'signed-out': {
        title: 'You are signed out of FranceConnect',
        texts: ['On this device, it will be necessary to sign in again to come in here with FranceConnect.'],
      },
      'signed-out-here-only': {
        title: 'You are signed out of this site only',
        texts: [
          'FranceConnect does not answer: your session there may still be open. On a shared computer, close all windows of the browser before you leave.',
        ],
      },
    },
    blocked: (until) => ({
      title: 'Too many attempts',
      texts: [`To protect everybody’s data, attempts are suspended. You can try again ${until}.`],
    }),
    otherOwner: {
      title: 'FranceConnect identified another person',
      texts: [
        'The identity sent by FranceConnect is not that of the owner of this account. Nothing was changed.',
      ],
    },
    ways: 'What you can do',
    kept: 'What you entered is kept.',
    card: 'Continue with my carte Vitale',
    number: 'Enter my social security number',
    create: 'First visit? Create an account',
    createThere: 'Create my account with FranceConnect',
    resume: 'Go on from where I was',
    otherWays: 'See the other ways',
    code: 'I have a provisional code',
    signIn: { password: 'Sign in with my password', again: 'Sign in' },
    account: 'Back to my account',
    retry: 'Try again with FranceConnect',
    caisse: (telephone) => `Your caisse can help you: call ${telephone}.`,
    home: 'Back to the home page',
  },
  plain: {
    fr: {
      signIn: { password: 'Se connecter avec le mot de passe', again: 'Se connecter' },
      account: 'Retour au compte',
      reasons: {
        cancelled: {
          title: 'FranceConnect n’a pas marché',
          texts: [
            'Vous avez quitté FranceConnect, ou il n’a pas pu vous reconnaître. Rien n’a été enregistré.',
          ],
        },
        'not-recognised': {
          title: 'FranceConnect n’a pas pu vous reconnaître',
          texts: [
            'FranceConnect n’est pas sûr de votre identité. Il manque peut-être une information.',
            'Réessayez avec un autre compte (impôts, La Poste…). Ou choisissez un autre moyen.',
          ],
        },
        technical: {
          texts: [
            'Il y a un problème chez FranceConnect. Rien n’a été enregistré.',
            'Réessayez dans quelques minutes. Ou choisissez un autre moyen.',
          ],
        },
        expired: {
          title: 'Recommencez avec FranceConnect',
          texts: [
            'Votre passage par FranceConnect est trop ancien. Rien n’a été enregistré.',
            'Réessayez, ou choisissez un autre moyen.',
          ],
        },
        'no-match': {
          title: 'Nous ne vous avons pas trouvé',
          texts: [
            'FranceConnect nous a dit qui vous êtes. Mais nous ne trouvons pas ce nom et cette date de naissance.',
            'Téléphonez à votre caisse. Elle vérifiera votre dossier. Ou choisissez un autre moyen.',
          ],
        },
        several: {
          title: 'D’autres personnes ont le même nom que vous',
          texts: [
            'Elles ont le même nom et la même date de naissance. Il faut être sûr que c’est vous.',
            'Écrivez d’abord votre numéro de sécurité sociale. Puis choisissez FranceConnect sur la même page.',
          ],
        },
        deceased: {
          texts: [
            'Nous avons appris que cette personne est morte. Personne ne peut ouvrir de compte à son nom.',
            'C’est une erreur ? Téléphonez tout de suite à votre caisse.',
          ],
        },
        'other-person': {
          title: 'FranceConnect a reconnu une autre personne',
          texts: [
            'Ce n’est pas la personne dont vous avez écrit le numéro.',
            'Vérifiez le numéro. Vous aidez quelqu’un ? Cette personne doit utiliser son propre FranceConnect.',
          ],
        },
        'subject-changed': {
          title: 'Votre compte est lié à une ancienne identité',
          texts: [
            'Cela arrive quand un nom a été corrigé.',
            'Connectez-vous avec votre mot de passe. Vous pourrez lier votre compte à nouveau. Vous avez 10 minutes.',
          ],
        },
        'not-linked': {
          texts: [
            'Vous avez déjà un compte. Il s’ouvre avec un mot de passe.',
            'Connectez-vous avec votre mot de passe. Vous pourrez lier votre compte à FranceConnect. Vous avez 10 minutes.',
          ],
        },
        disabled: {
          title: 'Votre compte est fermé',
          texts: ['Personne ne peut s’y connecter. Votre caisse vous dira pourquoi.'],
        },
        'linked-elsewhere': {
          title: 'FranceConnect est lié à un autre compte',
          texts: ['Avec FranceConnect, vous ne pouvez ouvrir qu’un seul compte. Rien n’a changé.'],
        },
        'signed-out': { texts: ['Sur cet appareil, personne ne peut plus entrer avec votre FranceConnect.'] },
        'signed-out-here-only': {
          texts: [
            'FranceConnect ne répond pas. Il est peut-être encore ouvert. Fermez toutes les fenêtres du navigateur.',
          ],
        },
      },
      blocked: (until) => ({
        title: 'Il y a eu trop d’essais',
        texts: [`C’est pour protéger tout le monde. Vous pourrez réessayer ${until}.`],
      }),
      otherOwner: {
        title: 'FranceConnect a reconnu une autre personne',
        texts: ['Ce compte n’est pas au nom de cette personne. Rien n’a changé.'],
      },
      kept: 'Nous gardons ce que vous avez écrit.',
      number: 'Écrire mon numéro de sécurité sociale',
      create: 'Vous n’avez pas de compte ? Créez-le',
      resume: 'Continuer',
      code: 'Recopier un code reçu',
      caisse: (telephone) => `Votre caisse peut vous aider : téléphonez au ${telephone}.`,
    },
  },
});

/** What is said of an outcome. */
export function outcomeText(
  t: Texts,
  {
    reason,
    purpose,
    until,
  }: { readonly reason: Reason; readonly purpose: Purpose; readonly until: string | null },
): OutcomeText {
  if (reason === 'blocked') return t.blocked(until ?? '');
  if (reason === 'other-person' && purpose === 'liaison') return t.otherOwner;
  return t.reasons[reason];
}
