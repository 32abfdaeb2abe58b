import { footer } from '#src/documents/block.ts';
import type { PaperDocument } from '#src/documents/paper.ts';
import { catalogue } from '#src/texts/language.ts';
import { type ClassOnPaper, sheet } from '#src/workshop/papers/class-on-paper.ts';

/** What a trainer may write on an attendance sheet before it is printed; empty: a line to write on. */
export interface Meeting {
  readonly place: string;
  readonly date: string;
  readonly start: string;
  readonly end: string;
}

const texts = catalogue({
  fr: {
    title: 'Feuille d’émargement',
    about: 'L’atelier',
    name: 'Titre',
    exercise: 'Exercice',
    place: 'Lieu',
    date: 'Date',
    start: 'Heure de début',
    end: 'Heure de fin',
    trainer: 'Nom et signature du formateur',
    people: 'Les participants',
    number: 'N°',
    who: 'Nom et prénom',
    signature: 'Signature',
    kept: 'Cette feuille reste sur papier. L’atelier ne garde aucun nom.',
  },
  en: {
    title: 'Attendance sheet',
    about: 'The workshop',
    name: 'Title',
    exercise: 'Exercise',
    place: 'Place',
    date: 'Date',
    start: 'Start',
    end: 'End',
    trainer: 'Name and signature of the trainer',
    people: 'The participants',
    number: 'No.',
    who: 'Name and first name',
    signature: 'Signature',
    kept: 'This sheet stays on paper. The workshop keeps no name.',
  },
});

/** In millimetres: room for a signature. */
const rowToSign = 11;

/** One row for each seat, to sign. */
export function attendanceSheet(printed: ClassOnPaper, meeting: Meeting): readonly PaperDocument[] {
  const t = texts[printed.voice];
  const { plan, scenario } = printed;
  return [
    sheet(printed, 'emargement', t.title, 'usual', [
      {
        kind: 'properties',
        caption: t.about,
        rowHeight: 9,
        rows: [
          { name: t.name, value: plan.name },
          { name: t.exercise, value: scenario.title[plan.language] },
          { name: t.place, value: meeting.place },
          { name: t.date, value: meeting.date },
          { name: t.start, value: meeting.start },
          { name: t.end, value: meeting.end },
          { name: t.trainer, value: '' },
        ],
      },
      {
        kind: 'table',
        caption: t.people,
        columns: [
          { heading: t.number, share: 1 },
          { heading: t.who, share: 6 },
          { heading: t.signature, share: 5 },
        ],
        rows: Array.from({ length: plan.seats }, (_, index) => [String(index + 1), '', '']),
        rowHeight: rowToSign,
      },
      footer(t.kept),
    ]),
  ];
}
