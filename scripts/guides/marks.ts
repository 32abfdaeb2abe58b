import { paths } from '#src/paths.ts';

/** The button that sends the form. */
export const next = 'main form button[type=submit].govuk-button';

export type Marks = readonly (readonly [name: string, target: string])[];

/**
 * The pages that a guide pictures, and what is numbered on each, in the order of the text: a name, and where it is. What
 * a page does not have, because another policy lays it out, gets no number.
 */
export const marks = {
  home: [['create', `main a[href="${paths.identity}"]`]],
  identity: [
    ['name', '[name=nom]'],
    ['nir', '[name=nir]'],
    ['birth', '.govuk-date-input:has([name=dateNaissance-jour])'],
    ['postal', 'form [name=codePostal]'],
    ['next', next],
  ],
  franceconnect: [['press', '.fr-connect']],
  proof: [
    ['iban', '[name=iban7]'],
    ['serial', '[name=numeroSerie]:not([type=hidden])'],
    ['next', next],
  ],
  card: [
    ['serial', '[name=numeroSerie]'],
    ['next', next],
  ],
  'no-serial': [['press', `main a[href="${paths.otherWays}"]`]],
  'other-ways': [
    ['channel', '[name=canal]:checked'],
    ['next', next],
  ],
  code: [
    ['name', 'main form [name=nom]'],
    ['nir', 'main form [name=nir]'],
    ['birth', '.govuk-date-input:has([name=dateNaissance-jour])'],
    ['code', '[name=code]'],
    ['next', next],
  ],
  terms: [
    ['yes', '[name=accord][value=oui]'],
    ['next', next],
  ],
  password: [
    ['password', '[name=motDePasse]'],
    ['again', '[name=confirmation]'],
    ['next', next],
  ],
  contact: [
    ['email', '[name=email]'],
    ['again', '[name=emailConfirmation]'],
    ['promo', '[name=promoEmail]:checked'],
    ['mobile', '[name=portable]'],
    ['landline', '[name=fixe]'],
    ['next', next],
  ],
  telephones: [
    ['mobile', '[name=portable]'],
    ['landline', '[name=fixe]'],
    ['next', next],
  ],
  waiting: [
    ['code', '[name=code]'],
    ['again', `form[action="${paths.waitingResend}"] button`],
    ['correct', `main a[href="${paths.waitingAddress}"]`],
  ],
  mail: [['press', 'main a']],
  link: [['press', 'main form button[type=submit]']],
  confirmed: [['signIn', `main a[href="${paths.signIn}"]`]],
  'sign-in': [
    ['nir', 'main form [name=nir]'],
    ['password', '[name=motDePasse]'],
    ['next', next],
  ],
  account: [['leave', `main form[action="${paths.signOut}"] button`]],
  'identity-refused': [['check', '.govuk-error-summary']],
  'proof-refused': [['check', '.govuk-error-summary']],
  'link-dead': [['again', 'main form button[type=submit]']],
} satisfies Readonly<Record<string, Marks>>;

export type Pictured = keyof typeof marks;
