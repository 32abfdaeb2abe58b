import { daysBetween } from '#src/delivery/messages/days-between.ts';
import type { MessageContext } from '#src/delivery/messages/message.ts';
import type { MessageTexts } from '#src/delivery/messages/texts.ts';
import { type Block, footer, heading, pageAt, paragraph } from '#src/documents/block.ts';
import { paths, withToken } from '#src/paths.ts';
import { deviceName } from '#src/texts/device-texts.ts';
import { formatDate, formatHour, formatTime } from '#src/texts/typography.ts';

function until(instant: string): string {
  const date = new Date(instant);
  return `until ${formatDate(date, 'en')} at ${formatHour(date, 'en')}`;
}

function link(label: string, url: string): Block {
  return {
    kind: 'link',
    label,
    url,
    ifNotWorking: 'Is the button not working? Copy this address into your browser:',
  };
}

function confirmLink({ publicUrl }: MessageContext, token: string): Block {
  return link('Confirm my email', publicUrl + withToken(paths.link, token));
}

function codeBlocks(
  { telephone, publicUrl }: MessageContext,
  { where, path }: { readonly where: string; readonly path: string },
  code: string,
): Block[] {
  return [
    paragraph(`You can also type this code ${where}:`),
    { kind: 'code', code },
    pageAt('The address of this page:', publicUrl + path),
    paragraph(`Do not share this code with anyone, not even with an adviser on ${telephone}.`),
  ];
}

function password({ passwordWord }: MessageContext): string {
  return passwordWord === 'code personnel' ? 'personal code' : 'password';
}

const waitingPage = {
  where: 'on the page that waits for your email to be confirmed',
  path: paths.waiting,
};

function signInPage({ publicUrl }: Pick<MessageContext, 'publicUrl'>): Block {
  return pageAt('The sign-in page:', publicUrl + paths.signIn);
}

function forgottenPage({
  publicUrl,
  passwordWord,
}: Pick<MessageContext, 'publicUrl' | 'passwordWord'>): Block {
  return pageAt(`The page “${forgottenLink(passwordWord)}”:`, publicUrl + paths.forgotten);
}

function onlyLatest(instant: string, accountUntil = ''): Block {
  const end = formatDate(new Date(instant), 'en');
  const last = accountUntil === '' ? end : formatDate(new Date(accountUntil), 'en');
  const then = last === end ? '' : ` After that, and until ${last}, you can ask for others.`;
  return paragraph(
    `The link and the code work ${until(instant)}. If you have received several messages, use the latest: the others no longer work.${then}`,
  );
}

interface Disputable {
  readonly dispute: string;
  readonly disputeUntil: string;
}

/** What to do when it was not the person: a button that leads to freezing the account. */
function notYou({ dispute, disputeUntil }: Disputable, { telephone, publicUrl }: MessageContext): Block[] {
  return [
    paragraph(
      `This wasn’t you? Block this account straight away: nobody will be able to sign in to it. Then call ${telephone}.`,
    ),
    link('This wasn’t me', publicUrl + withToken(paths.disputeLink, dispute)),
    paragraph(`This button works ${until(disputeUntil)}.`),
  ];
}

const automatic = 'Please note: this message was sent automatically. Do not use “reply”.';

function call({ telephone }: MessageContext): Block {
  return paragraph(`This wasn’t you? Call ${telephone} straight away.`);
}

/** What the sign-in page calls it. */
function forgottenLink(word: MessageContext['passwordWord']): string {
  return word === 'code personnel' ? 'Forgotten code' : 'Forgotten password';
}

function activationLead({ serviceName, activationMail, publicUrl }: MessageContext, days: number): Block[] {
  if (activationMail !== 'days-left')
    return [paragraph(`To use all the services of your ${serviceName}, please confirm your email.`)];
  return [
    paragraph(`You have already opened your account on ${new URL(publicUrl).host} or in the application.`),
    paragraph(`You must still confirm your email address to use all the services of your ${serviceName}.`),
    paragraph(`Do not wait: you only have ${days} days to confirm your email address.`),
  ];
}

