import { catalogue } from '#src/texts/language.ts';

export const deviceTexts = catalogue({
  fr: {
    title: 'Mes appareils connus',
    what: 'Un appareil connu est un navigateur où vous vous êtes déjà connecté.',
    why: [
      'Une connexion depuis un autre appareil vous est annoncée par email.',
      'Si quelqu’un fait trop d’essais avec votre numéro, la connexion est bloquée. Là où vous avez déjà utilisé votre mot de passe, vous pouvez toujours vous connecter.',
    ],
    thisOne: '(cet appareil)',
    first: (time: string) => `Première connexion : ${time}`,
    last: (time: string) => `Dernière connexion : ${time}`,
    offline: (day: string) => `Garde les pages ouvertes, à lire sans réseau, jusqu’au ${day}`,
    offlineHere: 'Lire sans réseau sur cet appareil',
    none: 'Aucun appareil n’est connu.',
    limit:
      'Un appareil est oublié après 13 mois. Tous sont oubliés quand vous changez de mot de passe. Nous gardons seulement ce qui est écrit ici.',
    unknown: (telephone: string) =>
      `Vous ne reconnaissez pas un appareil ? Changez votre mot de passe et appelez votre caisse au ${telephone}.`,
    forget: 'Oublier',
    forgetAll: 'Oublier tous les appareils',
    back: 'Retour à mon compte',
    oneTitle: 'Oublier cet appareil ?',
    allTitle: 'Oublier tous vos appareils ?',
    after:
      'Vous restez connecté. À la prochaine connexion, vous recevrez un email, comme pour un appareil nouveau.',
    signOutOthers: 'Pour déconnecter vos autres appareils, changez votre mot de passe.',
    oneYes: 'Oui, oublier cet appareil',
    allYes: 'Oui, oublier tous les appareils',
    cancel: 'Annuler',
  },
  en: {
    title: 'My known devices',
    what: 'A known device is a browser in which you have signed in before.',
    why: [
      'We email you when somebody signs in from another device.',
      'If somebody makes too many attempts with your number, signing in is blocked. Where you have used your password before, you can always sign in.',
    ],
    thisOne: '(this device)',
    first: (time: string) => `First sign-in: ${time}`,
    last: (time: string) => `Last sign-in: ${time}`,
    offline: (day: string) => `Keeps the pages opened, to be read offline, until ${day}`,
    offlineHere: 'Read offline on this device',
    none: 'No device is known.',
    limit:
      'A device is forgotten after 13 months. All are forgotten when you change your password. We keep only what is written here.',
    unknown: (telephone: string) =>
      `Is there a device that you do not recognise? Change your password and call your caisse on ${telephone}.`,
    forget: 'Forget',
    forgetAll: 'Forget all devices',
    back: 'Back to my account',
    oneTitle: 'Forget this device?',
    allTitle: 'Forget all your devices?',
    after: 'You stay signed in. At the next sign-in you will get an email, as for a new device.',
    signOutOthers: 'To sign out your other devices, change your password.',
    oneYes: 'Yes, forget this device',
    allYes: 'Yes, forget all devices',
    cancel: 'Cancel',
  },
  plain: {
    fr: {
      back: 'Retour au compte',
      title: 'Vos appareils connus',
      what: 'Ce sont les appareils où vous vous êtes connecté.',
      why: [
        'Vous vous connectez sur un autre appareil ? Nous vous envoyons un email.',
        'Quelqu’un fait trop d’essais avec votre numéro ? La connexion est bloquée. Sur vos appareils connus, vous pouvez toujours entrer.',
      ],
      limit:
        'Nous oublions un appareil après 13 mois. Nous les oublions tous si vous changez de mot de passe.',
      unknown: (telephone: string) =>
        `Un appareil n’est pas à vous ? Changez votre mot de passe. Puis téléphonez au ${telephone}.`,
      after: 'Vous restez connecté. La prochaine fois, vous recevrez un email.',
      signOutOthers: 'Vous voulez déconnecter vos autres appareils ? Changez votre mot de passe.',
      cancel: 'Retour',
    },
    en: {
      title: 'Your known devices',
      cancel: 'Back',
    },
  },
});
