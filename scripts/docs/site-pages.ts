import type { paths } from '#src/paths.ts';

/** What the map of the site says of a page; `form` null where nothing is posted. */
export interface PageAbout {
  readonly part:
    | 'Home'
    | 'Opening the account'
    | 'Confirming the address'
    | 'The account'
    | 'FranceConnect'
    | 'Everywhere'
    | 'Information';
  readonly shows: string;
  readonly opens: string;
  readonly form: string | null;
}

const everybody = 'everybody';
const dossier = 'an enrolment session; otherwise identity, waiting page or account';
const waiting = 'a session that waits for the confirmation; otherwise signing in';
const signedIn = 'being signed in; otherwise signing in';

/** Every address once: a new one does not compile until it is described here. */
export const sitePages: Readonly<Record<keyof typeof paths, PageAbout>> = {
  home: {
    part: 'Home',
    shows: 'what the account is for, what to have at hand',
    opens: everybody,
    form: null,
  },
  caisse: {
    part: 'Home',
    shows: 'choice of the caisse by postal code',
    opens: everybody,
    form: 'looks the postal code up; leads to the confirmation, or asks again',
  },
  caisseConfirm: {
    part: 'Home',
    shows: 'which caisse the postal code leads to, or which of several',
    opens: 'a postal code given before',
    form: 'keeps the caisse in a cookie',
  },
  identity: {
    part: 'Opening the account',
    shows: 'name, NIR, date of birth, postal code',
    opens: everybody,
    form: 'compares with the register; opens the dossier and its session',
  },
  proof: {
    part: 'Opening the account',
    shows: 'end of the IBAN and serial number of the carte Vitale',
    opens: dossier,
    form: 'judges both values together',
  },
  otherWays: {
    part: 'Opening the account',
    shows: 'provisional codes by the channels that the register knows, contacts of the caisse',
    opens: 'a dossier; otherwise identity, or the waiting page',
    form: 'sends a provisional code by the channel chosen',
  },
  notEligible: {
    part: 'Opening the account',
    shows: 'why enrolment is closed, as far as the person may know; one page for all under a neutral policy',
    opens: 'a dossier that is stopped; otherwise where the person stands',
    form: 'under a neutral policy, asks for a provisional code',
  },
  provisionalCode: {
    part: 'Opening the account',
    shows: 'NIR and provisional code, in any browser',
    opens: 'everybody but those who have made their proof or are signed in',
    form: 'judges the code, uses it once, opens the dossier or gives it its proof',
  },
  letterTracker: {
    part: 'Opening the account',
    shows: 'where the letter with the code stands, when it is expected',
    opens: dossier,
    form: null,
  },
  terms: {
    part: 'Opening the account',
    shows: 'the terms, step 1 of 3',
    opens: dossier,
    form: 'keeps the acceptance or the refusal',
  },
  termsText: {
    part: 'Opening the account',
    shows: 'the detailed terms',
    opens: everybody,
    form: null,
  },
  password: {
    part: 'Opening the account',
    shows: 'the password, step 2 of 3',
    opens: dossier,
    form: 'judges and hashes the password',
  },
  contact: {
    part: 'Opening the account',
    shows: 'e-mail address, telephones, consents, step 3 of 3',
    opens: dossier,
    form: 'makes the account, closes the dossier, sends the confirmation',
  },
  alreadyOpen: {
    part: 'Opening the account',
    shows: 'that an account is open already; nothing on it depends on the person',
    opens: `${everybody}; the proof leads here`,
    form: null,
  },
  waiting: {
    part: 'Confirming the address',
    shows: '«VALIDATION DE MON EMAIL»',
    opens: `${everybody} who is not signed in; without a session the NIR is asked with the code`,
    form: 'takes the code of the mail',
  },
  waitingResend: {
    part: 'Confirming the address',
    shows: 'nothing of its own: a button of the waiting page',
    opens: waiting,
    form: 'sends a fresh link and code; older ones die',
  },
  waitingAddress: {
    part: 'Confirming the address',
    shows: 'correction of a mistyped address',
    opens: waiting,
    form: 'sends a fresh link and code to the corrected address; older ones die',
  },
  link: {
    part: 'Confirming the address',
    shows: 'one button; looking at it changes nothing',
    opens: 'whoever has the link of a mail',
    form: 'confirms the address; opens no session',
  },
  linkResend: {
    part: 'Confirming the address',
    shows: 'nothing of its own: a button of a link that is dead or replaced',
    opens: 'whoever has such a link',
    form: 'sends a fresh link and code to the address on file',
  },
  confirmed: {
    part: 'Confirming the address',
    shows: 'that the address is confirmed; nothing on it depends on the person',
    opens: everybody,
    form: null,
  },
  dispute: {
    part: 'The account',
    shows: '«Ce n’est pas moi»: the code of an SMS or a letter that told of the account',
    opens: everybody,
    form: 'freezes the account; a wrong code counts as a failure of the client',
  },
  disputeLink: {
    part: 'The account',
    shows:
      '«Ce n’est pas moi» of a mail that told of the account or a change: one button, which looking does not press',
    opens: 'everybody who has the link',
    form: 'freezes the account',
  },
  frozen: {
    part: 'The account',
    shows: 'that an account is frozen, and how its person has one again; nothing on it depends on the person',
    opens: `${everybody}; the freeze and a proof that is not enough lead here`,
    form: null,
  },
  signIn: {
    part: 'The account',
    shows: 'NIR and password',
    opens: 'everybody who is not signed in',
    form: 'judges the password; opens a session of its own',
  },
  signOut: {
    part: 'The account',
    shows: 'nothing of its own: a button of the header',
    opens: everybody,
    form: 'ends the session',
  },
  forgotten: {
    part: 'The account',
    shows: 'NIR, to receive a link',
    opens: everybody,
    form: 'sends a link for a new password where there is an account; says the same otherwise',
  },
  forgottenSent: {
    part: 'The account',
    shows: 'what to do now; nothing on it depends on the person',
    opens: everybody,
    form: null,
  },
  newPassword: {
    part: 'The account',
    shows: 'the new password',
    opens: 'whoever has the link of a mail',
    form: 'stores the password, once; ends every session',
  },
  account: {
    part: 'The account',
    shows: 'own details, masked, and the last sign-ins',
    opens: signedIn,
    form: null,
  },
  accountPassword: {
    part: 'The account',
    shows: 'change of the password',
    opens: signedIn,
    form: 'with the current password: stores the new one',
  },
  accountEmail: {
    part: 'The account',
    shows: 'change of the e-mail address',
    opens: signedIn,
    form: 'with the current password: sends a link and a code to the new address',
  },
  accountEmailCode: {
    part: 'The account',
    shows: 'code sent to the new address',
    opens: signedIn,
    form: 'puts the new address in the place of the old one',
  },
  accountTelephones: {
    part: 'The account',
    shows: 'change of the telephones',
    opens: signedIn,
    form: 'with the current password: stores them',
  },
  accountDevices: {
    part: 'The account',
    shows: 'when each browser that is known last signed in',
    opens: signedIn,
    form: 'forgets them all',
  },
  accountConsents: {
    part: 'The account',
    shows: 'the consents',
    opens: signedIn,
    form: 'stores each answer that changed, with its text',
  },
  franceConnect: {
    part: 'FranceConnect',
    shows: 'nothing of its own: leads to FranceConnect',
    opens: everybody,
    form: 'the same, keeping what was typed on the identity page',
  },
  franceConnectReturn: {
    part: 'FranceConnect',
    shows: 'nothing of its own: judges what FranceConnect answered and leads on',
    opens: 'a journey begun in the same browser, within 10 minutes, once',
    form: null,
  },
  franceConnectOutcome: {
    part: 'FranceConnect',
    shows: 'why FranceConnect did not open the way, and the other ways',
    opens: 'a journey that ended without success, for 10 minutes; otherwise signing in',
    form: null,
  },
  franceConnectLink: {
    part: 'FranceConnect',
    shows: 'the question whether the account is to be linked to the FranceConnect identity just proved',
    opens: signedIn,
    form: 'links both, or forgets the proof',
  },
  franceConnectSignedOut: {
    part: 'FranceConnect',
    shows: 'that the session is over, here and at FranceConnect',
    opens: everybody,
    form: 'ends this browser’s session at FranceConnect',
  },
  accountFranceConnect: {
    part: 'The account',
    shows: 'whether the account is linked to FranceConnect',
    opens: signedIn,
    form: 'with the current password: leads to FranceConnect to link, or unlinks',
  },
  unsubscribe: {
    part: 'Everywhere',
    shows: 'the question whether reminders are to stop, or that they have',
    opens: 'the link of a reminder',
    form: 'one-click (RFC 8058), from mail providers: stops the reminders to that mailbox',
  },
  unsubscribeNow: {
    part: 'Everywhere',
    shows: 'nothing of its own: the button of the page before',
    opens: 'the link of a reminder',
    form: 'stops the reminders to that mailbox',
  },
  extendSession: {
    part: 'Everywhere',
    shows: 'nothing of its own: the button that announces the end of the session',
    opens: everybody,
    form: 'notes that the person is still there',
  },
  app: {
    part: 'Information',
    shows: 'the first page of the installed application, and how to install it',
    opens: everybody,
    form: null,
  },
  offline: {
    part: 'Information',
    shows:
      'what to do without a network: kept by the browser, shown instead of a page that cannot be reached',
    opens: everybody,
    form: null,
  },
  api: {
    part: 'Information',
    shows: 'the interface of programs: every request, field and refusal',
    opens: everybody,
    form: null,
  },
  legal: { part: 'Information', shows: 'legal notice', opens: everybody, form: null },
  accessibility: { part: 'Information', shows: 'help and accessibility', opens: everybody, form: null },
  securityAdvice: { part: 'Information', shows: 'advice on security', opens: everybody, form: null },
  personalData: { part: 'Information', shows: 'protection of personal data', opens: everybody, form: null },
};
