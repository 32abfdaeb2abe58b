/** Every address of the workshop. */
export const workshopPaths = {
  join: '/atelier',
  seat: '/atelier/poste',
  seatMails: '/atelier/poste/courriels',
  seatSpam: '/atelier/poste/indesirables',
  seatMail: '/atelier/poste/courriels/:id',
  seatSms: '/atelier/poste/sms',
  seatLetters: '/atelier/poste/courriers',
  seatLetter: '/atelier/poste/courriers/:id',
  seatForged: '/atelier/poste/courrier-recu.pdf',
  seatVerdict: '/atelier/poste/vrai-ou-faux/:id',
  seatPapers: '/atelier/poste/documents',
  /** Shown under the address that was asked for, while a class opens. */
  opening: '/atelier/ouverture',
  /** Of each class, under its id. */
  franceConnect: '/atelier/franceconnect',
  trainer: '/atelier/formateur',
  /** Where the link of an invitation leads, on a permanent site. */
  invitation: '/atelier/formateur/invitation/:jeton',
  /** Where the trainers’ provider sends the browser back. */
  trainerReturn: '/atelier/formateur/retour',
  passphrase: '/atelier/formateur/mot-de-passe',
  classes: '/atelier/formateur/classes',
  board: '/atelier/formateur/classes/:id',
  boardData: '/atelier/formateur/classes/:id.json',
  boardLive: '/atelier/formateur/classes/:id/suite',
  boardSeat: '/atelier/formateur/classes/:id/places/:place',
  boardClock: '/atelier/formateur/classes/:id/horloge',
  boardEnd: '/atelier/formateur/classes/:id/terminer',
  boardIncident: '/atelier/formateur/classes/:id/incident/:incident',
  boardErase: '/atelier/formateur/classes/:id/effacer',
  boardPapers: '/atelier/formateur/classes/:id/papiers',
  boardPaper: '/atelier/formateur/classes/:id/papiers/:papier',
  boardReport: '/atelier/formateur/classes/:id/rapport',
  boardReportCsv: '/atelier/formateur/classes/:id/rapport.csv',
  template: '/atelier/formateur/modeles/:modele',
  projector: '/atelier/formateur/classes/:id/ecran',
} as const;
