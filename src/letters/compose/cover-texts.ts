import { type Block, paragraph } from '#src/documents/block.ts';
import {
  type Enclosed,
  type LetterBody,
  type LetterContext,
  sharedReason,
  typedAddress,
  type WhyOnPaper,
} from '#src/letters/compose/texts.ts';
import { formatDate } from '#src/texts/typography.ts';

/** What the covers of documents say, in one language. */
interface CoverTexts {
  readonly language: 'fr' | 'en';
  readonly one: string;
  readonly many: string;
  readonly with: (title: string) => string;
  readonly withMany: (count: number) => string;
  readonly arrived: (day: string) => string;
  readonly caption: string;
  readonly title: string;
  readonly number: string;
  readonly arrivedOn: string;
  readonly why: WhyOnPaper;
  /** Where the documents of a letter do not have the same reason. */
  readonly severalReasons: (serviceName: string) => string;
  readonly also: (serviceName: string) => string;
  readonly alsoMany: (serviceName: string) => string;
  readonly choose: string;
  readonly question: (telephone: string) => string;
}

/** The cover of what goes by post: it lists what lies behind it, in the order in which it does, and says why it comes. */
export const frenchCover = coverOf({
  language: 'fr',
  one: 'Un document pour vous',
  many: 'Des documents pour vous',
  with: (title) => `Avec cette lettre, vous trouverez ce document : « ${title} ».`,
  withMany: (count) => `Avec cette lettre, vous trouverez ${count} documents.`,
  arrived: (day) => `Il est arrivé pour vous le ${day}.`,
  caption: 'Dans cette enveloppe',
  title: 'Document',
  number: 'N°',
  arrivedOn: 'Arrivé le',
  why: {
    choice: {
      one: () => 'Nous vous l’envoyons par courrier : c’est ce qui est choisi dans votre compte.',
      many: () => 'Nous vous les envoyons par courrier : c’est ce qui est choisi dans votre compte.',
    },
    unread: {
      one: (serviceName) =>
        `Il est important, et vous ne l’avez pas encore ouvert dans votre ${serviceName}. Nous vous l’envoyons donc par courrier.`,
      many: (serviceName) =>
        `Ils sont importants, et vous ne les avez pas encore ouverts dans votre ${serviceName}. Nous vous les envoyons donc par courrier.`,
    },
    bounced: {
      one: (serviceName) =>
        `Il est important, et notre email n’a pas pu vous prévenir. Nous vous l’envoyons donc par courrier. Vérifiez votre adresse email dans votre ${serviceName}.`,
      many: (serviceName) =>
        `Ils sont importants, et notre email n’a pas pu vous prévenir. Nous vous les envoyons donc par courrier. Vérifiez votre adresse email dans votre ${serviceName}.`,
    },
    'no-account': {
      one: (serviceName) =>
        `Il est important, et vous n’avez pas de ${serviceName} ouvert. Nous vous l’envoyons donc par courrier.`,
      many: (serviceName) =>
        `Ils sont importants, et vous n’avez pas de ${serviceName} ouvert. Nous vous les envoyons donc par courrier.`,
    },
    left: {
      one: () =>
        'Vous ne faites plus partie des assurés de votre caisse. Nous vous l’envoyons donc par courrier.',
      many: () =>
        'Vous ne faites plus partie des assurés de votre caisse. Nous vous les envoyons donc par courrier.',
    },
    'another-adult': {
      one: () => 'Il vous concerne, vous seulement. Nous vous l’envoyons donc par courrier, à votre nom.',
      many: () =>
        'Ils vous concernent, vous seulement. Nous vous les envoyons donc par courrier, à votre nom.',
    },
  },
  severalReasons: (serviceName) =>
    `Nous vous les envoyons par courrier parce que c’est choisi dans votre compte, ou parce qu’ils sont importants et que vous ne les avez pas encore ouverts dans votre ${serviceName}.`,
  also: (serviceName) =>
    `Il est aussi dans votre ${serviceName}. Tapez cette adresse dans votre navigateur :`,
  alsoMany: (serviceName) =>
    `Ils sont aussi dans votre ${serviceName}. Tapez cette adresse dans votre navigateur :`,
  choose: 'Vous y choisissez aussi ce que vous recevez par courrier, à la page « Papier et avis ».',
  question: (telephone) => `Une question ? Téléphonez au ${telephone}.`,
});

