import { heading, paragraph } from '#src/documents/block.ts';
import { englishCover } from '#src/letters/compose/cover-texts.ts';
import { codeToType, type LetterTexts, qrCodeOf, typedAddress } from '#src/letters/compose/texts.ts';
import { paths } from '#src/paths.ts';
import { formatDate, formatHour } from '#src/texts/typography.ts';

const qrCode = (page: string) => qrCodeOf(page, (typed) => `QR code that opens the page ${typed}`);

const openPage = 'On a telephone or a computer, open this page, or photograph the square drawing:';

const typedWithCode = {
  nir: 'Enter your social security number, then this code.',
  identity: 'Enter your name, your social security number, your date of birth, then this code.',
};

export const english: LetterTexts = {
  caisse: (name) => `Your health insurance fund: ${name}`,
  telephone: (telephone) => `Telephone: ${telephone}`,
  date: (day) => day,
  reference: (reference) => `Reference of this letter: ${reference}`,
  hello: 'Hello,',
  kinds: {
    'provisional-code-letter': ({ code, until }, { serviceName, telephone, askedWith, publicUrl }) => {
      const page = publicUrl + paths.provisionalCode;
      const end = new Date(until);
      return {
        title: `Your code to open your ${serviceName}`,
        blocks: [
          paragraph('You asked for a code by post. Here it is:'),
          codeToType(code),
          paragraph(
            `This code can be used once, until ${formatHour(end, 'en')} on ${formatDate(end, 'en')}.`,
          ),
          heading('What to do now'),
          {
            kind: 'list',
            style: 'numbered',
            items: [
              { text: openPage, address: typedAddress(page) },
              { text: typedWithCode[askedWith] },
              { text: 'Follow the steps. You need an email address that you read often.' },
            ],
            qrCode: qrCode(page),
          },
          heading('Keep this code to yourself'),
          paragraph(
            'Do not share it with anyone, neither on the telephone nor in a message. Nobody will ask you for it on behalf of the Assurance Maladie.',
          ),
          heading('You did not ask for anything?'),
          paragraph(
            `Do not use this code and do not give it to anybody. Tell your health insurance fund: call ${telephone}.`,
          ),
        ],
      };
    },
    'account-created-letter': (
      { dispute, disputeUntil },
      { serviceName, telephone, publicUrl, createdAt },
    ) => {
      const page = publicUrl + paths.dispute;
      return {
        title: `A ${serviceName} was opened in your name`,
        blocks: [
          paragraph(`On ${formatDate(createdAt, 'en')}, a ${serviceName} was opened in your name.`),
          heading('Was it you?'),
          paragraph('There is nothing to do. You can keep this letter or throw it away.'),
          heading('This wasn’t you?'),
          paragraph(
            `To block this account, here is a code. It works until ${formatDate(new Date(disputeUntil), 'en')}:`,
          ),
          codeToType(dispute),
          {
            kind: 'list',
            style: 'numbered',
            items: [
              { text: openPage, address: typedAddress(page) },
              {
                text: 'Enter the code, then choose “Block this account”: nobody will be able to sign in to it.',
              },
              {
                text: `Call ${telephone} (free service + price of a call), and keep an eye on your refunds.`,
              },
            ],
            qrCode: qrCode(page),
          },
          paragraph(
            'Nobody will ask you for your password or a code on behalf of the Assurance Maladie, neither on the telephone nor in a message.',
          ),
        ],
      };
    },
    'account-frozen-letter': (_content, { serviceName, telephone, publicUrl, createdAt }) => ({
      title: `The ${serviceName} in your name is blocked`,
      blocks: [
        paragraph(
          `On ${formatDate(createdAt, 'en')}, the ${serviceName} opened in your name was blocked, because somebody reported that it was not theirs. Nobody can sign in to it any more.`,
        ),
        heading('To have an account of your own'),
        {
          kind: 'list',
          style: 'numbered',
          items: [
            {
              text: 'On our site, begin to create an account:',
              address: typedAddress(publicUrl + paths.identity),
            },
            {
              text: 'Prove who you are with FranceConnect, or with a code received by post. The carte Vitale is no longer enough for this account.',
            },
            { text: `Any question, or a mistake? Call ${telephone}.` },
          ],
        },
      ],
    }),
    'departure-letter': ({ leftAt, until }, { serviceName, telephone, publicUrl }) => ({
      title: 'You are no longer insured with your caisse',
      blocks: [
        paragraph(
          `Since ${formatDate(new Date(leftAt), 'en')}, your caisse no longer counts you among the people it insures. This happens, for example, when somebody changes to another scheme or goes to live abroad. Our email could not reach you.`,
        ),
        heading(`Your ${serviceName}`),
        {
          kind: 'list',
          style: 'bulleted',
          items: [
            {
              text: `It stays open until ${formatDate(new Date(until), 'en')}. After that, it will be closed. Until then, read and save your payments and your documents:`,
              address: typedAddress(publicUrl + paths.signIn),
            },
            { text: 'Documents that arrive until then are also sent to you by post.' },
          ],
        },
        paragraph(
          `Is this a mistake? Call ${telephone}. If your caisse counts you among the people it insures again, your account is kept.`,
        ),
      ],
    }),
    'document-letter': englishCover,
  },
  canary: (batch, { publicUrl }) => {
    const page = publicUrl + paths.provisionalCode;
    return {
      title: `Test letter of batch ${batch}`,
      blocks: [
        paragraph('This letter shows the operator of the service that the batch was printed and posted.'),
        paragraph('A code is printed here as in the other letters. It opens nothing:'),
        { kind: 'code', code: 'ESSAI ESSAI' },
        {
          kind: 'list',
          style: 'numbered',
          items: [
            {
              text: 'Note the day on which this letter arrives, and compare it with the day on which the batch was handed over.',
            },
            { text: 'Check that the whole address is seen in the window of the envelope, and nothing else.' },
            { text: 'Photograph the square drawing. It must open this page:', address: typedAddress(page) },
          ],
          qrCode: qrCode(page),
        },
      ],
    };
  },
};
