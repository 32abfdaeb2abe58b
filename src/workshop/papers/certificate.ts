import type { PaperDocument } from '#src/documents/paper.ts';
import { catalogue } from '#src/texts/language.ts';
import { type ClassOnPaper, sheet } from '#src/workshop/papers/class-on-paper.ts';
import { trainerTexts } from '#src/workshop/trainer/texts.ts';

const texts = catalogue({
  fr: {
    title: 'Attestation de participation',
    who: 'Participation',
    name: 'Prénom et nom',
    to: 'Atelier',
    aim: 'But de l’atelier',
    minutes: (minutes: number) => `${minutes} minutes`,
    duration: 'Durée',
    date: 'Date',
    place: 'Lieu',
    practised: 'Les étapes de l’exercice',
    invented: 'L’exercice s’est fait avec une personne inventée. Aucun vrai numéro n’a servi.',
    signed: 'Signatures',
    trainer: 'Le formateur ou la formatrice',
    structure: 'L’organisme (cachet)',
  },
  en: {
    title: 'Certificate of participation',
    who: 'Participation',
    name: 'First name and name',
    to: 'Workshop',
    aim: 'Aim of the workshop',
    minutes: (minutes: number) => `${minutes} minutes`,
    duration: 'Duration',
    date: 'Date',
    place: 'Place',
    practised: 'The steps of the exercise',
    invented: 'The exercise was done with an invented person. No real number was used.',
    signed: 'Signatures',
    trainer: 'The trainer',
    structure: 'The organisation (stamp)',
  },
});

/** That somebody took part: lines to write on for who, when and where, and no number of anybody. */
export function certificate(printed: ClassOnPaper): readonly PaperDocument[] {
  const t = texts[printed.voice];
  const { plan, scenario } = printed;
  const names = trainerTexts[printed.voice].steps;
  return [
    sheet(printed, 'attestation', t.title, 'usual', [
      {
        kind: 'properties',
        caption: t.who,
        rowHeight: 11,
        rows: [
          { name: t.name, value: '' },
          { name: t.to, value: scenario.title[plan.language] },
          { name: t.aim, value: scenario.aim[plan.language] },
          { name: t.duration, value: t.minutes(scenario.minutes) },
          { name: t.date, value: '' },
          { name: t.place, value: '' },
        ],
      },
      { kind: 'heading', text: t.practised },
      { kind: 'list', style: 'bulleted', items: scenario.steps.map((step) => ({ text: names[step] })) },
      { kind: 'paragraph', text: t.invented },
      {
        kind: 'properties',
        caption: t.signed,
        rowHeight: 18,
        rows: [
          { name: t.trainer, value: '' },
          { name: t.structure, value: '' },
        ],
      },
    ]),
  ];
}
