import type { PaperDocument } from '#src/documents/paper.ts';
import type { PaperBlock } from '#src/documents/paper-block.ts';
import type { Fault } from '#src/exercise/class-event.ts';
import { catalogue } from '#src/texts/language.ts';
import { policyName } from '#src/workshop/classes/policy-names.ts';
import { type ClassOnPaper, sheet } from '#src/workshop/papers/class-on-paper.ts';
import { type Part, sequenceOf } from '#src/workshop/papers/sequence.ts';
import { trainerTexts } from '#src/workshop/trainer/texts.ts';

const texts = catalogue({
  fr: {
    title: (exercise: string) => `Fil de la séance\u00a0: ${exercise}`,
    summary: (level: string, minutes: number, seats: number, policy: string) =>
      `Niveau ${level.toLowerCase()}. ${minutes} minutes. ${seats} ${seats > 1 ? 'places' : 'place'}. ${policy}.`,
    aim: 'But',
    before: 'Avant de commencer',
    needed: 'À imprimer\u00a0: les personnes à jouer, les étapes en images, la feuille d’émargement.',
    sequence: 'Déroulé',
    time: 'Minutes',
    what: 'Ce que l’on fait',
    long: 'Durée',
    minutes: (minutes: number) => `${minutes} min`,
    parts: {
      welcome: 'Accueil\u00a0: émargement, règles de l’exercice, entrée dans la classe avec le code.',
      faults: 'Quelque chose va mal\u00a0: voir plus bas. Laissez chercher, puis expliquez.',
      close: 'Bilan\u00a0: chacun coche «\u00a0Ce que j’ai appris\u00a0», puis vous effacez la classe.',
    },
    words: 'Les mots à dire',
    traps: 'Les pièges',
    wrong: 'Ce qui va mal, et quand',
    at: (step: string, fault: string) => `«\u00a0${step}\u00a0»\u00a0: ${fault}`,
    nothing: 'Rien ne va mal tout seul. Depuis le tableau, vous pouvez faire arriver un incident.',
    faults: {
      'mail-in-spam': 'l’email part dans les indésirables. Faites ouvrir ce dossier.',
      'mail-delayed': 'l’email tarde. Faites attendre, puis regarder de nouveau.',
      'link-dead': 'le lien reçu est trop vieux. Faites demander un autre email.',
      'franceconnect-down': 'FranceConnect ne répond plus. Montrez un autre chemin.',
      'account-locked': 'le compte est bloqué un moment. Faites attendre.',
      'phishing-mail': 'un faux email arrive. Demandez qui l’envoie, et ce qu’il veut.',
      'forged-letter': 'une fausse lettre arrive. Demandez ce qu’elle veut.',
      'call-for-a-code': 'quelqu’un appelle et demande un code. On ne le dit à personne.',
    } satisfies Record<Fault, string>,
  },
  en: {
    title: (exercise: string) => `Outline of the session: ${exercise}`,
    summary: (level: string, minutes: number, seats: number, policy: string) =>
      `Level: ${level.toLowerCase()}. ${minutes} minutes. ${seats} ${seats > 1 ? 'seats' : 'seat'}. ${policy}.`,
    aim: 'Aim',
    before: 'Before you begin',
    needed: 'To print: the people to play, the steps in pictures, the attendance sheet.',
    sequence: 'Sequence',
    time: 'Minutes',
    what: 'What is done',
    long: 'Length',
    minutes: (minutes: number) => `${minutes} min`,
    parts: {
      welcome: 'Welcome: signatures, rules of the exercise, joining the class with the code.',
      faults: 'Something goes wrong: see below. Let people search, then explain.',
      close: 'Close: everybody ticks “What I have learned”, then you erase the class.',
    },
    words: 'Words to use',
    traps: 'Traps',
    wrong: 'What goes wrong, and when',
    at: (step: string, fault: string) => `“${step}”: ${fault}`,
    nothing: 'Nothing goes wrong by itself. From the board you can let something happen.',
    faults: {
      'mail-in-spam': 'the email goes to the spam folder. Have that folder opened.',
      'mail-delayed': 'the email is late. Have people wait, then look again.',
      'link-dead': 'the link received is too old. Have another email asked for.',
      'franceconnect-down': 'FranceConnect does not answer. Show another way.',
      'account-locked': 'the account is locked for a while. Have people wait.',
      'phishing-mail': 'a fake email comes. Ask who sends it, and what it wants.',
      'forged-letter': 'a fake letter comes. Ask what it wants.',
      'call-for-a-code': 'somebody calls and asks for a code. It is told to nobody.',
    },
  },
});

/** The session on one page: what for, in which order and for how long, what to say, where people stumble. */
export function outline(printed: ClassOnPaper): readonly PaperDocument[] {
  const { plan, scenario, voice } = printed;
  const { language } = plan;
  const t = texts[voice];
  const trainer = trainerTexts[voice];
  const bulleted = (items: readonly string[]): PaperBlock => ({
    kind: 'list',
    style: 'bulleted',
    items: items.map((text) => ({ text })),
  });
  const wrong = scenario.faults.map(({ at, fault }) => t.at(trainer.steps[at], t.faults[fault]));
  const said = (part: Part) =>
    part.kind === 'steps'
      ? `${part.steps.map((step) => trainer.steps[step]).join(', ')}.`
      : t.parts[part.kind];
  let from = 0;
  const rows = sequenceOf(scenario).map((part) => {
    const begin = from;
    from += part.minutes;
    return [`${begin}–${from}`, said(part), t.minutes(part.minutes)];
  });
  return [
    sheet(printed, 'fil', t.title(scenario.title[language]), 'compact', [
      {
        kind: 'paragraph',
        text: t.summary(
          trainer.classes.levels[plan.level],
          scenario.minutes,
          plan.seats,
          policyName(printed, plan.policy),
        ),
      },
      { kind: 'heading', text: t.aim },
      { kind: 'paragraph', text: scenario.aim[language] },
      { kind: 'heading', text: t.before },
      bulleted([scenario.prerequisites[language], t.needed]),
      {
        kind: 'table',
        caption: t.sequence,
        columns: [
          { heading: t.time, share: 2 },
          { heading: t.what, share: 12 },
          { heading: t.long, share: 2 },
        ],
        rows,
      },
      { kind: 'heading', text: t.words },
      bulleted(
        scenario.words[language].map((text) => (language === 'fr' ? `«\u00a0${text}\u00a0»` : `“${text}”`)),
      ),
      { kind: 'heading', text: t.traps },
      bulleted(scenario.traps[language]),
      { kind: 'heading', text: t.wrong },
      wrong.length > 0 ? bulleted(wrong) : { kind: 'paragraph', text: t.nothing },
    ]),
  ];
}
