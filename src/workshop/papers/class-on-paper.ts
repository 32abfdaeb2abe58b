import { withWords } from '#src/documents/block.ts';
import type { PaperDocument } from '#src/documents/paper.ts';
import type { PaperBlock } from '#src/documents/paper-block.ts';
import type { ClassPlan } from '#src/exercise/class-event.ts';
import type { Scenario } from '#src/exercise/scenario.ts';
import { loadPolicy } from '#src/policy/load.ts';
import type { Policy } from '#src/policy/schema.ts';
import { common } from '#src/texts/common.ts';
import { type Voice, voiceOf } from '#src/texts/language.ts';
import { withPasswordWord } from '#src/web/password-word.ts';
import type { RunningClass } from '#src/workshop/classes/running-class.ts';
import type { SeatPerson } from '#src/workshop/classroom/roster.ts';

/** What the papers of a class are made of: what was prepared, nothing that anybody typed. */
export interface ClassOnPaper {
  readonly plan: ClassPlan;
  readonly scenario: Scenario;
  readonly policy: Policy;
  /** Of the class, not of the trainer who prints. */
  readonly voice: Voice;
  /** Whom each seat plays now, by its number. */
  readonly people: readonly { readonly seat: number; readonly plays: SeatPerson }[];
}

export function classOnPaper({ journal, scenario, roster }: RunningClass): ClassOnPaper {
  const { plan, seats } = journal.state();
  const policy = loadPolicy(plan.policy);
  const people = [...seats.values()].flatMap(({ number, person }) => {
    const plays = roster.get(number)?.[person];
    return plays ? [{ seat: number, plays }] : [];
  });
  return { plan, scenario, policy, voice: voiceOf(plan.language, policy.wording.style), people };
}

/** A sheet of the class, in the terms of its policy, with the band of exercises on each page. */
export function sheet(
  { plan, policy, voice }: ClassOnPaper,
  id: string,
  title: string,
  size: 'usual' | 'large' | 'compact',
  blocks: readonly PaperBlock[],
): PaperDocument {
  const band = common[voice].invented.exercise.short;
  const inTerms = (text: string) =>
    withPasswordWord({ passwordWord: policy.password.word, language: plan.language }, text);
  return {
    id,
    language: plan.language,
    title,
    sender: [band],
    date: '',
    frame: { kind: 'sheet', band, size },
    blocks: blocks.map((block) => withTerms(block, inTerms)),
  };
}

function withTerms(block: PaperBlock, change: (text: string) => string): PaperBlock {
  switch (block.kind) {
    case 'picture':
      return { ...block, items: block.items.map((item) => ({ ...item, text: change(item.text) })) };
    case 'boxes':
      return {
        ...block,
        boxes: block.boxes.map((box) =>
          box.kind === 'panel'
            ? { ...box, rows: box.rows.map((row) => ({ ...row, name: change(row.name) })) }
            : box,
        ),
      };
    case 'cut':
      return block;
    default:
      return withWords(block, change);
  }
}
