import { paths } from '#src/paths.ts';
import type { SheetPage } from '#src/workshop/papers/steps/pages.ts';
import { workshopPaths } from '#src/workshop/paths.ts';
import { type Marks, marks, next } from './marks.ts';

/** What step sheets speak of on each page of a class: as in guides, and on the pages that only a class has. */
export const classMarks: Readonly<Record<SheetPage, Marks>> = {
  ...marks,
  provider: [
    ['identifier', '#identifiant'],
    ['password', '#motDePasse'],
    ['next', 'form button.primary'],
  ],
  'provider-consent': [['next', 'form button']],
  desk: [['begin', 'main a.govuk-button']],
  'desk-mails': [['mails', `main a[href="${workshopPaths.seatMails}"]`]],
  'desk-sms': [['sms', `main a[href="${workshopPaths.seatSms}"]`]],
  'desk-letters': [['letters', `main a[href="${workshopPaths.seatLetters}"]`]],
  mails: [
    ['mail', '.message-list a'],
    ['look', `main a.govuk-button[href="${workshopPaths.seatMails}"]`],
    ['spam', `main a[href="${workshopPaths.seatSpam}"]`],
  ],
  mail: [['press', 'main a.govuk-button']],
  spam: [['mail', '.message-list a']],
  'spam-mail': [['back', 'main form:has([name=dossier]) button']],
  sms: [
    ['code', '.bubble'],
    ['look', `main a.govuk-button[href="${workshopPaths.seatSms}"]`],
  ],
  letters: [['open', '.tile a.govuk-button']],
  'forgotten-link': [['press', `main a[href="${paths.forgotten}"]`]],
  forgotten: [
    ['nir', 'main form [name=nir]'],
    ['email', 'main form [name=email]'],
    ['next', next],
  ],
  'new-password': [
    ['password', '[name=motDePasse]'],
    ['again', '[name=confirmation]'],
    ['next', next],
  ],
  'account-payments': [['press', `main h3 a[href="${paths.accountPayments}"]`]],
  'account-attestation': [['press', `main h3 a[href="${paths.accountAttestation}"]`]],
  'account-messages': [['press', `main h3 a[href="${paths.messages}"]`]],
  payments: [['payment', `main a[href^="${paths.accountPayments}/"]`]],
  payment: [['read', 'main h1']],
  attestation: [['next', next]],
  messages: [['write', `main a[href^="${paths.messageWrite}"]`]],
  'message-write': [
    ['text', 'main form textarea'],
    ['next', 'main form button.govuk-button:not(.govuk-button--secondary)'],
  ],
};

/** Marks on what differs from one person or day to the next: no label is recorded of them. */
export const ofOnePerson: Readonly<Partial<Record<SheetPage, readonly string[]>>> = {
  'other-ways': ['channel'],
  mails: ['mail'],
  spam: ['mail'],
  sms: ['code'],
  letters: ['open'],
  payments: ['payment'],
  payment: ['read'],
};
