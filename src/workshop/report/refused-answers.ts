import type { ClassReport } from '#src/exercise/class-report.ts';
import type { Step } from '#src/exercise/steps.ts';
import type { Voice } from '#src/texts/language.ts';
import { boardTexts, fieldWords } from '#src/workshop/trainer/board-texts.ts';

/** What was refused on a step, in the words of the board: a name of a field that no page has is one of «une réponse». */
export interface RefusedAnswer {
  readonly step: Step;
  readonly answer: string;
  readonly times: number;
  readonly seats: number;
}

export function refusedAnswers(voice: Voice, { seats, steps }: ClassReport): readonly RefusedAnswer[] {
  return steps
    .flatMap(({ step }): RefusedAnswer[] => {
      const bySeat = seats.map(({ on }) =>
        (on.get(step)?.refusals ?? []).flatMap((fields) => answersIn(voice, fields)),
      );
      return [...new Set(bySeat.flat())].map((answer) => ({
        step,
        answer,
        times: bySeat.flat().filter((one) => one === answer).length,
        seats: bySeat.filter((answers) => answers.includes(answer)).length,
      }));
    })
    .sort((one, other) => other.times - one.times);
}

/** The answers of one refusal, each once. A form that was refused as a whole is an answer too. */
export function answersIn(voice: Voice, fields: readonly string[]): readonly string[] {
  const named = fields.length === 0 ? [''] : fields;
  return [...new Set(named.map((field) => fieldWords(boardTexts[voice], [field])))];
}
