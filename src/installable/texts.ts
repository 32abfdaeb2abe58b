import { catalogue } from '#src/texts/language.ts';

export const appTexts = catalogue({
  fr: {
    title: (service: string) => `Mon ${service} sur mon téléphone`,
    have: 'J’ai un compte',
    none: 'Je n’ai pas de code',
    noneHelp:
      'Pas encore de compte ? Créez-le tout de suite, avec votre carte Vitale et votre RIB. Il faut environ trois minutes. S’il vous manque l’un des deux, nous vous dirons comment faire.',
    installTitle: 'Mettre l’application sur l’écran d’accueil',
    install: [
      'Avec un iPhone ou un iPad : dans Safari, appuyez sur Partager, puis sur «\u00a0Sur l’écran d’accueil\u00a0».',
      'Avec un téléphone Android : dans le menu du navigateur, appuyez sur «\u00a0Installer l’application\u00a0» ou «\u00a0Ajouter à l’écran d’accueil\u00a0».',
      'Sur un ordinateur : appuyez sur le signe d’installation, au bout de la barre d’adresse.',
    ],
    installed:
      'L’application, c’est ce site : rien d’autre n’est installé, et aucune information sur vous n’est gardée dans l’appareil, sauf si vous le demandez dans votre compte.',
    offlineTitle: 'Vous n’avez plus de réseau',
    offline: 'Cette page ne peut pas s’ouvrir sans Internet. Ce que vous avez déjà validé est gardé.',
    offlineSteps: [
      'Vérifiez que le mode avion est éteint.',
      'Rapprochez-vous d’une fenêtre, ou changez de réseau Wi-Fi.',
      'Quand le réseau est revenu, appuyez sur le bouton.',
    ],
    reopen: 'Rouvrir cette page',
    retry: 'Réessayer depuis le début',
    notKeptTitle: 'Cette page n’est pas gardée',
    notKept:
      'Vous n’avez plus de réseau. Cet appareil garde seulement les pages que vous avez déjà ouvertes. Quand le réseau est revenu, appuyez sur le bouton.',
    keptTitle: 'Lire sans réseau',
    kept: 'Ces pages s’ouvrent si vous les avez déjà vues :',
    keptAccount: 'Mon compte',
    keptPayments: 'Mes paiements',
    keptDocuments: 'Mes documents',
    keptMessages: 'Mon espace d’échanges',
    call: (telephone: string) => `Vous pouvez aussi téléphoner au ${telephone}.`,
  },
  en: {
    title: (service: string) => `My ${service} on my phone`,
    have: 'I have an account',
    none: 'I do not have a code',
    noneHelp:
      'No account yet? Create it right now, with your carte Vitale and your bank details (RIB). It takes about three minutes. If you lack one of them, we will tell you what to do.',
    installTitle: 'Put the application on the home screen',
    install: [
      'On an iPhone or iPad: in Safari, tap Share, then “Add to Home Screen”.',
      'On an Android phone: in the browser’s menu, tap “Install app” or “Add to home screen”.',
      'On a computer: click the installation sign at the end of the address bar.',
    ],
    installed:
      'The application is this site: nothing else is installed, and nothing about you is kept on the device unless you ask for it in your account.',
    offlineTitle: 'You are offline',
    offline: 'This page cannot be opened without the Internet. What you have already completed is kept.',
    offlineSteps: [
      'Check that airplane mode is off.',
      'Move closer to a window, or change to another Wi-Fi network.',
      'When you are online again, press the button.',
    ],
    reopen: 'Open this page again',
    retry: 'Try again from the beginning',
    notKeptTitle: 'This page is not kept',
    notKept:
      'You are offline. This device only keeps the pages that you have already opened. When you are online again, press the button.',
    keptTitle: 'Read offline',
    kept: 'These pages open if you have seen them before:',
    keptAccount: 'My account',
    keptPayments: 'My payments',
    keptDocuments: 'My documents',
    keptMessages: 'My messages',
    call: (telephone: string) => `You can also call ${telephone}.`,
  },
  plain: {
    fr: {
      title: (service: string) => `Votre ${service} sur votre téléphone`,
      have: 'J’ai un compte',
      none: 'Créer un compte',
      noneHelp:
        'Pas encore de compte ? Prenez votre carte Vitale et votre RIB. Il faut environ 3 minutes. Il vous manque quelque chose ? Nous vous dirons comment faire.',
      installTitle: 'Mettez l’application sur votre écran',
      install: [
        'Avec un iPhone ou un iPad : dans Safari, appuyez sur Partager. Puis appuyez sur « Sur l’écran d’accueil ».',
        'Avec un téléphone Android : ouvrez le menu du navigateur. Puis appuyez sur « Ajouter à l’écran d’accueil ».',
        'Sur un ordinateur : appuyez sur le signe au bout de la barre d’adresse.',
      ],
      installed:
        'L’application est ce site. Elle ne garde aucune information dans votre appareil, sauf si vous le demandez.',
      offline: 'Il faut Internet pour ouvrir cette page. Rien n’est perdu.',
      offlineSteps: [
        'Le mode avion est-il éteint ?',
        'Allez près d’une fenêtre, ou changez de Wi-Fi.',
        'Le réseau est revenu ? Appuyez sur le bouton.',
      ],
    },
    en: {
      title: (service: string) => `Your ${service} on your telephone`,
      none: 'Create an account',
    },
  },
});
