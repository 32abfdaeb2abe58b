import type { PaperDocument } from '#src/documents/paper.ts';
import { catalogue } from '#src/texts/language.ts';
import { type ClassOnPaper, sheet } from '#src/workshop/papers/class-on-paper.ts';
import { trainerTexts } from '#src/workshop/trainer/texts.ts';

const texts = catalogue({
  fr: {
    title: 'Ce que j’ai appris',
    lead: 'Pour chaque étape, cochez une case. Cette feuille est à vous\u00a0: personne ne la note.',
    about: 'Pour moi',
    name: 'Mon prénom, si je veux',
    date: 'La date',
    steps: 'Les étapes de l’exercice',
    step: 'Étape',
    alone: 'Je sais le faire',
    helped: 'Avec de l’aide',
    notYet: 'Pas encore',
    safety: [
      'Je tape moi-même l’adresse du site',
      'Je garde mon mot de passe pour moi',
      'Je reconnais un faux message',
      'Je ferme mon compte quand j’ai fini',
    ],
    help: 'Où trouver de l’aide',
    helps: (telephone: string) => [
      'Le formateur de cet atelier, ou le lieu où vous êtes venu.',
      'Un conseiller numérique ou une maison France services. Votre mairie sait où.',
      `Votre caisse d’assurance maladie, au ${telephone}.`,
    ],
    next: 'Pour la suite',
    nexts: {
      open: [
        'Préparez votre vraie carte Vitale, votre RIB et votre adresse email.',
        'Ouvrez votre vrai compte chez vous, ou avec un conseiller.',
        'Choisissez un autre mot de passe que celui de l’exercice.',
      ],
      use: [
        'Entrez dans votre vrai compte une fois par mois.',
        'Refaites une étape qui vous a paru difficile.',
        'Si un message vous presse, ne répondez pas. Demandez à quelqu’un.',
      ],
    },
    mine: 'Mes notes',
    contact: 'Qui appeler',
    meeting: 'Prochain atelier',
  },
  en: {
    title: 'What I have learned',
    lead: 'Tick one box for each step. This sheet is yours: nobody marks it.',
    about: 'For me',
    name: 'My first name, if I like',
    date: 'The date',
    steps: 'The steps of the exercise',
    step: 'Step',
    alone: 'I can do it',
    helped: 'With help',
    notYet: 'Not yet',
    safety: [
      'I type the address of the site myself',
      'I keep my password to myself',
      'I recognise a fake message',
      'I sign out when I have finished',
    ],
    help: 'Where to find help',
    helps: (telephone: string) => [
      'The trainer of this workshop, or the place where you came.',
      'A digital adviser or a France services centre. Your town hall knows where.',
      `Your health insurance fund, on ${telephone}.`,
    ],
    next: 'What to do next',
    nexts: {
      open: [
        'Have your real carte Vitale, your bank details and your email address ready.',
        'Open your real account at home, or with an adviser.',
        'Choose another password than that of the exercise.',
      ],
      use: [
        'Sign in to your real account once a month.',
        'Do a step again that you found difficult.',
        'If a message rushes you, do not answer. Ask somebody.',
      ],
    },
    mine: 'My notes',
    contact: 'Whom to call',
    meeting: 'Next workshop',
  },
});

const box = '☐';

/** What a learner can do now, step by step, where help is found, and what comes next. */
export function learnedSheet(printed: ClassOnPaper): readonly PaperDocument[] {
  const t = texts[printed.voice];
  const { scenario, policy } = printed;
  const names = trainerTexts[printed.voice].steps;
  const { telephone } = policy.support;
  const bulleted = (items: readonly string[]) =>
    ({ kind: 'list', style: 'bulleted', items: items.map((text) => ({ text })) }) as const;
  const learned = [...scenario.steps.map((step) => names[step]), ...t.safety];
  return [
    sheet(printed, 'appris', t.title, 'usual', [
      { kind: 'paragraph', text: t.lead },
      {
        kind: 'properties',
        caption: t.about,
        rowHeight: 9,
        rows: [
          { name: t.name, value: '' },
          { name: t.date, value: '' },
        ],
      },
      {
        kind: 'table',
        caption: t.steps,
        columns: [
          { heading: t.step, share: 6 },
          { heading: t.alone, share: 3 },
          { heading: t.helped, share: 3 },
          { heading: t.notYet, share: 2 },
        ],
        rows: learned.map((what) => [what, box, box, box]),
        rowHeight: 8,
      },
      { kind: 'heading', text: t.help },
      bulleted(t.helps(telephone)),
      { kind: 'heading', text: t.next },
      bulleted(t.nexts[scenario.begins === 'without-account' ? 'open' : 'use']),
      {
        kind: 'properties',
        caption: t.mine,
        rowHeight: 10,
        rows: [
          { name: t.contact, value: '' },
          { name: t.meeting, value: '' },
        ],
      },
    ]),
  ];
}
