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
  seatPapers: '/atelier/poste/documents',
  /** Shown under the address that was asked for, while a class opens. */
  opening: '/atelier/ouverture',
  trainer: '/atelier/formateur',
  classes: '/atelier/formateur/classes',
  board: '/atelier/formateur/classes/:id',
  boardData: '/atelier/formateur/classes/:id.json',
  boardLive: '/atelier/formateur/classes/:id/suite',
  boardSeat: '/atelier/formateur/classes/:id/places/:place',
  boardClock: '/atelier/formateur/classes/:id/horloge',
  boardEnd: '/atelier/formateur/classes/:id/terminer',
  boardErase: '/atelier/formateur/classes/:id/effacer',
  projector: '/atelier/formateur/classes/:id/ecran',
} as const;
