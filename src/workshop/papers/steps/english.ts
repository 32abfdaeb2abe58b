import type { StepTexts } from '#src/workshop/papers/steps/text.ts';

const press = (label: string) => `Press “${label}”.`;
const choose = (label: string) => `Choose “${label}”.`;

export const english: StepTexts = {
  title: 'The steps in pictures',
  lead: 'Follow the steps in order, in front of the screen. Keep your sheet beside you.',
  numbered: (number, title) => `${number}. ${title}`,
  picture: (heading, marks) =>
    heading === '' ? `Picture of the page. ${marks}` : `Picture of the page “${heading}”. ${marks}`,
  mark: (number, label) => (label === '' ? `Mark ${number}.` : `Mark ${number}: ${label}.`),
  pages: {
    desk: {
      title: 'Your desk',
      see: 'This page says whom you play. The yellow band at the top leads back to it.',
      does: { begin: press },
    },
    home: { title: 'The first page', does: { create: press } },
    identity: {
      title: 'Say who you are',
      see: 'Everything is written on your sheet.',
      does: {
        name: 'Write the name of the person.',
        nir: 'Copy their social security number.',
        birth: 'Write their date of birth: day, month, year.',
        postal: 'Write their postcode: the five digits of the address.',
        next: press,
      },
    },
    franceconnect: { title: 'Choose FranceConnect', see: 'Fill in nothing on this page.', does: { press } },
    provider: {
      title: 'On the site of FranceConnect',
      see: 'The identifier and the password are on your sheet.',
      does: { identifier: 'Copy the identifier.', password: 'Copy the password.', next: press },
    },
    'provider-consent': {
      title: 'Say yes to FranceConnect',
      see: 'The page shows what FranceConnect will tell the service.',
      does: { next: press },
    },
    proof: {
      title: 'Show that it is you',
      does: {
        iban: 'Take the RIB. Copy the 7 characters in the frame.',
        serial: 'Take the carte Vitale, on its back. Copy the number in the frame.',
        next: press,
      },
    },
    card: {
      title: 'The carte Vitale',
      does: { serial: 'Take the carte Vitale, on its back. Copy the number in the frame.', next: press },
    },
    'other-ways': {
      title: 'Ask for a code',
      see: 'Without a carte Vitale, you ask for a code. It comes by text message, email or post.',
      does: { channel: 'Choose how to receive the code. Your trainer says which way.', next: press },
    },
    'desk-sms': {
      title: 'If the code comes by text message',
      does: { sms: (label) => `Go back to your desk. ${press(label)}` },
    },
    sms: {
      title: 'Read the text message',
      does: {
        code: 'Read the code. Write it down, or keep the page open.',
        look: (label) => `If nothing has come, wait a little. ${press(label)}`,
      },
    },
    'desk-letters': {
      title: 'If the code comes by post',
      see: 'Wait until your trainer says that the post has come.',
      does: { letters: (label) => `Go back to your desk. ${press(label)}` },
    },
    letters: { title: 'Read the letter', does: { open: 'Open the letter. Write the code down.' } },
    code: {
      title: 'Type the code',
      does: {
        name: 'Write the name of the person.',
        nir: 'Copy their social security number.',
        birth: 'Write their date of birth.',
        code: 'Copy the code that you have received.',
        next: press,
      },
    },
    terms: {
      title: 'Read the terms',
      see: 'Read the terms at the top of the page.',
      does: { yes: choose, next: press },
    },
    password: {
      title: 'Choose a password',
      see: 'The rules are at the top of the page. Invent one for the exercise.',
      does: { password: 'Write the password.', again: 'Write it a second time.', next: press },
    },
    contact: {
      title: 'Give an email address and a telephone number',
      see: 'The email address of the person is on your sheet.',
      does: {
        email: 'Copy the email address.',
        again: 'Copy it a second time.',
        promo: 'Answer as you like. “No” is already chosen.',
        mobile: 'Copy the mobile number, if you like.',
        landline: 'Leave this empty.',
        next: press,
      },
    },
    telephones: {
      title: 'The telephones',
      does: { mobile: 'Copy the mobile number, if you like.', landline: 'Leave this empty.', next: press },
    },
    waiting: {
      title: 'An email has been sent',
      see: 'Do not close this page. The email comes to your desk.',
      does: {
        code: 'The email also has a code. It can be copied here.',
        again: (label) => `If nothing comes: “${label}”.`,
        correct: (label) => `If the address is wrong: “${label}”.`,
      },
    },
    'desk-mails': {
      title: 'Go and see the emails',
      does: { mails: (label) => `Go back to your desk. ${press(label)}` },
    },
    spam: {
      title: 'Look for the email',
      see: 'The email is not there? Look in the spam folder.',
      does: { mail: 'Look at who sends it. Then open the email.' },
    },
    'spam-mail': { title: 'Put the email back', does: { back: press } },
    mails: {
      title: 'Find the email',
      does: {
        mail: 'Open the email that has just come.',
        look: (label) => `If nothing has come, wait a little. ${press(label)}`,
        spam: (label) => `If nothing comes, look in “${label}” too.`,
      },
    },
    mail: { title: 'Open the email', see: 'Read it to the end.', does: { press } },
    'link-dead': {
      title: 'If the link is too old',
      does: { again: (label) => `${press(label)} Another email comes.` },
    },
    link: { title: 'Confirm', does: { press } },
    confirmed: { title: 'The address is confirmed', does: { signIn: press } },
    'sign-in': {
      title: 'Sign in',
      does: { nir: 'Copy the social security number.', password: 'Write the password.', next: press },
    },
    'forgotten-link': {
      title: 'The password is forgotten',
      see: 'Open the page where one signs in.',
      does: { press },
    },
    forgotten: {
      title: 'Ask for a new password',
      does: {
        nir: 'Copy the social security number.',
        email: 'Copy the email address of the person.',
        next: press,
      },
    },
    'new-password': {
      title: 'Choose a new password',
      does: { password: 'Write the new password.', again: 'Write it a second time.', next: press },
    },
    account: {
      title: 'Finish',
      see: 'You are in the account. Look at the page from top to bottom. Nothing can break.',
      does: { leave: (label) => `When you have finished: “${label}”.` },
    },
    'account-payments': { title: 'Go to the payments', does: { press } },
    payments: {
      title: 'Read the payments',
      see: 'The latest is at the top.',
      does: { payment: 'Open a payment.' },
    },
    payment: {
      title: 'Understand a payment',
      does: { read: 'Look for three things: the price, what is refunded, what is left to pay.' },
    },
    'account-attestation': {
      title: 'Go to the attestation',
      see: 'Go back to the page of the account.',
      does: { press },
    },
    attestation: {
      title: 'Get an attestation',
      does: { next: (label) => `${press(label)} Then look for it in the downloads.` },
    },
    'account-messages': {
      title: 'Go to the messages',
      see: 'Go back to the page of the account.',
      does: { press },
    },
    messages: { title: 'Read the messages', does: { write: press } },
    'message-write': {
      title: 'Write to the fund',
      does: { text: 'Write your question in a few words.', next: press },
    },
  },
  faults: {
    'mail-in-spam': null,
    'link-dead': null,
    'mail-delayed': { title: 'The email is late', lines: ['Wait a minute, then look again.'] },
    'franceconnect-down': {
      title: 'FranceConnect does not answer',
      lines: ['Go back to the page before. Take another way.'],
    },
    'account-locked': { title: 'The account is locked', lines: ['Read the page. It says how long to wait.'] },
    'phishing-mail': {
      title: 'A strange email',
      lines: [
        'Look at who sends it, and what it asks for.',
        'Decide: is it real or fake?',
        'If it is fake, say so with the button under the email.',
      ],
    },
    'forged-letter': {
      title: 'A strange letter',
      lines: ['Open your letter box.', 'Decide: is it real or fake?', 'Say so with the button.'],
    },
    'call-for-a-code': {
      title: 'The telephone rings',
      lines: ['The page of your desk shows the call.', 'Decide what you answer.'],
    },
  },
  done: 'Well done, you have come to the end.',
  help: 'Stuck? Go back to your desk, and raise your hand with the button.',
};
