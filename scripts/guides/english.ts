import { otherWaysTexts } from '#src/enrolment/other-ways/texts.ts';
import { voiceOf } from '#src/texts/language.ts';
import { days } from './days.ts';
import type { GuideTexts } from './text.ts';

const press = (label: string) => `Press “${label}”.`;

export const english: GuideTexts = {
  lead: 'A guide to follow step by step in front of the screen, alone or with somebody.',
  invented: 'The names, numbers and addresses in the pictures are invented. Yours appear in their place.',
  publisher: 'This guide was given to you by',
  fields: { name: 'Name', address: 'Address', contact: 'Telephone or email' },
  logo: (name) => `Logo: ${name}`,
  toOpen: 'The address to open',
  toOpenHow: 'Type this address at the top of your browser, then press the Enter key.',
  prepareTitle: 'Get ready',
  prepare: [
    'your carte Vitale: the last one you received, if you have several',
    'your bank details (RIB): those of the account where your reimbursements arrive',
    'the postcode of your home, and the former one if you have moved',
    'an email address of your own that you can read now',
    'your mobile telephone, if you have one',
    'a quarter of an hour, to read everything and wait for the email',
  ],
  contents: 'Contents',
  waysTitle: 'Which way to choose?',
  ways: [
    'If you have your carte Vitale and your bank details: follow possibility 1.',
    'If you already have a FranceConnect account (for taxes, for instance): follow possibility 2.',
    'If you have neither: follow possibility 3.',
  ],
  picture: (heading, marks) => `Picture of the page “${heading}”. ${marks}`,
  mark: (number, label) => `Mark ${number}: ${label}.`,
  tip: 'Good to know:',
  way: (number, name) => `Possibility ${number}: ${name}`,
  page: 'Page',
  chapters: {
    begin: { title: 'Begin', lead: 'Open the address written at the start of this guide.' },
    card: {
      title: 'with the carte Vitale and bank details',
      lead: 'The quickest: your account is open straight away.',
    },
    franceconnect: {
      title: 'with FranceConnect',
      lead: 'FranceConnect recognises you by an account that you already have. You need neither the carte Vitale nor bank details.',
    },
    code: {
      title: 'with a code that you receive',
      lead: 'Your caisse sends you a code where it can reach you: by text message, by email or by post.',
    },
    finish: { title: 'Finish the creation', lead: 'What follows is the same for every possibility.' },
    trouble: { title: 'If something goes wrong', lead: 'Look for what happens to you below.' },
  },
  steps: {
    home: () => ({
      title: 'The first page',
      see: 'It says what the account is for and what to have at hand.',
      does: { create: press },
    }),
    identity: () => ({
      title: 'Say who you are',
      does: {
        name: 'Write your name at birth, or the name you use.',
        nir: 'Copy your social security number. It is on the front of your carte Vitale.',
        birth: 'Write the day of your birth. Check the month and the year.',
        postal: 'Write the postcode of your home.',
        next: (label) => `Read everything again, then press “${label}”.`,
      },
      conditions: [
        'If you moved recently: try your former postcode too.',
        'If you see a page “Other ways”: your card or your bank details are not enough. Follow possibility 3.',
      ],
      tip: 'Accents and capitals do not matter.',
    }),
    franceconnect: ({ franceConnect }) => ({
      title: 'Choose FranceConnect',
      see: `The page “Say who you are” offers it, at the ${franceConnect.position === 'first' ? 'top' : 'bottom'}.`,
      does: { press: (label) => `Fill in nothing. Press “${label}”.` },
    }),
    proof: ({ proof }) => ({
      title:
        proof.layout === 'two-screens' ? 'Prove that it is you: the bank details' : 'Prove that it is you',
      does: {
        iban: 'Take your bank details. Copy the last 7 characters of the IBAN line.',
        serial: `Turn your carte Vitale over. Copy the last ${proof.photoCardDigits.join(' or ')} digits of the number at the top left.`,
        next: press,
      },
      conditions: proof.layout === 'two-screens' ? [] : cardConditions(proof.plainCardDigits),
      tip: 'The bank account is the one where your reimbursements arrive.',
    }),
    card: ({ proof }) => ({
      title: 'Prove that it is you: the carte Vitale',
      does: {
        serial: `Turn your carte Vitale over. Copy the last ${proof.photoCardDigits.join(' or ')} digits of the number at the top left.`,
        next: press,
      },
      conditions: cardConditions(proof.plainCardDigits),
    }),
    'no-serial': () => ({
      title: 'Go to the page of codes',
      see: 'First fill in the form of possibility 1, “Say who you are”.',
      does: {
        press: (label) => `If the page asks for the bank details and the carte Vitale: press “${label}”.`,
      },
      conditions: ['If the next page appears by itself: go on below.'],
    }),
    'other-ways': () => ({
      title: 'Ask for a code',
      does: {
        channel: 'Choose how to receive the code. Only the means that your caisse knows are offered.',
        next: press,
      },
      conditions: ['If none will do: call your caisse. Its number is further down this page.'],
      tip: 'These numbers and addresses cannot be changed here, for your security.',
    }),
    code: ({ codes }) => ({
      title: 'Copy the code',
      does: {
        nir: 'Copy your social security number.',
        name: 'Write your name.',
        birth: 'Write your date of birth.',
        code: 'Copy the code that you received.',
        next: press,
      },
      tip: `You have ${codes.tries} tries. Give this code to nobody.`,
    }),
    terms: () => ({
      title: 'Step 1 of 3: accept the terms',
      see: 'Read the terms. The most important: your statements will no longer come by post, they will be in the account.',
      does: { yes: (label) => `If you agree, choose “${label}”.`, next: press },
      conditions: ['If you do not agree: choose “No”. No account is created, and nothing changes.'],
    }),
    password: ({ password }) => ({
      title: `Step 2 of 3: choose a ${word(password.word)}`,
      see: 'The rules are written at the top of the page.',
      does: {
        password:
          password.composition === 'digits'
            ? `Choose ${password.minimum} to ${password.maximum} digits${password.recommended === null ? '' : `, ${password.recommended} if you can`}.`
            : `Choose at least ${password.minimum} characters.`,
        again: 'Write the same a second time.',
        next: press,
      },
      tip: `You alone know your ${word(password.word)}. Do not tell it to the person who helps you. Write it down in a safe place.`,
    }),
    contact: () => ({
      title: 'Step 3 of 3: say how to reach you',
      does: {
        email: 'Write your email address. Choose the one that you read often.',
        again: 'Write it a second time.',
        promo:
          'Answer each question with “Yes” or “No”. “No” is already chosen, and your rights stay the same.',
        mobile: 'Write your mobile number, if you wish.',
        landline: 'Write your landline number, if you wish.',
        next: press,
      },
      conditions: ['If a relative already uses this address for their account: you need another one.'],
    }),
    telephones: () => ({
      title: 'Step 3 of 3: your telephones',
      does: {
        mobile: 'Write your mobile number, if you wish.',
        landline: 'Write your landline number, if you wish.',
        next: press,
      },
    }),
    waiting: ({ confirmation }) => ({
      title: 'Wait for the email',
      see: `An email has just been sent. Open your mailbox: it may take a few minutes. You have ${days(confirmation.linkActiveDays, 'en')} to read it.`,
      does: {
        code: 'If you read your emails on another device: copy the code of the email here.',
        again: (label) => `If nothing arrives: press “${label}”.`,
        correct: (label) => `If the address is wrong: press “${label}”.`,
      },
    }),
    mail: () => ({
      title: 'Open the email',
      does: { press: press },
      conditions: [
        'If the button does not work: copy the code of the email onto the page before.',
        'If you received several emails: open the most recent one.',
      ],
    }),
    link: () => ({ title: 'Confirm', does: { press: press } }),
    confirmed: () => ({
      title: 'Your account is open',
      does: { signIn: press },
      tip: 'Update your carte Vitale, in a pharmacy for instance.',
    }),
    'sign-in': ({ password }) => ({
      title: 'Sign in',
      see: 'This is the page that you will see the next times.',
      does: {
        nir: 'Copy your social security number.',
        password: `Write your ${word(password.word)}.`,
        next: press,
      },
    }),
    account: () => ({
      title: 'In your account',
      see: 'Read your information again.',
      does: { leave: (label) => `When you have finished, press “${label}”.` },
      tip: 'Always sign out if the computer is not yours.',
    }),
    'identity-refused': () => ({
      title: 'The page does not recognise you',
      does: { check: 'Read this message, then check each line of the form.' },
      conditions: [
        'If your name has changed: try the other name.',
        'If you have moved: try the former postcode.',
        'If you took the card of a relative: take your own.',
      ],
      tip: 'Do not try too often in a row. If everything is right, call your caisse.',
    }),
    'proof-refused': () => ({
      title: 'The bank details or the card will not do',
      does: { check: 'Read this message, then check both numbers.' },
      conditions: [
        'If you have several bank accounts: take the details of the one where your reimbursements arrive.',
        'If you have several cartes Vitale: take the last one you received.',
        'If the message comes back: follow possibility 2 or possibility 3.',
      ],
    }),
    'link-dead': ({ confirmation }) => ({
      title: 'The link of the email no longer works',
      see: `The link only works for ${days(confirmation.linkActiveDays, 'en')}.`,
      does: { again: (label) => `Press “${label}”. The new email comes to the same address.` },
    }),
  },
  atFranceConnect: {
    title: 'On the site of FranceConnect',
    lines: [
      'Choose an account that you already have: the one for taxes, for instance.',
      'Sign in with the name and the password of that account.',
      'Read what FranceConnect sends, then agree to go on.',
      'You come back to the page of the terms. Go to the chapter “Finish the creation”.',
    ],
  },
  withLetter: ({ codes, wording }) => ({
    title: 'If you chose the post',
    lines: [
      'The letter arrives within a few days. You can close the page.',
      `The code in the letter works for ${days(codes.letter.days, 'en')}.`,
      codes.askedWith === 'nir'
        ? 'When you have it, open the address of this guide and choose to sign in. Write the code instead of the password.'
        : `When you have it, open the address of this guide and choose to sign in. ${press(otherWaysTexts[voiceOf('en', wording.style)].haveCode)}`,
    ],
  }),
  trouble: ({ confirmation, codes, support }) => [
    {
      title: 'The email does not arrive',
      lines: [
        'Wait for ten minutes.',
        'Look in the junk mail (spam).',
        'Search your mailbox for “Votre Assurance Maladie” or “email address”.',
        'If you find several: open the most recent one.',
        'If the address was wrong: go back to the waiting page and correct it.',
        'If nothing comes: try an address at another provider.',
      ],
    },
    {
      title: 'The time is over',
      lines: [`After ${days(confirmation.selfResendUntilDays, 'en')}, start the creation again.`],
    },
    {
      title: 'The code that you received is refused',
      lines: [
        'Copy it digit by digit, without spaces.',
        'If you received several: take the most recent one.',
        `After ${codes.tries} mistakes, the code no longer works: ask for another one.`,
      ],
    },
    {
      title: 'The page says that there were too many tries',
      lines: [
        'Note the hour written on the page, and come back later.',
        'The other possibilities stay open.',
      ],
    },
    {
      title: 'The page says that your session has ended',
      lines: ['For your security, the page closes after a while without activity.', 'Start again.'],
    },
    {
      title: 'The page says that the account is not for you',
      lines: ['It explains why, and whom to ask.', `If you do not understand, call ${support.telephone}.`],
    },
  ],
  askUs: (name) => `If you do not succeed, ask for help: ${name}.`,
};

function word(of: 'mot de passe' | 'code personnel'): string {
  return of === 'code personnel' ? 'personal code' : 'password';
}

function cardConditions(digits: readonly number[]): readonly string[] {
  return [
    `If your card has no photo: copy the whole number. It has ${digits.slice(0, -1).join(', ')} or ${digits.at(-1)} digits.`,
    'If the number is worn off, or if you do not have the card: follow possibility 3.',
  ];
}
