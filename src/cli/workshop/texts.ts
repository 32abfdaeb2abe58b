import { catalogue } from '#src/texts/language.ts';

/** What the terminal of a workshop says: to a trainer who may never have used one. */
export const workshopTerminalTexts = catalogue({
  fr: {
    opening: (urls: readonly string[]) =>
      `\n  L’atelier s’ouvre sur le réseau${urls.length > 0 ? ` : ${urls.join(', ')}` : ''}\n  Pour cet ordinateur seulement : Ctrl+C, puis npm run atelier -- --local`,
    openingHere: '\n  L’atelier s’ouvre, pour cet ordinateur seulement.',
    ready: 'L’atelier est prêt. Toutes les personnes sont inventées.',
    address: 'Pour les participants',
    pin: 'Code du formateur',
    trainer: 'Pour le formateur',
    others: 'Autres réseaux',
    othersWhy: 'si la première adresse ne s’ouvre pas',
    stop: 'Arrêter',
    stopWhy: 'Ctrl+C ; les classes sont gardées',
    scan: 'Ou visez ce carré avec l’appareil photo d’un téléphone :',
    noNetwork:
      'Cet ordinateur n’est sur aucun réseau : lui seul ouvrira l’atelier. Branchez-le au Wi-Fi, puis relancez.',
    taken: (port: number) =>
      `Le port ${port} est déjà pris, peut-être par un atelier déjà lancé. Fermez cet autre programme, ou choisissez un autre port : npm run atelier -- --port 3100`,
    absent: (host: string) =>
      `Cet ordinateur n’a pas l’adresse ${host}. Relancez sans HOST : l’atelier trouve l’adresse lui-même.`,
    forbidden: (port: number) =>
      `Le système n’autorise pas le port ${port}. Choisissez-en un autre : npm run atelier -- --port 3100`,
    running: (folder: string) =>
      `Un atelier tourne déjà dans le dossier ${folder}. Utilisez-le, ou arrêtez-le d’abord (Ctrl+C dans sa fenêtre).`,
    full: (folder: string) =>
      `Le disque est plein : rien ne peut être gardé dans ${folder}. Faites de la place, puis relancez.`,
    unwritable: (folder: string) =>
      `Ce programme n’a pas le droit d’écrire dans ${folder}. Choisissez un dossier à vous avec DATA_DIR.`,
    badPort: 'Le port est un nombre de 0 à 65535.',
    site: {
      opening: (url: string, where: string) =>
        `\n  Le site ${url} s’ouvre ; son relais le trouve à ${where}.`,
      ready: (url: string) =>
        `  Le site est prêt. Les formateurs entrent à ${url}\n  Inviter quelqu’un : atelier invite --name "…"`,
    },
  },
  en: {
    opening: (urls: readonly string[]) =>
      `\n  The workshop opens on the network${urls.length > 0 ? `: ${urls.join(', ')}` : ''}\n  For this computer alone: Ctrl+C, then npm run atelier -- --local`,
    openingHere: '\n  The workshop opens, for this computer alone.',
    ready: 'The workshop is ready. Everybody in it is invented.',
    address: 'For the learners',
    pin: 'Trainer’s code',
    trainer: 'For the trainer',
    others: 'Other networks',
    othersWhy: 'if the first address does not open',
    stop: 'Stop',
    stopWhy: 'press Ctrl+C; classes are kept',
    scan: 'Or point the camera of a telephone at this square:',
    noNetwork:
      'This computer is on no network: nobody else can open the workshop. Join the Wi-Fi, then start again.',
    taken: (port: number) =>
      `Port ${port} is taken, perhaps by a workshop started before. Close that program, or choose another port: npm run atelier -- --port 3100`,
    absent: (host: string) =>
      `This computer does not have the address ${host}. Start without HOST: the workshop finds the address itself.`,
    forbidden: (port: number) =>
      `The system does not allow port ${port}. Choose another: npm run atelier -- --port 3100`,
    running: (folder: string) =>
      `A workshop already runs in the folder ${folder}. Use it, or stop it first (Ctrl+C in its window).`,
    full: (folder: string) =>
      `The disk is full: nothing can be kept in ${folder}. Make room, then start again.`,
    unwritable: (folder: string) =>
      `This program may not write to ${folder}. Choose a folder of your own with DATA_DIR.`,
    badPort: 'The port is a number from 0 to 65535.',
    site: {
      opening: (url: string, where: string) => `\n  The site ${url} opens; its proxy finds it at ${where}.`,
      ready: (url: string) =>
        `  The site is ready. Trainers enter at ${url}\n  To invite somebody: atelier invite --name "…"`,
    },
  },
});