/** How the site is reached without pressing anything in a mail. */
function typeTheAddress(context: MessageContext): Block {
  return {
    kind: 'list',
    style: 'numbered',
    items: [
      { text: 'Type this address into your browser yourself:', address: new URL(context.publicUrl).host },
      { text: `Sign in with your social security number and your ${password(context)}.` },
    ],
  };
}

/** The person’s own sign, by which they know that the mail is ours; or how to choose one. */
function sign(phrase: string): Block {
  return paragraph(
    phrase === ''
      ? 'You have no sign phrase yet. Choose one in your account, on the page “Paper and notices”: we will write it here, and you will know that the message comes from us.'
      : `Your sign phrase: “${phrase}”`,
  );
}

const noBait =
  'This message holds no amount and no link to open. We never ask for your bank card or your IBAN by email.';

export const english: MessageTexts = {
  opening: ({ activationMail, serviceName }) =>
    activationMail === 'days-left'
      ? [heading(`My ${serviceName}`.toUpperCase()), paragraph('Dear insured person,')]
      : [paragraph('Hello,')],
  closing: (context) => [
    footer(
      `Type your codes and your ${password(context)} on the site only. We never ask for them by email, by text message or on the phone.`,
    ),
    ...(context.activationMail === 'days-left'
      ? [
          footer(automatic),
          footer('Thank you for your trust.'),
          footer('Your Caisse d’Assurance Maladie'),
          footer(
            `Do you need to see your reimbursements wherever you are? Add the application to your telephone, free of charge, from this page: ${context.publicUrl}${paths.app}`,
          ),
        ]
      : [footer(context.senderName), footer(automatic)]),
  ],
  kinds: {
    activation: ({ token, code, until: last, sentAt, accountUntil }, context) => ({
      subject: `Your ${context.serviceName} – Confirmation of your email address`,
      blocks: [
        ...activationLead(context, daysBetween(sentAt, last)),
        confirmLink(context, token),
        ...codeBlocks(context, waitingPage, code),
        onlyLatest(last, accountUntil),
        paragraph(`This message was requested ${formatTime(new Date(sentAt), 'en')}.`),
        paragraph(
          `If you did not make this request, please tell your caisse quickly and change the code that gives access to your ${context.serviceName}.`,
        ),
      ],
    }),
    'activation-reminder': ({ token, code, until: last, accountUntil }, context) => ({
      subject: `Your ${context.serviceName} – Your email address is still to be confirmed`,
      blocks: [
        paragraph(
          `You have created your ${context.serviceName}, but it is not active yet: your email is still to be confirmed.`,
        ),
        confirmLink(context, token),
        ...codeBlocks(context, waitingPage, code),
        onlyLatest(last, accountUntil),
        paragraph(
          `If you did not make this request, please tell your caisse quickly on ${context.telephone}.`,
        ),
      ],
    }),
    'address-taken': (_content, { publicUrl, serviceName, telephone }) => ({
      subject: `Your ${serviceName} – Your email address`,
      blocks: [
        paragraph('Somebody gave your email address to open another account.'),
        paragraph(
          'It is already used by an account, and an address can be used for only one. If that account is yours, nothing has changed: there is nothing for you to do.',
        ),
        paragraph(
          'Are you opening an account for somebody else, your spouse for instance? Give another address: each account has its own.',
        ),
        pageAt('To give another address, sign in with the number of that account:', publicUrl + paths.signIn),
        paragraph(`Any question? Call ${telephone}.`),
      ],
    }),
    'account-active': (content, context) => ({
      subject: `Your ${context.serviceName} is active`,
      blocks: [
        paragraph(`Your email address is confirmed: your ${context.serviceName} is active.`),
        paragraph(`You can sign in with your social security number and your ${password(context)}.`),
        signInPage(context),
        paragraph('Remember to update your carte Vitale, at a pharmacy or at your caisse.'),
        ...notYou(content, context),
      ],
    }),
    'account-exists': (_content, context) => ({
      subject: `Your ${context.serviceName} exists already`,
      blocks: [
        paragraph(
          `Somebody tried to open a ${context.serviceName} in your name ${formatTime(context.happenedAt, 'en')}. You have one already, with this email address: no other was opened.`,
        ),
        paragraph(
          `Was it you? Sign in with your social security number and your ${password(context)}. Have you forgotten it? On the sign-in page, choose “${forgottenLink(context.passwordWord)}”.`,
        ),
        signInPage(context),
        call(context),
      ],
    }),
    'sign-in-locked': ({ until: last }, context) => ({
      subject: `Your ${context.serviceName} – Signing in is suspended`,
      blocks: [
        paragraph(
          `Several attempts to sign in to your ${context.serviceName} have failed. For your security, signing in is suspended ${until(last)}.`,
        ),
        paragraph(
          `Was it you? Wait until then, and try again. Have you forgotten your ${password(context)}? On the sign-in page, choose “${forgottenLink(context.passwordWord)}”.`,
        ),
        forgottenPage(context),
        paragraph(
          `This wasn’t you? Nobody has entered your account: there is nothing for you to do. Any question? Call ${context.telephone}.`,
        ),
      ],
    }),
    'password-disabled': (_content, context) => ({
      subject: `Your ${context.serviceName} – Choose a new ${password(context)}`,
      blocks: [
        paragraph(
          `Too many attempts to sign in to your ${context.serviceName} have failed. For your security, your ${password(context)} no longer works.`,
        ),
        paragraph(
          `To choose another one, go to the sign-in page and choose “${forgottenLink(context.passwordWord)}”.`,
        ),
        forgottenPage(context),
        paragraph(
          `Nobody has entered your account and your details have not changed. Any question? Call ${context.telephone}.`,
        ),
      ],
    }),
    'password-reset': ({ token, until: last }, context) => ({
      subject: `Your ${context.serviceName} – Choose a new ${password(context)}`,
      blocks: [
        paragraph(`You asked to choose a new ${password(context)} for your ${context.serviceName}.`),
        link(`Choose a new ${password(context)}`, context.publicUrl + withToken(paths.newPassword, token)),
        paragraph(`This link works once, ${until(last)}.`),
        paragraph(`Do not share this link with anyone, not even with an adviser on ${context.telephone}.`),
        paragraph(
          `Did you not ask for this? Do not use this link: your ${password(context)} does not change.`,
        ),
      ],
    }),
    'password-changed': (content, context) => ({
      subject: `Your ${context.serviceName} – Your ${password(context)} has changed`,
      blocks: [
        paragraph(
          `The ${password(context)} of your ${context.serviceName} was changed ${formatTime(context.happenedAt, 'en')}.`,
        ),
        paragraph('Was it you? There is nothing for you to do.'),
        ...notYou(content, context),
      ],
    }),
    'new-address': ({ token, code, until: last }, context) => ({
      subject: `Your ${context.serviceName} – Confirmation of your email address`,
      blocks: [
        paragraph(
          `You asked to use this address for your ${context.serviceName}. Please confirm your email.`,
        ),
        confirmLink(context, token),
        ...codeBlocks(
          context,
          { where: 'on the page where you asked for this change', path: paths.accountEmailCode },
          code,
        ),
        onlyLatest(last),
        paragraph(
          'Did you not ask for this? Do not confirm: this address will not be used and you will receive nothing more.',
        ),
      ],
    }),
    'address-change-requested': (content, context) => ({
      subject: `Your ${context.serviceName} – A change of email address was requested`,
      blocks: [
        paragraph(
          `A new email address was requested for your ${context.serviceName} ${formatTime(context.happenedAt, 'en')}.`,
        ),
        paragraph(
          'This address stays that of your account until the new one is confirmed. Was it you? Open the message sent to the new address.',
        ),
        ...notYou(content, context),
      ],
    }),
    'address-changed': (content, context) => ({
      subject: `Your ${context.serviceName} – Your email address has changed`,
      blocks: [
        paragraph(
          `The email address of your ${context.serviceName} was changed ${formatTime(context.happenedAt, 'en')}. Our messages will no longer come to this address.`,
        ),
        paragraph('Was it you? There is nothing for you to do.'),
        ...notYou(content, context),
      ],
    }),
    'franceconnect-linked': (content, context) => ({
      subject: `Your ${context.serviceName} – FranceConnect`,
      blocks: [
        paragraph(
          `Your ${context.serviceName} has just been linked to FranceConnect. You can now sign in with FranceConnect, without your ${password(context)}.`,
        ),
        paragraph('Was it you? There is nothing for you to do.'),
        ...notYou(content, context),
      ],
    }),
    'franceconnect-unlinked': (content, context) => ({
      subject: `Your ${context.serviceName} – FranceConnect`,
      blocks: [
        paragraph(
          `Your ${context.serviceName} is no longer linked to FranceConnect. To sign in, use your social security number and your ${password(context)}.`,
        ),
        signInPage(context),
        paragraph('Was it you? There is nothing for you to do.'),
        ...notYou(content, context),
      ],
    }),
    'new-device': (content, context) => ({
      subject: `Your ${context.serviceName} – New sign-in`,
      blocks: [
        paragraph(
          `Somebody signed in to your ${context.serviceName} ${formatTime(context.happenedAt, 'en')}.`,
        ),
        paragraph(`It was from a device that your account did not know: ${deviceName(content, 'en')}.`),
        paragraph('Was it you? There is nothing to do.'),
        ...notYou(content, context),
      ],
    }),
    'telephone-changed': (content, context) => ({
      subject: `Your ${context.serviceName} – Your telephone numbers have changed`,
      blocks: [
        paragraph(
          `The telephone numbers of your ${context.serviceName} were changed ${formatTime(context.happenedAt, 'en')}.`,
        ),
        paragraph('Was it you? There is nothing for you to do.'),
        ...notYou(content, context),
      ],
    }),
    'european-card-ordered': (_content, { serviceName, telephone, publicUrl }) => ({
      subject: `Your ${serviceName} – Order of a European card`,
      blocks: [
        paragraph(
          'Your order of a European health insurance card has been sent to your fund. The card will come by post.',
        ),
        paragraph('You can follow your order in your account, among your messages.'),
        signInPage({ publicUrl }),
        paragraph(`You did not order anything? Change your password, then call ${telephone}.`),
      ],
    }),
    'account-unused': ({ until: last }, context) => ({
      subject: `Your ${context.serviceName} – Sign in to keep it`,
      blocks: [
        paragraph(`Nobody has signed in to your ${context.serviceName} for a long time.`),
        paragraph(
          `Do you want to keep it? Sign in before ${formatDate(new Date(last), 'en')}, with your social security number and your ${password(context)}. Have you forgotten it? On the sign-in page, choose “${forgottenLink(context.passwordWord)}”.`,
        ),
        signInPage(context),
        paragraph(
          'Do you no longer need it? There is nothing for you to do: on that day it will be deleted with the information it holds. Your rights and your reimbursements do not change, and you can create another one.',
        ),
        paragraph(`Any question? Call ${context.telephone}.`),
      ],
    }),
    departure: ({ leftAt, until: last }, context) => ({
      subject: `Your ${context.serviceName} – You are no longer insured with your caisse`,
      blocks: [
        paragraph(
          `Since ${formatDate(new Date(leftAt), 'en')}, your caisse no longer counts you among the people it insures. This happens, for example, when somebody changes to another scheme or goes to live abroad.`,
        ),
        paragraph(
          `Your ${context.serviceName} stays open until ${formatDate(new Date(last), 'en')}. Until then, sign in to read and save your payments and your documents. After that, it will be closed.`,
        ),
        signInPage(context),
        paragraph('Documents that arrive until then are also sent to you by post.'),
        paragraph(
          `Is this a mistake? Call ${context.telephone}. If your caisse counts you among the people it insures again, your account is kept, and there is nothing for you to do.`,
        ),
      ],
    }),
    'departure-undone': (_content, context) => ({
      subject: `Your ${context.serviceName} – Your account is kept`,
      blocks: [
        paragraph(
          `We wrote to you that your caisse no longer counted you among the people it insures. It does again. Your ${context.serviceName} is open, as before, and there is nothing for you to do.`,
        ),
        signInPage(context),
        paragraph(`Any question? Call ${context.telephone}.`),
      ],
    }),
    'provisional-code': ({ code, until: last }, { publicUrl, serviceName, telephone }) => ({
      subject: `Your ${serviceName} – Your provisional code`,
      blocks: [
        paragraph(`Here is the provisional code you asked for, to open your ${serviceName}:`),
        { kind: 'code', code },
        paragraph(`Enter it on the site, on the page “My provisional code”. It works once, ${until(last)}.`),
        paragraph(`Do not share this code with anyone, not even with an adviser on ${telephone}.`),
        paragraph(
          `You did not ask for anything? Do nothing: without this code nobody can open this account. To talk about it, call ${telephone}.`,
        ),
        pageAt('The address of this page:', publicUrl + paths.provisionalCode),
      ],
    }),
    'letter-unused': ({ until: last }, { publicUrl, serviceName, telephone }) => ({
      subject: `Your ${serviceName} – The letter you asked for`,
      blocks: [
        paragraph(
          `We sent you a letter with a provisional code to open your ${serviceName}. You have not used it yet.`,
        ),
        paragraph(`It works ${until(last)}.`),
        pageAt('Have you received it? Enter its code on this page:', publicUrl + paths.provisionalCode),
        paragraph(`You have not received this letter? Call ${telephone}.`),
      ],
    }),
    'account-created': (content, context) => ({
      subject: `Your ${context.serviceName} has just been created`,
      blocks: [
        paragraph(`A ${context.serviceName} has just been created in your name. If it was you, all is well.`),
        ...notYou(content, context),
      ],
    }),
    'account-frozen': (_content, { publicUrl, serviceName, telephone, happenedAt }) => ({
      subject: `The ${serviceName} in your name is blocked`,
      blocks: [
        paragraph(
          `The ${serviceName} opened in your name was blocked ${formatTime(happenedAt, 'en')}, because somebody reported that it was not theirs. Nobody can sign in to it any more.`,
        ),
        paragraph(
          `To have an account of your own, begin to create one on the site and prove who you are with FranceConnect, or with a code received by post. The carte Vitale is no longer enough for this account.`,
        ),
        pageAt('The page to create it:', publicUrl + paths.identity),
        paragraph(
          `Keep an eye on your refunds and on your bank account. Any question, or a mistake? Call ${telephone}.`,
        ),
      ],
    }),
    'new-deposits': ({ deposits, phrase }, context) => ({
      subject: `Your ${context.serviceName} – Something new in your account`,
      blocks: [
        sign(phrase),
        paragraph(
          deposits === 1
            ? `One item has arrived in your ${context.serviceName}.`
            : `${deposits} items have arrived in your ${context.serviceName}.`,
        ),
        heading(deposits === 1 ? 'To read it' : 'To read them'),
        typeTheAddress(context),
        paragraph(noBait),
        paragraph(
          'Would you like these messages less often, or paper? Choose in your account, on the page “Paper and notices”.',
        ),
      ],
    }),
    'document-unread': ({ phrase, documents, depositedAt, paperAfter }, context) => ({
      subject:
        documents === 1
          ? `Your ${context.serviceName} – An important document is waiting for you`
          : `Your ${context.serviceName} – Important documents are waiting for you`,
      blocks: [
        sign(phrase),
        paragraph(
          documents === 1
            ? `An important document has been in your ${context.serviceName} since ${formatDate(new Date(depositedAt), 'en')}. You have not opened it yet.`
            : `${documents} important documents are in your ${context.serviceName}, the first one since ${formatDate(new Date(depositedAt), 'en')}. You have not opened them yet.`,
        ),
        heading(documents === 1 ? 'To read it' : 'To read them'),
        typeTheAddress(context),
        ...(paperAfter === ''
          ? []
          : [
              paragraph(
                `What you have not opened by ${formatDate(new Date(paperAfter), 'en')} will go by post, to the address that your caisse knows.`,
              ),
            ]),
        paragraph(noBait),
      ],
    }),
    'correspondence-changed': (content, context) => ({
      subject: `Your ${context.serviceName} – Your choice of paper and notices has changed`,
      blocks: [
        paragraph(
          `The choice of paper and notices of your ${context.serviceName} was changed ${formatTime(context.happenedAt, 'en')}.`,
        ),
        paragraph('Was it you? There is nothing for you to do.'),
        ...notYou(content, context),
      ],
    }),
    'account-reclaimed': (_content, { serviceName, telephone, happenedAt }) => ({
      subject: `Your ${serviceName} – This address is no longer used`,
      blocks: [
        paragraph(
          `The ${serviceName} that had this email address was blocked. Somebody proved ${formatTime(happenedAt, 'en')} that this account is in their name, and opened another one in its place: this one no longer exists.`,
        ),
        paragraph(`Was it your account, and this was not you? Call ${telephone} straight away.`),
      ],
    }),
    'account-disabled': (_content, { serviceName, telephone, happenedAt }) => ({
      subject: `Your ${serviceName} – Your account is closed for now`,
      blocks: [
        paragraph(
          `Your fund closed your ${serviceName} ${formatTime(happenedAt, 'en')}. Nobody can sign in to it any more. Nothing is deleted.`,
        ),
        paragraph('Your rights and your reimbursements do not change.'),
        paragraph(`To know why, or to have it opened again, call ${telephone}.`),
      ],
    }),
    'account-enabled': (_content, context) => ({
      subject: `Your ${context.serviceName} – Your account is open again`,
      blocks: [
        paragraph(
          `Your fund opened your ${context.serviceName} again ${formatTime(context.happenedAt, 'en')}. You can sign in, with the same ${password(context)} as before.`,
        ),
        signInPage(context),
        paragraph(`You did not ask for this? Call ${context.telephone} straight away.`),
      ],
    }),
    'account-unlocked': (_content, context) => ({
      subject: `Your ${context.serviceName} – You can try again`,
      blocks: [
        paragraph(
          `After too many tries, you had to wait before signing in. Your fund ended that wait ${formatTime(context.happenedAt, 'en')}. You can try again at once.`,
        ),
        signInPage(context),
        paragraph(`You did not ask for this? Call ${context.telephone} straight away.`),
      ],
    }),
    'account-erased': (_content, { serviceName, telephone, happenedAt }) => ({
      subject: `Your ${serviceName} – Your account is deleted`,
      blocks: [
        paragraph(
          `Your ${serviceName} was deleted ${formatTime(happenedAt, 'en')}, with what it held. This is what you asked your fund to do.`,
        ),
        paragraph('Your email address is no longer kept there: this message is the last one.'),
        paragraph('Your rights and your reimbursements do not change. You can open another account.'),
        paragraph(`You did not ask for this? Call ${telephone} straight away.`),
      ],
    }),
    'data-exported': (content, context) => ({
      subject: `Your ${context.serviceName} – A copy of your information`,
      blocks: [
        paragraph(
          `A copy of all the information in your ${context.serviceName} was made ${formatTime(context.happenedAt, 'en')}, in your account or by your fund.`,
        ),
        paragraph('Was it you? Keep that file in a safe place: it says a lot about you.'),
        ...notYou(content, context),
      ],
    }),
  },
};
