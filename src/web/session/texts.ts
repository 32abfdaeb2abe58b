import { catalogue } from '#src/texts/language.ts';

/**
 * What pages, and the script in them, say about the end of the session and about a network that is away. The script
 * replaces `{}` by the minutes that are left.
 */
export const sessionTexts = catalogue({
  fr: {
    title: 'Fin de la session',
    ends: (time: string, last: string) =>
      `Pour votre sécurité, cette page reste ouverte jusqu’à ${time}. Chaque envoi donne du temps en plus, jusqu’à ${last} au plus tard.`,
    endsForGood: (last: string) =>
      `Pour votre sécurité, votre session se termine à ${last}. Elle ne peut plus être prolongée.`,
    soon: 'Il vous reste moins de {} minutes. Pour garder la page ouverte, appuyez sur «\u00a0Continuer ma session\u00a0», en bas de la page.',
    soonForGood: (last: string) =>
      `Il vous reste moins de {} minutes. Votre session se termine à ${last} et ne peut plus être prolongée. Envoyez cette page avant.`,
    warning: 'Votre session va bientôt se terminer.',
    left: 'Temps restant\u00a0:',
    extend: 'Continuer ma session',
    extended: (time: string) => `Votre session est prolongée jusqu’à ${time}.`,
    notExtended: 'Votre session n’est pas prolongée. Vérifiez votre réseau, puis appuyez à nouveau.',
    over: 'Votre session est terminée',
    closed: 'Pour protéger vos informations, cette page est fermée.',
    lost: 'Ce que vous avez écrit sur cette page est perdu.',
    kept: 'Ce que vous avez écrit est gardé une heure. Vous le retrouverez ici après avoir prouvé à nouveau qui vous êtes.',
    offline:
      'Vous n’avez plus de réseau. Ce que vous avez écrit est encore là. Quand le réseau est revenu, appuyez à nouveau sur le bouton.',
    goOn: { 'begin-again': 'Recommencer', 'sign-in': 'Me connecter', continue: 'Continuer' },
  },
  en: {
    title: 'End of the session',
    ends: (time: string, last: string) =>
      `For your security, this page stays open until ${time}. Each form you send gives you more time, until ${last} at the latest.`,
    endsForGood: (last: string) =>
      `For your security, your session ends at ${last}. It cannot be extended any more.`,
    soon: 'You have less than {} minutes left. To keep the page open, press “Continue my session” at the bottom of the page.',
    soonForGood: (last: string) =>
      `You have less than {} minutes left. Your session ends at ${last} and cannot be extended any more. Send this page before then.`,
    warning: 'Your session is about to end.',
    left: 'Time left:',
    extend: 'Continue my session',
    extended: (time: string) => `Your session has been extended until ${time}.`,
    notExtended: 'Your session has not been extended. Check your network, then press again.',
    over: 'Your session has ended',
    closed: 'To protect your information, this page has been closed.',
    lost: 'What you wrote on this page is lost.',
    kept: 'What you wrote is kept for one hour. You will find it here after proving again who you are.',
    offline:
      'You are offline. What you wrote is still there. When you are online again, press the button again.',
    goOn: { 'begin-again': 'Start again', 'sign-in': 'Sign in', continue: 'Continue' },
  },
  plain: {
    fr: {
      extend: 'Rester ici',
      goOn: { 'sign-in': 'Se connecter' },
      ends: (time: string, last: string) =>
        `Cette page reste ouverte jusqu’à ${time}. Chaque envoi donne du temps en plus, jusqu’à ${last} au plus tard.`,
      endsForGood: (last: string) => `Cette page se ferme à ${last}.`,
      soon: 'Il vous reste moins de {} minutes. Vous voulez rester ? Appuyez sur « Rester ici », en bas.',
      soonForGood: (last: string) => `Il vous reste moins de {} minutes. Cette page se ferme à ${last}.`,
      warning: 'Cette page va bientôt se fermer.',
      left: 'Temps qui reste :',
      extended: (time: string) => `Cette page reste ouverte jusqu’à ${time}.`,
      notExtended: 'Cela n’a pas marché. Vérifiez votre réseau, puis appuyez à nouveau.',
      lost: 'Ce que vous avez écrit ici est perdu.',
      kept: 'Nous gardons ce que vous avez écrit pendant une heure. Prouvez d’abord qui vous êtes.',
    },
    en: {
      warning: 'This page will close soon.',
    },
  },
});

/** Those that only the script says, by voice: they travel with it, once, rather than with every page. */
export const scriptTexts = Object.fromEntries(
  Object.entries(sessionTexts).map(([voice, t]) => [
    voice,
    {
      soon: t.soon,
      soonForGood: t.soonForGood('{hour}'),
      warning: t.warning,
      left: t.left,
      extended: t.extended('{hour}'),
      failed: t.notExtended,
      over: t.over,
      closed: t.closed,
      lost: t.lost,
      kept: t.kept,
      offline: t.offline,
    },
  ]),
);
