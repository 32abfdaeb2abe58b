import { isOverseas } from '#src/contact/postal-code.ts';
import { parisDay } from '#src/time/paris.ts';

/** The latest known stage of a letter, from which its arrival is estimated. */
export type LetterStage = 'requested' | 'printed' | 'posted';

/** Civil days of Paris, `yyyy-mm-dd`, both included. */
export interface ExpectedDays {
  readonly earliest: string;
  readonly latest: string;
}

/** Working days from a stage to the letter box: printed on the next one, posted on the one after, then three to five. */
const workingDays = {
  near: { requested: [5, 7], printed: [4, 6], posted: [3, 5] },
  far: { requested: [8, 12], printed: [7, 11], posted: [6, 10] },
} as const satisfies Record<string, Record<LetterStage, readonly [number, number]>>;

/** The days between which a letter that reached a stage is expected. An estimate that errs on the late side. */
export function expectedDays(reachedAt: Date, stage: LetterStage, postalCode: string): ExpectedDays {
  const [least, most] = workingDays[isOverseas(postalCode) ? 'far' : 'near'][stage];
  const from = parisDay(reachedAt);
  return {
    earliest: afterWorkingDays(from, least).toString(),
    latest: afterWorkingDays(from, most).toString(),
  };
}

/** The day that lies a number of working days after another; 0 is that day itself. */
export function afterWorkingDays(from: Temporal.PlainDate, days: number): Temporal.PlainDate {
  let day = from;
  for (let left = days; left > 0; ) {
    day = day.add({ days: 1 });
    if (isWorkingDay(day)) left -= 1;
  }
  return day;
}

/** Monday to Friday, without the public holidays of metropolitan France (article L3133-1 of the Code du travail). */
export function isWorkingDay(day: Temporal.PlainDate): boolean {
  return day.dayOfWeek <= 5 && !holidays(day.year).has(day.toString());
}

const fixedHolidays = ['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25'];
/** Monday after Easter, Ascension, Monday after Pentecost: days after Easter Sunday. */
const movingHolidays = [1, 39, 50];

function holidays(year: number): ReadonlySet<string> {
  const easter = easterSunday(year);
  return new Set([
    ...fixedHolidays.map((day) => `${year}-${day}`),
    ...movingHolidays.map((days) => easter.add({ days }).toString()),
  ]);
}

/** Gregorian computus (Meeus/Jones/Butcher). */
function easterSunday(year: number): Temporal.PlainDate {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - d - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const days = h + l - 7 * m + 114;
  return new Temporal.PlainDate(year, Math.floor(days / 31), (days % 31) + 1);
}
