import type { ClassPlan, Fault } from '#src/exercise/class-event.ts';
import type { ClassReport } from '#src/exercise/class-report.ts';
import type { Scenario } from '#src/exercise/scenario.ts';
import { formatDayInFigures } from '#src/texts/civil-days.ts';
import { parisDate } from '#src/time/paris.ts';
import { coopTexts as t } from '#src/workshop/report/coop-texts.ts';
import { refusedAnswers } from '#src/workshop/report/refused-answers.ts';
import { reportTexts } from '#src/workshop/report/texts.ts';
import { trainerTexts } from '#src/workshop/trainer/texts.ts';

/** The durations that the form offers, in minutes. */
const offered = [15, 30, 45, 60, 90, 120] as const;
const mostNamed = 3;
const aboutFraud: readonly Fault[] = ['phishing-mail', 'forged-letter', 'call-for-a-code'];

/** A class as a text to copy into the form «atelier collectif» of the Coop; what it does not know is to be completed. */
export function coopText(
  { name, level }: Pick<ClassPlan, 'name' | 'level'>,
  { title, steps }: Pick<Scenario, 'title' | 'steps'>,
  report: ClassReport,
): string {
  const { seats, from, until, ms, faults } = report;
  const measured = Math.round(ms / 60_000);
  const themes = [
    t.health,
    ...(steps.includes('mail') ? [t.mail] : []),
    ...(faults.some(({ fault }) => aboutFraud.includes(fault)) ? [t.safety] : []),
  ];
  const fields: readonly (readonly [string, string])[] = [
    [t.title, name],
    [t.people, t.about(seats.length)],
    [t.date, formatDayInFigures(parisDate(from ?? until))],
    [t.duration, t.minutes(nearest(measured), measured)],
    [t.place, t.toComplete],
    [t.equipment, t.equipments],
    [t.themes, themes.join(', ')],
    [t.level, t.levels[level]],
    [t.notes, ''],
  ];
  const lines = fields.map(([label, value]) => `${label}\u00a0: ${value}`.trimEnd());
  return [...lines, ...notes(title.fr, report)].join('\n');
}

function notes(title: string, report: ClassReport): readonly string[] {
  const { seats, done, steps, faults, hands } = report;
  const slowest = steps.toSorted((one, other) => other.longestMs - one.longestMs)[0];
  const minutes = Math.round((slowest?.longestMs ?? 0) / 60_000);
  const refused = refusedAnswers('fr', report)
    .slice(0, mostNamed)
    .map(({ answer }) => answer);
  const played = faults.map(({ fault, dealt, met }) => t.fault(reportTexts.fr.fault[fault], dealt, met));
  return [
    t.exercise(title),
    t.done(done, seats.length),
    ...(slowest && minutes > 0 ? [t.slowest(trainerTexts.fr.steps[slowest.step], minutes)] : []),
    ...(refused.length > 0 ? [t.refused([...new Set(refused)].join(', '))] : []),
    ...(played.length > 0 ? [t.faults(played.join('\u00a0; '))] : []),
    t.hands(hands),
  ];
}

function nearest(minutes: number): number {
  return offered.reduce<number>(
    (best, one) => (Math.abs(one - minutes) < Math.abs(best - minutes) ? one : best),
    offered[0],
  );
}
