import type { PaperDocument } from '#src/documents/paper.ts';
import type { Box, PaperBlock, Picture } from '#src/documents/paper-block.ts';
import type { Scenario } from '#src/exercise/scenario.ts';
import type { Step } from '#src/exercise/steps.ts';
import { catalogue } from '#src/texts/language.ts';
import { type ClassOnPaper, sheet } from '#src/workshop/papers/class-on-paper.ts';
import { english } from '#src/workshop/papers/steps/english.ts';
import { french } from '#src/workshop/papers/steps/french.ts';
import { pagesOfStep, type SheetPage } from '#src/workshop/papers/steps/pages.ts';
import {
  readPicture,
  readRecord,
  type SheetPicture,
  type SheetRecord,
} from '#src/workshop/papers/steps/record.ts';
import type { StepTexts } from '#src/workshop/papers/steps/text.ts';

const texts = catalogue<StepTexts>({ fr: french, en: english });

/** How a level shows a page; widths in millimetres. */
const looks = {
  /** A large picture of one thing at a time. */
  debutant: { size: 'large', width: 96, shows: 'each' },
  intermediaire: { size: 'usual', width: 66, shows: 'all' },
  /** A list, with pictures where people stumble. */
  avance: { size: 'usual', width: 60, shows: 'few' },
} as const;
type Look = (typeof looks)[ClassOnPaper['plan']['level']];

/** Where somebody signs out: when all else is done. */
const last: SheetPage = 'account';
const hard: readonly SheetPage[] = ['proof', 'card', 'code'];

/** What a learner does on each page of the exercise, with pictures of those pages, at the level of the class. */
export function stepSheets(printed: ClassOnPaper): readonly PaperDocument[] {
  const { plan, scenario, voice } = printed;
  const t = texts[voice];
  const look = looks[plan.level];
  const record = readRecord(plan.policy, plan.language);
  const pages = pagesOf(scenario);
  const part = (name: SheetPage) => partOf(t, record, name, look);
  const strange = scenario.faults.flatMap(({ fault }) => {
    const text = t.faults[fault];
    return text ? [{ title: text.title, blocks: [listOf(text.lines)] }] : [];
  });
  const parts = [
    ...pages.filter((name) => name !== last).flatMap(part),
    ...strange,
    ...(pages.includes(last) ? part(last) : []),
  ];
  const blocks = parts.flatMap(({ title, blocks: own }, index): readonly PaperBlock[] => [
    { kind: 'heading', text: t.numbered(index + 1, title) },
    ...own,
  ]);
  return [
    sheet(printed, 'etapes', t.title, look.size, [
      { kind: 'paragraph', text: t.lead },
      ...blocks,
      { kind: 'paragraph', text: t.done },
      { kind: 'paragraph', text: t.help },
    ]),
  ];
}

/** The pages of an exercise in the order in which its learners meet them. */
export function pagesOf({
  begins,
  steps,
  faults,
}: Pick<Scenario, 'begins' | 'steps' | 'faults'>): readonly SheetPage[] {
  const meets = (fault: Scenario['faults'][number]['fault']) => faults.some((one) => one.fault === fault);
  const pages = (step: Step): readonly SheetPage[] => {
    switch (step) {
      case 'identity':
        // Who goes through FranceConnect fills nothing in, unless it fails.
        return steps.includes('franceconnect') && !steps.includes('proof') ? [] : pagesOfStep[step];
      case 'franceconnect':
        return steps.includes('proof') ? [] : pagesOfStep[step];
      case 'code-typed':
        return ['desk-sms', 'sms', 'desk-letters', 'letters', 'code'];
      case 'mail':
        return [
          'waiting',
          'desk-mails',
          ...(meets('mail-in-spam') ? (['spam', 'spam-mail'] as const) : []),
          'mails',
          'mail',
          ...(meets('link-dead') ? (['link-dead'] as const) : []),
        ];
      case 'sign-in':
        return begins === 'password-forgotten'
          ? ['forgotten-link', 'forgotten', 'desk-mails', 'mails', 'mail', 'new-password', 'sign-in']
          : pagesOfStep[step];
      default:
        return pagesOfStep[step];
    }
  };
  const walked = steps.flatMap(pages);
  return walked.includes('desk') ? walked : ['desk', ...walked];
}

interface PagePart {
  readonly title: string;
  readonly blocks: readonly PaperBlock[];
}

/** None where the policy has no such page. */
function partOf(t: StepTexts, record: SheetRecord, name: SheetPage, look: Look): readonly PagePart[] {
  const seen = record[name];
  if (!seen) return [];
  const { title, see, does } = t.pages[name];
  let number = 0;
  const pictures = seen.pictures.map((picture) => {
    const marks = picture.marks.map((mark) => {
      number += 1;
      const instruction = does[mark.name];
      if (instruction === undefined) throw new Error(`Step sheets say nothing of ${mark.name} on ${name}`);
      const text = typeof instruction === 'string' ? instruction : instruction(typeset(mark.label));
      return { ...mark, number, text };
    });
    return { ...picture, marks };
  });
  const lead: readonly PaperBlock[] = see === undefined ? [] : [{ kind: 'paragraph', text: see }];
  const shown = (picture: NumberedPicture, marks: readonly NumberedMark[], area: Box): Picture => ({
    kind: 'picture',
    png: readPicture(picture),
    width: picture.width,
    height: picture.height,
    area,
    printedWidth: look.width,
    alt: t.picture(
      seen.heading,
      marks.map(({ number: own, label }) => t.mark(own, typeset(label))).join(' '),
    ),
    marks: marks.map(({ number: own, frame }) => ({ number: own, frame })),
    items: marks.map(({ number: own, text }) => ({ number: own, text })),
  });
  if (look.shows === 'few' && !hard.includes(name))
    return [
      { title, blocks: [...lead, listOf(pictures.flatMap(({ marks }) => marks.map(({ text }) => text)))] },
    ];
  const blocks = pictures.flatMap((picture) =>
    look.shows === 'each'
      ? picture.marks.map((mark) => shown(picture, [mark], aroundMark(picture, mark)))
      : [shown(picture, picture.marks, { x: 0, y: 0, width: picture.width, height: picture.height })],
  );
  return [{ title, blocks: [...lead, ...blocks] }];
}

/** As pages set it: a label was recorded with usual spaces. */
function typeset(label: string): string {
  return label.replaceAll(/ (?=[:;?!»])|(?<=«) /g, '\u00a0');
}

type NumberedMark = SheetPicture['marks'][number] & { readonly number: number; readonly text: string };
type NumberedPicture = Omit<SheetPicture, 'marks'> & { readonly marks: readonly NumberedMark[] };

const above = 10;
const labelAbove = 36;

/** The whole width of the page, as high as the field with its label and hint. */
function aroundMark(
  { width, height }: Pick<SheetPicture, 'width' | 'height'>,
  { frame, around }: NumberedMark,
): Box {
  // What is in no group may have its label above.
  const y = Math.max(0, around.y - (around.height === frame.height ? labelAbove : above));
  return { x: 0, y, width, height: Math.min(height, around.y + around.height + above) - y };
}

function listOf(items: readonly string[]): PaperBlock {
  return { kind: 'list', style: 'bulleted', items: items.map((text) => ({ text })) };
}