export const englishCover = coverOf({
  language: 'en',
  one: 'A document for you',
  many: 'Documents for you',
  with: (title) => `With this letter you will find this document: “${title}”.`,
  withMany: (count) => `With this letter you will find ${count} documents.`,
  arrived: (day) => `It arrived for you on ${day}.`,
  caption: 'In this envelope',
  title: 'Document',
  number: 'No.',
  arrivedOn: 'Arrived on',
  why: {
    choice: {
      one: () => 'We send it to you by post: that is what is chosen in your account.',
      many: () => 'We send them to you by post: that is what is chosen in your account.',
    },
    unread: {
      one: (serviceName) =>
        `It is important, and you have not opened it in your ${serviceName} yet. So we send it to you by post.`,
      many: (serviceName) =>
        `They are important, and you have not opened them in your ${serviceName} yet. So we send them to you by post.`,
    },
    bounced: {
      one: (serviceName) =>
        `It is important, and our email could not reach you. So we send it to you by post. Please check your email address in your ${serviceName}.`,
      many: (serviceName) =>
        `They are important, and our email could not reach you. So we send them to you by post. Please check your email address in your ${serviceName}.`,
    },
    'no-account': {
      one: (serviceName) =>
        `It is important, and you have no open ${serviceName}. So we send it to you by post.`,
      many: (serviceName) =>
        `They are important, and you have no open ${serviceName}. So we send them to you by post.`,
    },
    left: {
      one: () => 'Your caisse no longer insures you. So we send it to you by post.',
      many: () => 'Your caisse no longer insures you. So we send them to you by post.',
    },
    'another-adult': {
      one: () => 'It concerns you, and nobody else. So we send it to you by post, under your name.',
      many: () => 'They concern you, and nobody else. So we send them to you by post, under your name.',
    },
  },
  severalReasons: (serviceName) =>
    `We send them to you by post because that is chosen in your account, or because they are important and you have not opened them in your ${serviceName} yet.`,
  also: (serviceName) => `It is in your ${serviceName} as well. Type this address into your browser:`,
  alsoMany: (serviceName) => `They are in your ${serviceName} as well. Type this address into your browser:`,
  choose: 'There you also choose what you receive by post, on the page “Paper and notices”.',
  question: (telephone) => `Any question? Call ${telephone}.`,
});

function coverOf(t: CoverTexts) {
  return (_content: unknown, context: LetterContext): LetterBody => {
    const { serviceName, telephone, publicUrl, enclosed } = context;
    const isOne = enclosed.length === 1;
    const shared = sharedReason(enclosed);
    const inAccount = shared !== 'no-account' && shared !== 'another-adult';
    return {
      title: isOne ? t.one : t.many,
      blocks: [
        ...(isOne ? whatComes(t, enclosed, serviceName) : whatAllComes(t, enclosed, serviceName)),
        ...(inAccount
          ? [
              {
                kind: 'list',
                style: 'bulleted',
                items: [
                  {
                    text: (isOne ? t.also : t.alsoMany)(serviceName),
                    address: typedAddress(publicUrl),
                  },
                  { text: t.choose },
                ],
              } as const,
            ]
          : []),
        paragraph(t.question(telephone)),
      ],
    };
  };
}

function whatComes(t: CoverTexts, enclosed: readonly Enclosed[], serviceName: string): readonly Block[] {
  return enclosed.flatMap(({ title, depositedAt, why }) => [
    paragraph(t.with(title)),
    paragraph(`${t.arrived(formatDate(depositedAt, t.language))} ${t.why[why].one(serviceName)}`),
  ]);
}

function whatAllComes(t: CoverTexts, enclosed: readonly Enclosed[], serviceName: string): readonly Block[] {
  const shared = sharedReason(enclosed);
  return [
    paragraph(t.withMany(enclosed.length)),
    paragraph(shared === null ? t.severalReasons(serviceName) : t.why[shared].many(serviceName)),
    {
      kind: 'table',
      caption: t.caption,
      columns: [
        { heading: t.number, share: 1 },
        { heading: t.title, share: 12 },
        { heading: t.arrivedOn, share: 5 },
      ],
      rows: enclosed.map(({ title, depositedAt }, index) => [
        String(index + 1),
        title,
        formatDate(depositedAt, t.language),
      ]),
    },
  ];
}
