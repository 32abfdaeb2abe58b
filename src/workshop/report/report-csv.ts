import { csvCell, csvFile } from '#src/documents/csv.ts';
import type { ClassPlan } from '#src/exercise/class-event.ts';
import type { ClassReport } from '#src/exercise/class-report.ts';
import type { Scenario } from '#src/exercise/scenario.ts';
import { formatDayInFigures } from '#src/texts/civil-days.ts';
import { languageOf, type Voice } from '#src/texts/language.ts';
import { parisDate } from '#src/time/paris.ts';
import { answersIn } from '#src/workshop/report/refused-answers.ts';
import { reportTexts } from '#src/workshop/report/texts.ts';
import { trainerTexts } from '#src/workshop/trainer/texts.ts';

/** A report for a spreadsheet: one line for each seat and each step to which it came. */
export function reportCsv(
  { name, level }: Pick<ClassPlan, 'name' | 'level'>,
  { title }: Pick<Scenario, 'title'>,
  { seats, steps, from, until }: ClassReport,
  voice: Voice,
): string {
  const t = reportTexts[voice];
  const words = trainerTexts[voice];
  const start = [
    name,
    formatDayInFigures(parisDate(from ?? until)),
    title[languageOf(voice)],
    words.classes.levels[level],
  ];
  const rows = seats.flatMap(({ number, stepsDone, on }) =>
    steps.flatMap(({ step }, index) => {
      const there = on.get(step);
      if (!there) return [];
      const { ms, refusals, hands, faults } = there;
      const named = (met: typeof faults) => met.map(({ fault }) => t.fault[fault]).join(', ');
      return [
        [
          ...start,
          String(number),
          String(index + 1),
          words.steps[step],
          stepsDone.includes(step) ? t.seats.yes : t.seats.no,
          (ms / 60_000).toFixed(1).replace('.', ','),
          String(refusals.length),
          refusals.flatMap((fields) => answersIn(voice, fields)).join(', '),
          String(hands),
          named(faults),
          named(faults.filter(({ isDealt }) => isDealt)),
        ],
      ];
    }),
  );
  return csvFile([Object.values(t.csv), ...rows].map((cells) => cells.map(csvCell)));
}
