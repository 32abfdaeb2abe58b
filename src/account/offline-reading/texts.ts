import { catalogue } from '#src/texts/language.ts';

export const offlineTexts = catalogue({
  fr: {
    title: 'Lire sans réseau sur cet appareil',
    lead: 'Cet appareil peut garder les pages de votre compte que vous ouvrez. Vous pourrez alors les relire sans Internet. Rien n’est gardé tant que vous ne le demandez pas.',
    chosen: (day: string) => `Cet appareil garde les pages que vous ouvrez, jusqu’au ${day}.`,
    count: 'Pages gardées :',
    full: 'Cet appareil est plein. Les dernières pages n’ont pas été gardées.',
    warning:
      'Qui ouvre cet appareil pourra lire ces pages, sans votre mot de passe. Ne le demandez pas sur l’appareil d’un aidant ou d’un ami, ni dans un lieu public.',
    noScript:
      'Dans ce navigateur, JavaScript est coupé : rien ne peut être gardé. Votre compte fonctionne comme d’habitude.',
    unable: 'Ce navigateur ne sait pas garder de page. Votre compte fonctionne comme d’habitude.',
    unknownDevice:
      'Rien n’est gardé : cet appareil n’est plus un appareil connu. Déconnectez-vous, connectez-vous à nouveau, puis recommencez.',
    keptTitle: 'Ce qui est gardé',
    kept: [
      'L’accueil de votre compte, vos paiements, la liste de vos documents et vos messages.',
      'Seulement les pages que vous ouvrez après votre choix, telles que vous les avez vues.',
      'Sur cet appareil seulement.',
    ],
    neverTitle: 'Ce qui n’est jamais gardé ici',
    never: [
      'Votre mot de passe, votre RIB, les pages où l’on écrit ou change quelque chose.',
      'Les fichiers. Ceux que vous enregistrez restent dans les téléchargements. C’est à vous de les effacer.',
    ],
    erasedTitle: 'Quand tout s’efface',
    erased: (days: number) => [
      `Après ${days} jours. Vous pourrez choisir à nouveau.`,
      'Dès que vous vous déconnectez, ou appuyez sur « Tout effacer de cet appareil ».',
      'Dès qu’une autre personne se connecte ici.',
      'Quand vous changez de mot de passe ailleurs : à la prochaine visite de cet appareil.',
      'Quand vous oubliez cet appareil dans « Mes appareils connus ».',
    ],
    keep: 'C’est mon appareil : garder les pages',
    erase: 'Tout effacer de cet appareil',
  },
  en: {
    title: 'Read offline on this device',
    lead: 'This device can keep the pages of your account that you open. You can then read them again without the Internet. Nothing is kept unless you ask for it.',
    chosen: (day: string) => `This device keeps the pages that you open, until ${day}.`,
    count: 'Pages kept:',
    full: 'This device is full. The latest pages were not kept.',
    warning:
      'Anyone who opens this device will be able to read these pages without your password. Do not ask for this on the device of a helper or a friend, nor in a public place.',
    noScript: 'JavaScript is switched off in this browser: nothing can be kept. Your account works as usual.',
    unable: 'This browser cannot keep pages. Your account works as usual.',
    unknownDevice:
      'Nothing is kept: this device is no longer a known device. Sign out, sign in again, then try once more.',
    keptTitle: 'What is kept',
    kept: [
      'The first page of your account, your payments, the list of your documents and your messages.',
      'Only the pages that you open after your choice, as you have seen them.',
      'On this device only.',
    ],
    neverTitle: 'What is never kept here',
    never: [
      'Your password, your bank details, the pages where something is written or changed.',
      'Files. Those that you save are in the downloads of the device: it is for you to delete them.',
    ],
    erasedTitle: 'When everything is erased',
    erased: (days: number) => [
      `After ${days} days. You can then choose again.`,
      'As soon as you sign out, or press “Erase everything from this device”.',
      'As soon as somebody else signs in here.',
      'When you change your password elsewhere: the next time this device reaches the site.',
      'When you forget this device among “My known devices”.',
    ],
    keep: 'This is my device: keep the pages',
    erase: 'Erase everything from this device',
  },
  plain: {
    fr: {
      title: 'Lire sans Internet sur cet appareil',
      lead: 'Vous voulez relire vos pages sans Internet ? Cet appareil peut garder les pages que vous ouvrez. Il ne garde rien si vous ne le demandez pas.',
      warning:
        'Quelqu’un d’autre utilise cet appareil ? Il pourra lire ces pages sans votre mot de passe. Ne le demandez pas sur l’appareil de quelqu’un d’autre.',
      keep: 'Garder les pages sur cet appareil',
    },
    en: {},
  },
});
