/** Every address of the workshop. */
export const workshopPaths = {
  join: '/atelier',
  seat: '/atelier/poste',
  seatMails: '/atelier/poste/courriels',
  seatMail: '/atelier/poste/courriels/:id',
  seatSms: '/atelier/poste/sms',
  seatLetters: '/atelier/poste/courriers',
  seatLetter: '/atelier/poste/courriers/:id',
  seatPapers: '/atelier/poste/documents',
  trainer: '/atelier/formateur',
  classes: '/atelier/formateur/classes',
  board: '/atelier/formateur/classes/:id',
  boardData: '/atelier/formateur/classes/:id.json',
  boardLive: '/atelier/formateur/classes/:id/suite',
  projector: '/atelier/formateur/classes/:id/ecran',
} as const;
